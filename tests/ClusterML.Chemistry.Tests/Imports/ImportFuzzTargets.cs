using System.Text;
using ClusterML.Chemistry.Calculations;
using ClusterML.Chemistry.Imports;
using ClusterML.Chemistry.Imports.Cp2k;
using ClusterML.Chemistry.Imports.Vasp;
using ClusterML.Chemistry.Tests.Fuzzing;
using ClusterML.Fuzzing;

namespace ClusterML.Chemistry.Tests.Imports;

/// <summary>The readers of outputs and of calculations as targets of the fuzz run. Whole files are at fault at times, so an error may have no line.</summary>
internal static class ImportFuzzTargets
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        Target("cp2k output", "damaged.out", 1_500, path => CalculationImporter.Read(path), Essential("Ti_atom"), Essential("Cu2_stopped")),
        Target("cp2k trajectory", "damaged-pos-1.xyz", 5_000, path => Cp2kTrajectory.PositionsAt(path, ["Cu", "Cu"], -96.1077152327), Bytes("cp2k", "Cu2-pos-1.xyz")),
        Target("cp2k projected states", "damaged.pdos", 5_000, path => Cp2kProjection.Read(path, ""), Bytes("cp2k", "Ti_atom-ALPHA_k1-1.pdos")),
        Target("vasprun.xml", "vasprun.xml", 2_000, path => CalculationImporter.Read(path), Bytes("vasp", "Ti_atom", "vasprun.xml"), Bytes("vasp", "stopped", "vasprun.xml")),
        Target("OUTCAR", "OUTCAR", 2_000, path => VaspImport.Read(VaspFiles.OfFile(path)), Bytes("vasp", "Ti_atom", "OUTCAR"), Bytes("vasp", "stopped", "OUTCAR")),
        Target("EIGENVAL", "EIGENVAL", 5_000, path => EigenvalReader.Read(path), Bytes("vasp", "relaxed", "EIGENVAL"), Bytes("vasp", "stopped", "EIGENVAL")),
        Target("DOSCAR", "DOSCAR", 1_000, path => DoscarReader.Read(path), Bytes("vasp", "Ti_atom", "DOSCAR")),
        Target("calculation", "damaged.json", 5_000, path => CalculationFile.ReadAny(path), Calculation("Ti_atom"), Calculation("Ti2_unconverged")),
    ];

    private static FuzzTarget Target(string name, string file, int mutations, Action<string> read, params byte[][] seeds) => new()
    {
        Name = name,
        FileName = file,
        Seeds = seeds,
        Mutations = mutations,
        Read = input => read(input.Path),
        Complaint = FuzzTargets.Refusal(isText: false),
    };

    private static byte[] Bytes(params string[] parts) => File.ReadAllBytes(ImportFiles.Of(parts));

    /// <summary>An output without the listing of basis functions and grids, so that damage is likely to hit a line that is read.</summary>
    private static byte[] Essential(string name)
    {
        var lines = File.ReadAllLines(ImportFiles.Of("cp2k", $"{name}.out"));
        bool Matters(string line) => line.Trim().Length > 0
            && !line.StartsWith("                        ", StringComparison.Ordinal)
            && !line.Contains("GRID", StringComparison.Ordinal) && !line.StartsWith(" [", StringComparison.Ordinal)
            && !line.StartsWith(" GLOBAL| ", StringComparison.Ordinal) && !line.StartsWith(" ***", StringComparison.Ordinal);
        return Encoding.UTF8.GetBytes(string.Join('\n', lines.Where(Matters)) + "\n");
    }

    private static byte[] Calculation(string name) =>
        Encoding.UTF8.GetBytes(CalculationText.Of(CalculationImporter.Read(ImportFiles.Of("cp2k", $"{name}.out"))[0].Calculation));
}
