using System.Text.Json;
using ClusterML.Chemistry.Files;
using ClusterML.Chemistry.Structures;

namespace ClusterML.Chemistry.Calculations;

/// <summary>Reads and writes the JSON files of a campaign, one calculation each.</summary>
/// <remarks>
/// Fields that are missing or null are unknown. Bare <c>NaN</c> and <c>Infinity</c>, which some writers put into JSON, are
/// accepted as numbers that are not finite.
/// </remarks>
public static class CalculationFile
{
    /// <summary>Reads a file; null when its name is not that of a system of the formation energies.</summary>
    /// <exception cref="MalformedFileException">It is not JSON, or contradicts itself.</exception>
    public static Calculation? Read(string path) => Read(path, others: false);

    /// <summary>Reads a file of any system; one that formation energies do not know is <see cref="SystemKind.Other"/>.</summary>
    /// <exception cref="MalformedFileException">It is not JSON, states no atoms, or contradicts itself.</exception>
    public static Calculation ReadAny(string path) => Read(path, others: true)!;

    /// <summary>Writes a file that <see cref="ReadAny"/> reads back to the same values, beside its place and renamed there.</summary>
    /// <remarks>What is not known is left out; numbers are in the shortest form that reads back exactly. <see cref="Calculation.File"/> is not written.</remarks>
    /// <exception cref="ArgumentException">The calculation contradicts itself, so that it could not be read back.</exception>
    /// <exception cref="IOException">The folder cannot be written; an old file is untouched.</exception>
    public static void Write(string path, Calculation calculation) =>
        AtomicFile.WriteText(path, CalculationText.Of(calculation));

    private static Calculation? Read(string path, bool others)
    {
        var text = File.ReadAllText(path);
        CalculationFields fields;
        try
        {
            fields = JsonSerializer.Deserialize<CalculationFields>(BareNumbers.Quoted(text), CalculationFields.Json)
                ?? throw new MalformedFileException(path, 1, 1, "the file holds no calculation");
        }
        catch (JsonException e)
        {
            var (line, column) = ((int)(e.LineNumber ?? -1) + 1, (int)(e.BytePositionInLine ?? -1) + 1);
            throw new MalformedFileException(path, line, column, BoundedText.Of(CalculationFields.Problem(e)), e);
        }

        try
        {
            return Interpret(path, fields, others);
        }
        catch (FormatException e)
        {
            throw new MalformedFileException(path, 0, 0, BoundedText.Of(e.Message), e);
        }
    }

    private static Calculation? Interpret(string path, CalculationFields fields, bool others)
    {
        if (fields.Symbols?.Contains(null!) == true || fields.Potentials?.ContainsValue(null!) == true || fields.SourceFiles?.ContainsValue(null!) == true)
        {
            throw new FormatException("null among symbols, potentials or source_files; every one should be a text");
        }

        var name = fields.Name ?? Path.GetFileNameWithoutExtension(path);
        var system = ClusterSystem.Parse(name);
        if (system is null && others)
        {
            system = ClusterSystem.OfAtoms(
                fields.Symbols ?? throw new FormatException($"{name}: symbols are missing, and the name does not say the atoms"), _ => Site.In);
            system = system with { Kind = SystemKind.Other, Site = null, Variant = FormulaOf(fields.Symbols) };
        }

        if (system is null)
        {
            return null;
        }

        if (fields.FmaxEvPerA < 0)
        {
            throw new FormatException(FormattableString.Invariant($"fmax_eV_per_A is {fields.FmaxEvPerA}; it is the length of a force, and at least 0"));
        }

        var symbols = fields.Symbols ?? [.. system.Atoms()];
        if (!symbols.Order(StringComparer.Ordinal).SequenceEqual(system.Atoms().Order(StringComparer.Ordinal)))
        {
            throw new FormatException(FormattableString.Invariant(
                $"{name} does not hold the atoms its name says: {symbols.Length} found ({FormulaOf(symbols)}), {system.Atoms().Count()} expected ({FormulaOf([.. system.Atoms()])})"));
        }

        var free = fields.EnergyEv ?? double.NaN;
        var method = MethodDescription.Parse(fields.Method ?? "");

        // Without smearing there is no entropy. With it, an entropy that is not stated is not zero: the energy is then not known.
        var entropic = fields.EntropicEv ?? (method.Smearing == "none" ? 0 : double.NaN);
        return new()
        {
            File = path,
            Name = name,
            System = system,
            Method = method,
            Energy = fields.EnergyT0Ev ?? (free - (entropic / 2)),
            FreeEnergy = free,
            EnergyWithoutEntropy = fields.EnergyWithoutEntropyEv ?? (free - fields.EntropicEv) ?? double.NaN,
            ScfConverged = fields.ScfConverged ?? false,
            ScfFailures = fields.ScfFailures,
            Steps = fields.Steps,
            Ended = fields.Ended,
            GeometryConverged = fields.GeometryConverged,
            MaxForce = fields.FmaxEvPerA ?? double.NaN,
            Symbols = symbols,
            Positions = Vectors("positions_A", "coordinates", fields.PositionsA) ?? [],
            Forces = Vectors("forces_eV_per_A", "components", fields.ForcesEvPerA),
            Cell = CellOf(name, fields),
            Multiplicity = fields.Multiplicity,
            MagneticMoment = fields.MagneticMomentMuB ?? double.NaN,
            SpinPopulations = Spins(),
            Gap = fields.HomoLumoEv ?? double.NaN,
            DBandCentre = fields.DCentreEv ?? double.NaN,
            Charges = Charges(),
            Frequencies = fields.FrequenciesCm,
            Potentials = fields.Potentials ?? [],
            InputSha256 = fields.InputSha256 ?? "",
            Settings = fields.Settings ?? "",
            StartGeometry = fields.StartGeometry ?? "",
            WallSeconds = fields.WallS ?? double.NaN,
            CpuSeconds = fields.CpuS ?? double.NaN,
            SourceFiles = fields.SourceFiles ?? [],
            IsPilot = fields.Pilot ?? false,
        };

        double[][]? Vectors(string field, string parts, double[][]? values) =>
            values is null or [] ? null
            : values.Length == symbols.Length && values.All(v => v is { Length: 3 } && v.All(double.IsFinite)) ? values
            : throw new FormatException($"{name}: {field} must hold three finite {parts} for each of {symbols.Length} atoms");

        double[]? Spins() => fields.SpinPopulations is not { } spins ? null
            : spins.Length == symbols.Length && spins.All(double.IsFinite) ? spins
            : throw new FormatException($"{name}: spin_populations must hold a finite number for each of {symbols.Length} atoms");

        Dictionary<string, double[]> Charges()
        {
            var charges = fields.ChargesE ?? [];
            foreach (var (scheme, values) in charges)
            {
                if (values is null || values.Length != symbols.Length || !values.All(double.IsFinite))
                {
                    throw new FormatException($"{name}: charges_e {scheme} must hold a finite number for each of {symbols.Length} atoms");
                }
            }

            return charges;
        }
    }

    private static string FormulaOf(IReadOnlyList<string> symbols) => string.Concat(symbols
        .GroupBy(s => s, StringComparer.Ordinal)
        .OrderBy(g => g.Key, StringComparer.Ordinal)
        .Select(g => g.Count() == 1 ? g.Key : FormattableString.Invariant($"{g.Key}{g.Count()}")));

    private static UnitCell? CellOf(string name, CalculationFields fields)
    {
        if (fields.CellA is not { } vectors)
        {
            return null;
        }

        var periodic = fields.CellPeriodic ?? [true, true, true];
        return vectors.Length == 9 && vectors.All(double.IsFinite) && periodic.Length == 3
            ? new(vectors, periodic[0], periodic[1], periodic[2])
            : throw new FormatException($"{name}: cell_A must hold nine finite numbers, and cell_periodic three flags");
    }
}
