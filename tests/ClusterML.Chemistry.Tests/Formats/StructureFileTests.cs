using System.Text;
using ClusterML.Chemistry.Formats;
using ClusterML.Chemistry.Structures;

namespace ClusterML.Chemistry.Tests.Formats;

public sealed class StructureFileTests : IDisposable
{
    private const string Xyz = "1\nx\nTi 0 0 0\n";
    private const string Poscar = "x\n1\n5 0 0\n0 5 0\n0 0 5\nTi\n1\nDirect\n0 0 0\n";
    private const string Json = "{\"numbers\": [22], \"positions\": [[0, 0, 0]]}";

    private readonly string folder = Directory.CreateTempSubdirectory("clusterml-formats-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("a.xyz", StructureFormat.ExtendedXyz)]
    [InlineData("A.EXTXYZ", StructureFormat.ExtendedXyz)]
    [InlineData("POSCAR", StructureFormat.Poscar)]
    [InlineData("runs/CONTCAR_relaxed", StructureFormat.Poscar)]
    [InlineData("POSCAR.1", StructureFormat.Poscar)]
    [InlineData("a.vasp", StructureFormat.Poscar)]
    [InlineData("a.poscar", StructureFormat.Poscar)]
    [InlineData("a.json", StructureFormat.AseJson)]
    [InlineData("a.db", StructureFormat.AseDb)]
    [InlineData("POSCAR.xyz", StructureFormat.ExtendedXyz)]
    [InlineData("a.txt", null)]
    public void FormatOf_Name_TellsTheFormat(string name, StructureFormat? expected) => Assert.Equal(expected, StructureFile.FormatOf(name));

    [Theory]
    [InlineData("a.xyz", Xyz)]
    [InlineData("CONTCAR", Poscar)]
    [InlineData("a.json", Json)]
    [InlineData("unnamed1", Xyz)]
    [InlineData("unnamed2", Poscar)]
    [InlineData("unnamed3", "\uFEFF" + Json)]
    public void Read_ByNameOrContent_FindsTheFormat(string name, string text) => Assert.Equal("Ti", Assert.Single(StructureFile.Read(In(name, text))).Formula);

    [Fact]
    public void Read_DatabaseOfAnotherName_IsFoundByItsContent()
    {
        var path = Path.Combine(folder, "unnamed");
        StructureFile.Write(path, StructureFuzzTargets.Samples(), StructureFormat.AseDb);

        Assert.Equal(2, StructureFile.Read(path).Count());
    }

    [Theory]
    [InlineData("")]
    [InlineData("a,b\n1,2\n")]
    [InlineData("\0\u0001\u0002")]
    public void Read_UnknownContent_NamesTheKnownFormats(string text)
    {
        var path = In("unnamed", text);
        var e = Assert.Throws<MalformedFileException>(() => StructureFile.Read(path).Count());

        Assert.Contains("*.xyz", e.Message, StringComparison.Ordinal);
        Assert.Equal(path, e.File);
    }

    [Fact]
    public void Read_FileThatIsNotThere_SaysSo() =>
        Assert.Throws<FileNotFoundException>(() => StructureFile.Read(Path.Combine(folder, "none.xyz")).Count());

    [Theory]
    [InlineData(StructureFormat.Xyz, Xyz)]
    [InlineData(StructureFormat.Poscar, Poscar)]
    [InlineData(StructureFormat.AseJson, Json)]
    public void Read_OtherEncodings_AreRefusedAtTheirPlace(StructureFormat format, string text)
    {
        var path = Path.Combine(folder, "file");
        void AssertRefused(byte[] bytes, int line, string words)
        {
            File.WriteAllBytes(path, bytes);
            var e = Assert.Throws<MalformedFileException>(() => StructureFile.Read(path, format).Count());
            Assert.Equal((path, line), (e.File, e.Line));
            Assert.Contains(words, e.Message, StringComparison.Ordinal);
        }

        AssertRefused(Encoding.Unicode.GetBytes(text), 1, "NUL");
        AssertRefused([.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(text)], 1, "not UTF-8");
        AssertRefused([.. Encoding.UTF8.GetBytes(text), (byte)'\n', 0], text.Count(c => c == '\n') + 2, "NUL");
        AssertRefused([.. Encoding.UTF8.GetBytes(text)[..1], 0xE5], 1, "not UTF-8");
        AssertRefused(Random(7, 5000), 1, "");
    }

    [Fact]
    public void Read_Latin1Comment_IsRefusedAtItsColumn()
    {
        var path = Path.Combine(folder, "a.xyz");
        File.WriteAllBytes(path, Encoding.Latin1.GetBytes("1\nin Ångström\nTi 0 0 0\n"));
        var e = Assert.Throws<MalformedFileException>(() => StructureFile.Read(path).Count());

        Assert.Equal($"{path}:2:4: a byte that is not UTF-8; save the file as UTF-8 text", e.ToString());
    }

    [Theory]
    [InlineData("a.xyz")]
    [InlineData("POSCAR")]
    [InlineData("a.json")]
    [InlineData("a.db")]
    public void Read_GiganticEmptyFile_IsRefusedAtOnce(string name)
    {
        var path = Path.Combine(folder, name);
        using (var file = File.Create(path))
        {
            file.SetLength(16L << 30);
        }

        AssertSmall(64 << 20, () => Assert.Throws<MalformedFileException>(() => StructureFile.Read(path).Count()));
    }

    [Theory]
    [InlineData(StructureFormat.Xyz, "20000000\nx\nTi 0 0 0\n")]
    [InlineData(StructureFormat.ExtendedXyz, "20000000\nProperties=species:S:1:pos:R:3:x:R:4000\nTi 0 0 0\n")]
    [InlineData(StructureFormat.Poscar, "x\n1\n5 0 0\n0 5 0\n0 0 5\nTi\n20000000\nDirect\n0 0 0\n")]
    [InlineData(StructureFormat.AseJson, "{\"numbers\": {\"__ndarray__\": [[2000000000], \"int64\", [22]]}, \"positions\": []}")]
    public void Read_CountWithoutTheAtoms_AllocatesNothingForThem(StructureFormat format, string text) =>
        AssertSmall(4 << 20, () => Assert.Throws<MalformedFileException>(() => Refused.All(text, format)));

    [Theory]
    [InlineData(StructureFormat.Xyz)]
    [InlineData(StructureFormat.Poscar)]
    public void Read_EndlessLine_IsRefused(StructureFormat format)
    {
        var e = Assert.Throws<MalformedFileException>(() => StructureFile.Read(new GeneratedText(_ => "1 ", long.MaxValue), format, "file").Count());

        Assert.Equal(("file", 1), (e.File, e.Line));
        Assert.Contains("longer than", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_EndlessTextInJson_IsRefused()
    {
        var e = Assert.Throws<MalformedFileException>(() => StructureFile.Read(new GeneratedText(i => i == 0 ? "{\"" : "aaaaaaaa", long.MaxValue), StructureFormat.AseJson, "file").Count());

        Assert.Contains("longer than", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_HundredMegabytes_HoldsOneFrameAtATime()
    {
        const int Frames = 130_000;
        var atoms = string.Concat(Enumerable.Range(0, 13).Select(i => FormattableString.Invariant($"Ti {i}.123456789012 -0.123456789012 2.718281828459 0.001 0.002 -0.003\n")));
        var text = new GeneratedText(i => FormattableString.Invariant($"13\nProperties=species:S:1:pos:R:3:forces:R:3 energy={i}.5\n{atoms}"), Frames);
        var (count, energies, most) = (0, 0.0, 0L);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        foreach (var structure in StructureFile.Read(text, StructureFormat.ExtendedXyz))
        {
            Assert.True(count > 0 || text.Given < 100_000, "more than the first frames are read for the first one");
            energies += structure.Properties["energy"].Reals![0];
            if (++count % 26_000 == 0)
            {
                most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before);
            }
        }

        Assert.True(text.Given > 100_000_000);
        Assert.Equal((Frames, (Frames / 2.0 * (Frames - 1)) + (0.5 * Frames)), (count, energies));
        Assert.True(most < 20_000_000, $"{most} bytes are held");
    }

    [Theory]
    [InlineData("a.xyz")]
    [InlineData("a.json")]
    [InlineData("a.db")]
    public void Write_ThatFails_LeavesTheOldFile(string name)
    {
        var path = In(name, "old");
        IEnumerable<Structure> Failing()
        {
            yield return StructureFuzzTargets.Samples()[0];
            throw new InvalidOperationException("no more");
        }

        Assert.Throws<InvalidOperationException>(() => StructureFile.Write(path, Failing()));
        Assert.Equal("old", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFiles(folder));
    }

    [Fact]
    public void Write_UnknownName_NamesTheKnownFormats() => Assert.Contains(
        "*.xyz", Assert.Throws<ArgumentException>(() => StructureFile.Write(Path.Combine(folder, "a.txt"), [])).Message, StringComparison.Ordinal);

    [Fact]
    public void ReadAndWrite_DatabaseAsText_AreRefused()
    {
        Assert.Throws<ArgumentException>(() => StructureFile.Read(new StringReader(""), StructureFormat.AseDb));
        Assert.Throws<ArgumentException>(() => StructureFile.Write(new StringWriter(), [], StructureFormat.AseDb));
    }

    private static void AssertSmall(long bytes, Action action)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        action();
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(allocated < bytes, $"{allocated} bytes are allocated");
    }

    private static byte[] Random(int seed, int length)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    private string In(string name, string text)
    {
        var path = Path.Combine(folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>A text that is made while it is read.</summary>
    private sealed class GeneratedText(Func<long, string> piece, long pieces) : TextReader
    {
        private string current = "";
        private int position;
        private long next;

        /// <summary>Characters given so far.</summary>
        public long Given { get; private set; }

        public override int Read(char[] buffer, int index, int count) => Read(buffer.AsSpan(index, count));

        public override int Read(Span<char> buffer)
        {
            if (position == current.Length)
            {
                (current, position) = next < pieces ? (piece(next++), 0) : ("", 0);
            }

            var length = Math.Min(buffer.Length, current.Length - position);
            current.AsSpan(position, length).CopyTo(buffer);
            position += length;
            Given += length;
            return length;
        }
    }
}
