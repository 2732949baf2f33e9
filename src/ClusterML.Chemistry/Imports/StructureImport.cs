using ClusterML.Chemistry.Calculations;
using ClusterML.Chemistry.Files;
using ClusterML.Chemistry.Formats;
using ClusterML.Chemistry.Structures;

namespace ClusterML.Chemistry.Imports;

/// <summary>Makes calculations of the frames of a structure file that carry an energy.</summary>
/// <remarks>
/// In the conventions of ASE <c>energy</c> is extrapolated to zero smearing and <c>free_energy</c> is F. Such files state
/// neither convergence nor method: both come from properties of the frame, or from the options.
/// </remarks>
internal static class StructureImport
{
    /// <exception cref="MalformedFileException">The file is damaged, no frame has an energy, or no method is stated.</exception>
    public static IReadOnlyList<ImportedCalculation> Read(string path, ImportOptions options)
    {
        var hashes = ImportPaths.Hashes([path]);
        var imported = new List<ImportedCalculation>();
        var (frames, without) = (0, new List<int>());
        foreach (var structure in StructureFile.Read(path))
        {
            frames++;
            if (Real(structure, "energy") is null && Real(structure, "free_energy") is null)
            {
                without.Add(frames);
                continue;
            }

            imported.Add(Frame(path, structure, frames, options, hashes));
        }

        if (imported.Count == 0)
        {
            throw new MalformedFileException(path, 0, 0, FormattableString.Invariant(
                $"none of its {frames} structures has an energy (property energy or free_energy), so there is no calculation to import"));
        }

        return without.Count == 0 ? imported : [.. imported.Select((calculation, i) => i > 0 ? calculation : calculation with
        {
            Warnings = [.. calculation.Warnings, FormattableString.Invariant($"{without.Count} of {frames} structures have no energy and were left out: {string.Join(", ", without.Take(20))}")],
        })];
    }

    private static ImportedCalculation Frame(string path, Structure structure, int number, ImportOptions options, Dictionary<string, string> hashes)
    {
        var (missing, warnings) = (new List<string>(), new List<string>());
        var symbols = structure.Elements.Select(element => element.Symbol).ToArray();
        var positions = Enumerable.Range(0, structure.Count).Select(atom => structure.Position(atom).ToArray()).ToArray();
        var forces = Vectors(structure, "forces");
        var scf = Logical(structure, "scf_converged") ?? options.ScfConverged;
        var (energy, free) = (Real(structure, "energy"), Real(structure, "free_energy"));
        if (energy is null)
        {
            warnings.Add("only the free energy is stated; it is taken as the energy at zero smearing");
        }

        void Note(bool absent, string what)
        {
            if (absent)
            {
                missing.Add(what);
            }
        }

        Note(scf is null, "electronic convergence (property scf_converged, or the option that vouches for it)");
        Note(free is null, "free energy");
        Note(forces is null, "forces");
        try
        {
            var system = ImportedSystem.Of([Text(structure, "name") ?? "", ImportPaths.Stem(path)], symbols, positions, structure.Cell, warnings);
            var calculation = new Calculation
            {
                File = path,
                Name = system.Name,
                System = system.System,
                Method = Method(structure, options),
                Energy = energy ?? free!.Value,
                FreeEnergy = free ?? double.NaN,
                ScfConverged = scf ?? false,
                GeometryConverged = Logical(structure, "geometry_converged"),
                MaxForce = forces is null ? Real(structure, "max_force") ?? double.NaN : LargestForce.Of(forces),
                Symbols = symbols,
                Positions = system.Positions,
                Forces = forces,
                Cell = structure.Cell,
                MagneticMoment = Real(structure, "magmom") ?? double.NaN,
                Charges = Reals(structure, "charges") is { } charges ? new Dictionary<string, double[]> { ["unnamed"] = charges } : [],
                SourceFiles = hashes,
                IsPilot = false,
            };
            return new()
            {
                Calculation = calculation,
                Format = ImportFormat.Structures,
                Source = path,
                Frame = number,
                Missing = missing,
                Warnings = warnings,
            };
        }
        catch (FormatException e) when (e is not MalformedFileException)
        {
            throw new MalformedFileException(path, 0, 0, BoundedText.Of(FormattableString.Invariant($"structure {number}: {e.Message}")), e);
        }
    }

    private static MethodDescription Method(Structure structure, ImportOptions options)
    {
        var line = Text(structure, "method") is { } own ? own : options.Method;
        return line.Length > 0
            ? MethodDescription.Parse(line)
            : throw new FormatException("it states no method; give one on import, such as --method \"VASP 5.4.4 PBE PAW_PBE plane-waves UKS Gaussian 0.05 eV cutoff 500 eV\"");
    }

    private static double? Real(Structure structure, string name) =>
        structure.Properties.GetValueOrDefault(name) is { IsScalar: true, Reals: [var value] } && double.IsFinite(value) ? value : null;

    private static bool? Logical(Structure structure, string name) =>
        structure.Properties.GetValueOrDefault(name) is { IsScalar: true, Logicals: [var value] } ? value : null;

    private static string? Text(Structure structure, string name) =>
        structure.Properties.GetValueOrDefault(name) is { IsScalar: true, Texts: [var value] } ? value : null;

    private static double[]? Reals(Structure structure, string name) =>
        structure.AtomProperties.GetValueOrDefault(name) is { Reals: { } values } && values.Count == structure.Count && values.All(double.IsFinite) ? [.. values] : null;

    private static double[][]? Vectors(Structure structure, string name) =>
        structure.AtomProperties.GetValueOrDefault(name) is { Reals: { } values } && values.Count == 3 * structure.Count && values.All(double.IsFinite)
            ? [.. values.Chunk(3)]
            : null;
}
