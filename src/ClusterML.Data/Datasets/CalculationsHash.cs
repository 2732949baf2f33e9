using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ClusterML.Chemistry.Calculations;
using ClusterML.Chemistry.Files;
using ClusterML.Data.Json;

namespace ClusterML.Data.Datasets;

/// <summary>A hash of what a folder of calculations says, whatever the order of keys, the spelling of numbers and the layout of its files.</summary>
internal static class CalculationsHash
{
    /// <summary>SHA-256, lower-case hex, over the declared columns and the sorted calculations, each with the path of its file in the folder.</summary>
    /// <exception cref="DataException">A file is not JSON.</exception>
    public static string Of(DatasetDescription description, string folder)
    {
        var columns = description.Columns
            .Select(c => JsonSerializer.Serialize(new[] { c.Name, DatasetFile.NameOf(c.Role), c.Unit }))
            .Order(StringComparer.Ordinal);
        var files = CalculationFiles.In(folder).Select(file => $"{CalculationFiles.NameIn(folder, file)} {OfFile(file)}");
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var line in columns.Concat(files))
        {
            sha.AppendData(Encoding.UTF8.GetBytes(line + "\n"));
        }

        return Convert.ToHexStringLower(sha.GetHashAndReset());
    }

    /// <summary>One file as one line of JSON with sorted keys and numbers in their shortest form.</summary>
    /// <remarks>Bare NaN and Infinity, which some writers put into JSON, count as texts.</remarks>
    /// <exception cref="DataException">The file is not JSON.</exception>
    public static string OfFile(string path)
    {
        var quoted = BareNumbers.Quoted(File.ReadAllText(path));
        return Canonical(PlacedJson.Parse(path, Encoding.UTF8.GetBytes(quoted)));
    }

    private static string Canonical(PlacedJson value) => value.Kind switch
    {
        JsonValueKind.Object => $"{{{string.Join(',', value.Members.OrderBy(m => m.Name, StringComparer.Ordinal).Select(m => $"{JsonSerializer.Serialize(m.Name)}:{Canonical(m.Value)}"))}}}",
        JsonValueKind.Array => $"[{string.Join(',', value.Items.Select(Canonical))}]",
        JsonValueKind.String => JsonSerializer.Serialize(value.Text),
        JsonValueKind.Number => Number(double.Parse(value.Text, NumberStyles.Float, CultureInfo.InvariantCulture)),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => "null",
    };

    private static string Number(double value) => value == 0 ? "0" : value.ToString("R", CultureInfo.InvariantCulture);
}
