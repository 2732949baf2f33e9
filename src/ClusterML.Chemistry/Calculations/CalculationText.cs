using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ClusterML.Chemistry.Calculations;

/// <summary>The JSON text of a calculation: fields in a fixed order, a vector a line, numbers in their shortest exact form.</summary>
internal sealed class CalculationText
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly StringBuilder text = new("{");
    private readonly Calculation calculation;

    private CalculationText(Calculation calculation)
    {
        this.calculation = calculation;
    }

    /// <exception cref="ArgumentException">The calculation contradicts itself, so that it could not be read back.</exception>
    public static string Of(Calculation calculation) => new CalculationText(calculation).Write();

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Quoted(string value) => JsonSerializer.Serialize(value, Readable);

    private string Write()
    {
        Check();
        var c = calculation;
        Field("name", Quoted(c.Name));
        Field("host", Quoted(c.System.Host.Symbol));
        Field("method", Quoted(c.Method.ToString()));
        Energies();
        Flag("scf_converged", c.ScfConverged);
        Count("scf_failures", c.ScfFailures);
        Flag("geometry_converged", c.GeometryConverged);
        Count("steps", c.Steps);
        if (c.Ended is not null)
        {
            Flag("ended", c.Ended);
        }

        Real("fmax_eV_per_A", c.MaxForce);
        Field("symbols", $"[{string.Join(", ", c.Symbols.Select(Quoted))}]");
        Vectors("positions_A", c.Positions);
        Vectors("forces_eV_per_A", c.Forces);
        Reals("cell_A", c.Cell?.Vectors);
        if (c.Cell is { PeriodicA: false } or { PeriodicB: false } or { PeriodicC: false })
        {
            Field("cell_periodic", $"[{Word(c.Cell.PeriodicA)}, {Word(c.Cell.PeriodicB)}, {Word(c.Cell.PeriodicC)}]");
        }

        Count("multiplicity", c.Multiplicity);
        Real("magnetic_moment_muB", c.MagneticMoment);
        Reals("spin_populations", c.SpinPopulations);
        Real("homo_lumo_eV", c.Gap);
        Real("d_centre_eV", c.DBandCentre);
        Map("charges_e", c.Charges, values => $"[{string.Join(", ", values.Select(Number))}]");
        Reals("frequencies_cm", c.Frequencies);
        Map("potentials", c.Potentials, Quoted);
        Words("input_sha256", c.InputSha256);
        Words("settings", c.Settings);
        Words("start_geometry", c.StartGeometry);
        Real("wall_s", Math.Round(c.WallSeconds, 1));
        Real("cpu_s", Math.Round(c.CpuSeconds, 1));
        Map("source_files", c.SourceFiles, Quoted);
        if (c.IsPilot)
        {
            Flag("pilot", true);
        }

        return text.Append("\n}\n").ToString();
    }

    /// <summary>The free energy and -TS as the campaign writes them; the energy without entropy itself only where they do not give it exactly.</summary>
    private void Energies()
    {
        var (free, without) = (calculation.FreeEnergy, calculation.EnergyWithoutEntropy);
        Real("energy_eV", free);
        var entropic = free - without;
        Real("entropic_eV", entropic);
        if (!double.IsFinite(entropic) || !(free - entropic).Equals(without))
        {
            Real("energy_without_entropy_eV", without);
        }

        Real("energy_T0_eV", calculation.Energy);
    }

    private void Check()
    {
        var c = calculation;
        var atoms = c.Symbols.Count;
        var named = ClusterSystem.Parse(c.Name);
        string?[] faults =
        [
            named is null != (c.System.Kind == SystemKind.Other) || (named is not null && named != c.System)
                ? $"the name {c.Name} does not say the system {c.System.Name}" : null,
            c.Symbols.Order(StringComparer.Ordinal).SequenceEqual(c.System.Atoms().Order(StringComparer.Ordinal))
                ? null : $"{c.System.Name} has other atoms than {string.Join(' ', c.Symbols)}",
            c.Positions.Count == 0 || IsVectors(c.Positions) ? null : "positions need three finite coordinates an atom",
            c.Forces is null || IsVectors(c.Forces) ? null : "forces need three finite components an atom",
            c.Charges.Values.All(v => v.Length == atoms && v.All(double.IsFinite)) ? null : "charges need a finite number an atom",
            c.SpinPopulations is null || (c.SpinPopulations.Count == atoms && c.SpinPopulations.All(double.IsFinite)) ? null : "spin populations need a finite number an atom",
            c.MaxForce < 0 ? "the largest force is a length, and at least 0" : null,
            c.Frequencies?.All(double.IsFinite) == false ? "frequencies must be finite" : null,
            MethodDescription.Parse(c.Method.ToString()) == c.Method ? null : $"the method {c.Method} does not read back",
        ];
        if (faults.OfType<string>().ToArray() is { Length: > 0 } found)
        {
            throw new ArgumentException($"{c.Name} cannot be written: {string.Join("; ", found)}");
        }

        bool IsVectors(IReadOnlyList<double[]> vectors) => vectors.Count == atoms && vectors.All(v => v.Length == 3 && v.All(double.IsFinite));
    }

    private void Field(string name, string json) =>
        text.Append(text.Length == 1 ? "\n \"" : ",\n \"").Append(name).Append("\": ").Append(json);

    private void Words(string name, string value)
    {
        if (value.Length > 0)
        {
            Field(name, Quoted(value));
        }
    }

    private static string Word(bool value) => value ? "true" : "false";

    private void Real(string name, double value)
    {
        if (double.IsFinite(value))
        {
            Field(name, Number(value));
        }
    }

    private void Count(string name, int? value)
    {
        if (value is { } count)
        {
            Field(name, count.ToString(CultureInfo.InvariantCulture));
        }
    }

    /// <summary>null stays: a single point has no convergence of its geometry.</summary>
    private void Flag(string name, bool? value) => Field(name, value is { } known ? Word(known) : "null");

    private void Reals(string name, IReadOnlyList<double>? values)
    {
        if (values is not null)
        {
            Field(name, $"[{string.Join(", ", values.Select(Number))}]");
        }
    }

    private void Vectors(string name, IReadOnlyList<double[]>? vectors)
    {
        if (vectors is { Count: > 0 })
        {
            Field(name, $"[\n  {string.Join(",\n  ", vectors.Select(v => $"[{string.Join(", ", v.Select(Number))}]"))}\n ]");
        }
    }

    private void Map<T>(string name, IReadOnlyDictionary<string, T> values, Func<T, string> json)
    {
        if (values.Count > 0)
        {
            Field(name, $"{{\n  {string.Join(",\n  ", values.OrderBy(v => v.Key, StringComparer.Ordinal).Select(v => $"{Quoted(v.Key)}: {json(v.Value)}"))}\n }}");
        }
    }
}
