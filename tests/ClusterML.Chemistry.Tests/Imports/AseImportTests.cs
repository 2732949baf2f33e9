using System.Diagnostics;
using System.Text.Json;
using ClusterML.Chemistry.Calculations;
using ClusterML.Chemistry.Imports;
using ClusterML.Chemistry.Tests.Formats;
using ClusterML.Tests;

namespace ClusterML.Chemistry.Tests.Imports;

/// <summary>What ASE writes is imported to the same values, and what ASE reads from the files of VASP is what is read here.</summary>
public sealed class AseImportTests : IDisposable
{
    private const string Method = "VASP 5.4.4 PBE PAW_PBE plane-waves UKS Gaussian 0.05 eV cutoff 500 eV";

    private readonly ImportFiles files = new();

    public void Dispose() => files.Dispose();

    [Theory]
    [InlineData("ase.extxyz", 1e-8)]
    [InlineData("ase.db", 0)]
    [InlineData("ase.json", 0)]
    public void Read_FileOfAse_HoldsTheSameValues(string name, double tolerance)
    {
        Ase("write", files.In());
        var expected = JsonDocument.Parse(File.ReadAllText(files.In("expected.json"))).RootElement.EnumerateArray().ToArray();

        var imported = CalculationImporter.Read(files.In(name), new() { Method = Method, ScfConverged = true });

        Assert.Equal([1, 2], imported.Select(i => i.Frame));
        Assert.Equal(["Ti12Pt_in", "Fe2"], imported.Select(i => i.Calculation.Name));
        foreach (var (said, calculation) in expected.Zip(imported.Select(i => i.Calculation)))
        {
            Assert.Equal(said.GetProperty("symbols").EnumerateArray().Select(s => s.GetString()!), calculation.Symbols);
            Near(said, "energy", [calculation.Energy], tolerance);
            Near(said, "free", [calculation.FreeEnergy], tolerance);
            Near(said, "positions", calculation.Positions.SelectMany(p => p), tolerance);
            Near(said, "forces", calculation.Forces!.SelectMany(f => f), tolerance);
            Near(said, "charges", calculation.Charges["unnamed"], tolerance);
            Near(said, "moment", [calculation.MagneticMoment], tolerance);
            Assert.Equal(MethodDescription.Parse(Method), calculation.Method);
            Assert.Null(calculation.EnergyFault);
        }

        Assert.Contains("no name says the site of Pt; by geometry it is in", imported[0].Warnings);
    }

    [Fact]
    public void Read_FilesOfVasp_AreReadAlikeByAse()
    {
        string[] paths =
        [
            ImportFiles.Of("vasp", "relaxed", "vasprun.xml"), ImportFiles.Of("vasp", "relaxed", "OUTCAR"),
            ImportFiles.Of("vasp", "stopped", "vasprun.xml"), ImportFiles.Of("vasp", "stopped", "OUTCAR"),
            ImportFiles.Of("vasp", "Ti_atom", "vasprun.xml"), ImportFiles.Of("vasp", "Ti_atom", "OUTCAR"),
        ];
        var read = JsonDocument.Parse(Ase(["read", .. paths])).RootElement.EnumerateArray().ToArray();

        foreach (var (said, path) in read.Zip(paths))
        {
            var calculation = Assert.Single(CalculationImporter.Read(path)).Calculation;
            Assert.Equal(said.GetProperty("symbols").EnumerateArray().Select(s => s.GetString()!), calculation.Symbols);
            Near(said, "energy", [calculation.Energy], 1e-7);
            Near(said, "free", [calculation.FreeEnergy], 1e-9);
            Near(said, "forces", calculation.Forces!.SelectMany(f => f), 1e-9);
            Near(said, "positions", calculation.Positions.SelectMany(p => p), 1e-9);
            Near(said, "cell", calculation.Cell!.Vectors, 1e-9);
        }
    }

    [Fact]
    public void Read_NoMethod_AsksForOne()
    {
        var path = files.Write("a.extxyz", "1\nProperties=species:S:1:pos:R:3 energy=-3.5\nTi 0 0 0\n");

        Assert.StartsWith(
            "structure 1: it states no method; give one on import",
            Assert.Throws<MalformedFileException>(() => CalculationImporter.Read(path)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Read_ConvergenceNotStated_DoesNotCount()
    {
        var path = files.Write("a.extxyz", $"1\nProperties=species:S:1:pos:R:3 energy=-3.5 method=\"{Method}\"\nTi 0 0 0\n");
        var imported = Assert.Single(CalculationImporter.Read(path));

        Assert.Equal("the SCF did not converge", imported.Calculation.EnergyFault);
        Assert.Contains(imported.Missing, m => m.StartsWith("electronic convergence", StringComparison.Ordinal));
    }

    [Fact]
    public void Read_FrameStatesItsConvergence_IsUsable()
    {
        var path = files.Write("a.extxyz", $"1\nProperties=species:S:1:pos:R:3 energy=-3.5 scf_converged=T name=Ti_atom method=\"{Method}\"\nTi 0 0 0\n");

        Assert.Null(Assert.Single(CalculationImporter.Read(path)).Calculation.EnergyFault);
    }

    [Fact]
    public void Read_FramesWithoutEnergy_AreNamed()
    {
        const string Frame = "1\nProperties=species:S:1:pos:R:3\nTi 0 0 0\n";
        var path = files.Write("a.extxyz", Frame + $"1\nProperties=species:S:1:pos:R:3 energy=-3.5 method=\"{Method}\"\nTi 0 0 0\n" + Frame);

        Assert.Contains("2 of 3 structures have no energy and were left out: 1, 3", Assert.Single(CalculationImporter.Read(path)).Warnings);
        Assert.Equal(
            "none of its 1 structures has an energy (property energy or free_energy), so there is no calculation to import",
            Assert.Throws<MalformedFileException>(() => CalculationImporter.Read(files.Write("b.extxyz", Frame))).Message);
    }

    [Fact]
    public void Read_ClusterAcrossTheBoundary_IsPutInOnePiece()
    {
        var path = files.Write("a.extxyz", $"2\nLattice=\"10 0 0 0 10 0 0 0 10\" pbc=\"T T T\" Properties=species:S:1:pos:R:3 energy=-3.5 method=\"{Method}\"\nTi 0.5 0 0\nTi 9 0 0\n");
        var imported = Assert.Single(CalculationImporter.Read(path));

        Assert.Equal([[0.5, 0, 0], [-1, 0, 0]], imported.Calculation.Positions);
        Assert.Contains("the cluster lay across the cell boundary; atoms were moved by cell vectors to put it in one piece", imported.Warnings);
    }

    [Fact]
    public void Read_CalculationOfThisLibrary_IsTaken()
    {
        var imported = Assert.Single(CalculationImporter.Read(Path.Combine(Published.Repository, "data", "x12tm", "pilot", "calculations", "Ti12Pt_in.json")));

        Assert.Equal((ImportFormat.Calculation, "Ti12Pt_in"), (imported.Format, imported.Calculation.Name));
    }

    [Fact]
    public void Sources_Folder_LeavesOutOtherFiles()
    {
        Ase("write", files.In());
        files.Write("dataset.json", "{\"schema\": \"something\"}");
        files.Write("notes.txt", "notes");
        File.Copy(ImportFiles.Of("cp2k", "Cu2-pos-1.xyz"), files.In("Cu2-pos-1.xyz"));
        Directory.CreateDirectory(files.In("vasp"));
        File.Copy(ImportFiles.Of("vasp", "relaxed", "OUTCAR"), files.In("vasp", "OUTCAR"));

        Assert.Equal([files.In("ase.db"), files.In("ase.extxyz"), files.In("ase.json"), files.In("vasp")], CalculationImporter.Sources(files.In()));
    }

    [Fact]
    public void Read_NothingToImport_SaysWhatIsExpected()
    {
        Assert.StartsWith("no calculation found", Assert.Throws<MalformedFileException>(() => CalculationImporter.Read(files.In())).Message, StringComparison.Ordinal);
        Assert.StartsWith("not a file that can be imported", Assert.Throws<MalformedFileException>(() => CalculationImporter.Read(files.Write("a.txt", "text\n"))).Message, StringComparison.Ordinal);
        Assert.Throws<FileNotFoundException>(() => CalculationImporter.Read(files.In("none")));
    }

    private static void Near(JsonElement said, string name, IEnumerable<double> values, double tolerance)
    {
        var expected = Flat(said.GetProperty(name)).ToArray();
        var actual = values.ToArray();
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), pair => Assert.InRange(Math.Abs(pair.First - pair.Second), 0, tolerance));
    }

    private static IEnumerable<double> Flat(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().SelectMany(Flat) : [value.GetDouble()];

    private static string Ase(params string[] arguments)
    {
        var script = Path.Combine(Published.Repository, "tests", "ClusterML.Chemistry.Tests", "Imports", "ase_calculations.py");
        using var process = Process.Start(new ProcessStartInfo(AseProgram.OrSkip(), ["-B", script, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, error.GetAwaiter().GetResult());
        return said;
    }
}
