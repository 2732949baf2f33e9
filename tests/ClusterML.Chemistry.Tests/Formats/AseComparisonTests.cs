using System.Globalization;
using ClusterML.Chemistry.Formats;
using ClusterML.Chemistry.Structures;

namespace ClusterML.Chemistry.Tests.Formats;

/// <summary>200 structures, random, icosahedral and periodic, written by ASE and read here, and the other way round.</summary>
public sealed class AseComparisonTests(AseFiles files) : IClassFixture<AseFiles>
{
    /// <summary>What rows of a database say beyond the structure.</summary>
    private static readonly string[] Administrative = ["unique_id", "ctime", "mtime", "user", "calculator", "calculator_parameters"];

    private static readonly string[] FrameResults = ["energy", "free_energy", "stress", "dipole", "magmom"];

    private static readonly string[] AtomResults = ["forces", "charges", "magmoms"];

    [Fact]
    public void Read_ExtendedXyzOfAse_IsTheSame()
    {
        // Columns have eight decimals. Constraints are not written; ASE cannot escape the backslash of some labels.
        var expected = files.Expected.Select(e => e with
        {
            Fixed = new bool[e.Fixed.Length],
            Properties = e.Properties.ToDictionary(p => p.Key, p => (p.Key, p.Value) switch
            {
                ("stress", var v) => Matrix([.. v.Reals!]),
                ("config_type", { Texts: [var text] }) => PropertyValue.Of(text.Replace('\\', '/')),
                _ => p.Value,
            }),
        });

        AssertSame(expected, StructureFile.Read(In("ase.extxyz")), 5.01e-9);
    }

    [Fact]
    public void Read_PlainXyzOfAse_IsTheSame() =>
        AssertSame(files.Expected.Select(Geometry), StructureFile.Read(In("ase_plain.xyz"), StructureFormat.Xyz), 1e-14);

    [Theory]
    [InlineData("ase.json")]
    [InlineData("ase.db")]
    public void Read_DatabaseOfAse_IsTheSame(string name) => AssertSame(files.Expected, StructureFile.Read(In(name)).Select(WithoutAdministration), 0);

    [Fact]
    public void Read_AtomsOfAseInJson_AreTheSame() => AssertSame(
        files.Expected.Select(e => e with
        {
            Properties = e.Properties.Where(p => !FrameResults.Contains(p.Key)).ToDictionary(p => p.Key, p => p.Value is { Texts: [var text], IsScalar: true }
                ? PropertyValue.Of(text.Replace('\\', '/'))
                : p.Value),
            AtomProperties = e.AtomProperties.Where(p => !AtomResults.Contains(p.Key)).ToDictionary(),
        }),
        StructureFile.Read(In("ase_atoms.json")),
        0);

    [Fact]
    public void Read_PoscarsOfAse_AreTheSame()
    {
        var paths = Directory.GetFiles(files.Folder, "POSCAR_*").Order(StringComparer.Ordinal).ToList();

        Assert.True(paths.Count > 80);
        foreach (var path in paths)
        {
            var expected = files.Expected[int.Parse(path[^3..], CultureInfo.InvariantCulture)];
            var read = Assert.Single(StructureFile.Read(path));
            AssertSame([Geometry(expected) with { Cell = expected.Cell, Periodic = [true, true, true], Fixed = expected.Fixed }], [WithoutProperties(read)], 1e-13);
        }
    }

    [Fact]
    public void Write_EveryFormat_IsTheSameInAse()
    {
        var structures = StructureFile.Read(In("ase.json")).Select(WithoutAdministration).ToList();
        var boxed = structures.Where(s => s.Cell is { } cell && Math.Abs(cell.SignedVolume) > 1e-9).ToList();
        StructureFile.Write(In("ours.extxyz"), structures);
        StructureFile.Write(In("ours_plain.xyz"), structures, StructureFormat.Xyz);
        StructureFile.Write(In("ours.json"), structures);
        StructureFile.Write(In("ours.db"), structures);
        for (var i = 0; i < boxed.Count; i++)
        {
            StructureFile.Write(In(FormattableString.Invariant($"ours_POSCAR_{i:000}")), [boxed[i]], StructureFormat.Poscar);
        }

        AseProgram.Run("read", files.Folder);
        var found = files.Described("read.json");

        AssertSame(files.Expected, found["json"], 0);
        AssertSame(files.Expected, found["db"], 0);
        AssertSame(files.Expected.Select(Geometry), found["xyz"].Select(Geometry), 0);
        AssertSame(boxed.Select(DescribedStructure.Of).Select(e => Geometry(e) with { Cell = e.Cell, Periodic = [true, true, true], Fixed = e.Fixed }), found["poscar"], 0);

        // ASE takes the column of calculated charges for initial charges, and knows directions of the cell as a plain column.
        AssertSame(
            files.Expected.Zip(structures, (e, s) => e with
            {
                Fixed = s.AtomProperties.ContainsKey("selective_dynamics") ? new bool[e.Fixed.Length] : e.Fixed,
                AtomProperties = e.AtomProperties.Select(p => p.Key == "charges" ? new("initial_charges", p.Value) : p)
                    .Concat(s.AtomProperties.Where(p => p.Key == "selective_dynamics")).ToDictionary(),
            }),
            found["extxyz"],
            0);
    }

    private string In(string name) => Path.Combine(files.Folder, name);

    private static void AssertSame(IEnumerable<DescribedStructure> expected, IEnumerable<Structure> actual, double tolerance) =>
        AssertSame(expected, actual.Select(DescribedStructure.Of), tolerance);

    private static void AssertSame(IEnumerable<DescribedStructure> expected, IEnumerable<DescribedStructure> actual, double tolerance)
    {
        var (wanted, found) = (expected.ToList(), actual.ToList());
        Assert.Equal(wanted.Count, found.Count);
        Assert.Empty(wanted.Zip(found).SelectMany((pair, i) => pair.First.Differences(pair.Second, tolerance).Select(d => $"{i}: {d}")));
    }

    private static DescribedStructure Geometry(DescribedStructure described) => described with
    {
        Cell = new double[9],
        Periodic = new bool[3],
        Fixed = new bool[described.Fixed.Length],
        Properties = new Dictionary<string, PropertyValue>(),
        AtomProperties = new Dictionary<string, PropertyValue>(),
    };

    private static Structure WithoutAdministration(Structure structure) => new(structure.Elements, structure.Positions, structure.Cell)
    {
        Properties = structure.Properties.Where(p => !Administrative.Contains(p.Key)).ToDictionary(),
        AtomProperties = structure.AtomProperties,
    };

    private static Structure WithoutProperties(Structure structure) =>
        new(structure.Elements, structure.Positions, structure.Cell) { AtomProperties = structure.AtomProperties };

    private static PropertyValue Matrix(double[] v) => PropertyValue.Of([v[0], v[5], v[4], v[5], v[1], v[3], v[4], v[3], v[2]], 3, 3);
}
