using System.Globalization;
using System.Text.Json;
using ClusterML.Chemistry.Calculations;

namespace ClusterML.Chemistry.Convergence;

/// <summary>Reads a calculation (JSON) for a convergence study: any name, and its settings from the method line and from fields of their own.</summary>
/// <remarks>
/// Fields beside those of <see cref="CalculationFile"/>: <c>box_A</c>, <c>cutoff_Ry</c>, <c>rel_cutoff_Ry</c>,
/// <c>temperature_K</c> (of the smearing), <c>eps_scf</c>, <c>eps_default</c>, <c>max_force</c> (or
/// <c>force_threshold_eV_per_A</c>), <c>poisson</c>. A field wins over the
/// method line. <c>input_sha256</c> and other fields do not count as settings.
/// </remarks>
public static class StudyCalculationFile
{
    private static readonly Dictionary<string, string> Fields = new(StringComparer.Ordinal)
    {
        ["box_A"] = "box",
        ["cutoff_Ry"] = "cutoff",
        ["rel_cutoff_Ry"] = "rel_cutoff",
        ["temperature_K"] = "smearing",
        ["eps_scf"] = "eps_scf",
        ["eps_default"] = "eps_default",
        ["max_force"] = "max_force",
        ["force_threshold_eV_per_A"] = "max_force",
        ["poisson"] = "poisson",
    };

    private static readonly Dictionary<string, string> Results = new(StringComparer.Ordinal)
    {
        ["ecn"] = "ecn",
        ["dav_A"] = "dav",
        ["magnetic_moment_muB"] = "m",
        ["fmax_eV_per_A"] = "fmax",
        ["homo_lumo_eV"] = "gap",
        ["d_centre_eV"] = "d_centre",
    };

    /// <summary>Reads a file.</summary>
    /// <exception cref="MalformedFileException">It is not JSON, or its method line is missing or not understood.</exception>
    public static StudyCalculation Read(string path)
    {
        using var document = Parse(path);
        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw new MalformedFileException(path, 1, 1, "the file holds no calculation: expected a JSON object");
        }

        var name = Text(root, "name") ?? Path.GetFileNameWithoutExtension(path);
        var settings = Settings(path, root);
        foreach (var (field, setting) in Fields)
        {
            if (Number(root, field) is { } number)
            {
                settings[setting] = ConvergenceParameter.Text(number);
            }
            else if (Text(root, field) is { } text)
            {
                settings[setting] = text;
            }
        }

        var quantities = new Dictionary<string, double>(StringComparer.Ordinal);
        var energy = Number(root, "energy_T0_eV") ?? (Number(root, "energy_eV") - ((Number(root, "entropic_eV") ?? 0) / 2));
        if (energy is { } value)
        {
            quantities["E"] = value;
        }

        foreach (var (field, quantity) in Results)
        {
            if (Number(root, field) is { } number)
            {
                quantities[quantity] = number;
            }
        }

        var converged = root.TryGetProperty("scf_converged", out var flag) && flag.ValueKind == JsonValueKind.True;
        return new(path, SystemOf(name), settings, quantities, energy is null ? "has no energy" : converged ? null : "the SCF did not converge");
    }

    /// <summary>The system at the start of a name: <c>Zr12Ti_in</c> of <c>Zr12Ti_in_box11_cut300</c>; the whole name when it starts with none.</summary>
    internal static string SystemOf(string name)
    {
        var words = name.Split('_');
        for (var count = 1; count <= words.Length; count++)
        {
            var candidate = string.Join('_', words[..count]);
            if (IsSystem(candidate))
            {
                // The variant of an X12 is a word without digits: Ti12_vac_box11.
                return count < words.Length && candidate.EndsWith("12", StringComparison.Ordinal) && words[count].All(char.IsAsciiLetter)
                    ? $"{candidate}_{words[count]}"
                    : candidate;
            }
        }

        return name;
    }

    private static bool IsSystem(string name)
    {
        try
        {
            return ClusterSystem.Parse(name) is not null;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static JsonDocument Parse(string path)
    {
        try
        {
            return JsonDocument.Parse(File.ReadAllText(path));
        }
        catch (JsonException e)
        {
            throw new MalformedFileException(
                path, (int)(e.LineNumber ?? -1) + 1, (int)(e.BytePositionInLine ?? -1) + 1, $"not readable: {e.Message.Split(" LineNumber:")[0]}", e);
        }
    }

    private static Dictionary<string, string> Settings(string path, JsonElement root)
    {
        var line = Text(root, "method") ?? throw new MalformedFileException(path, 0, 0, "the field \"method\" is missing: it states functional, basis, cutoff, box and smearing");
        try
        {
            return StudyCalculation.SettingsOf(MethodDescription.Parse(line));
        }
        catch (FormatException e)
        {
            throw new MalformedFileException(path, 0, 0, e.Message, e);
        }
    }

    private static string? Text(JsonElement root, string field) =>
        root.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static double? Number(JsonElement root, string field)
    {
        if (!root.TryGetProperty(field, out var value))
        {
            return null;
        }

        var number = value.ValueKind switch
        {
            JsonValueKind.Number => value.GetDouble(),
            JsonValueKind.String when double.TryParse(value.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var text) => text,
            _ => double.NaN,
        };
        return double.IsFinite(number) ? number : null;
    }
}
