using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace ClusterML.Data;

/// <summary>A hash of what a table says, whatever the order of its rows and columns or the spelling of its numbers.</summary>
internal static class TableHash
{
    /// <summary>SHA-256, lower-case hex, over a header line and the sorted lines of the rows.</summary>
    public static string Of(DataTable table)
    {
        var texts = table.TextColumns.OrderBy(c => c.Key, StringComparer.Ordinal).ToArray();
        var numbers = table.NumberColumns.OrderBy(c => c.Key, StringComparer.Ordinal).ToArray();
        var metadata = table.MetadataColumns.OrderBy(c => c.Key, StringComparer.Ordinal).ToArray();
        var targets = Enumerable.Range(0, table.Targets.Count).OrderBy(t => table.Targets[t].Name, StringComparer.Ordinal).ToArray();

        var lines = new List<string>(table.RowCount);
        for (var row = 0; row < table.RowCount; row++)
        {
            List<string> values = [table.RowIdsArePositions ? "" : table.RowIds[row]];
            values.AddRange(texts.Select(c => c.Value[row]));
            values.AddRange(numbers.Select(c => Canonical(c.Value[row])));
            values.Add(table.Weights is null ? "" : Canonical(table.Weights[row]));
            values.AddRange(targets.Select(t => Canonical(table.TargetValues[row][t])));
            values.AddRange(metadata.Select(c => Canonical(c.Value[row])));
            lines.Add(Line(values));
        }

        lines.Sort(StringComparer.Ordinal);
        lines.Insert(0, Header(table, texts.Select(c => c.Key), numbers.Select(c => c.Key), targets, metadata.Select(c => c.Key)));

        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var line in lines)
        {
            sha.AppendData(Encoding.UTF8.GetBytes(line + "\n"));
        }

        return Convert.ToHexStringLower(sha.GetHashAndReset());
    }

    private static string Header(DataTable table, IEnumerable<string> texts, IEnumerable<string> numbers, int[] targets, IEnumerable<string> metadata)
    {
        string Roles(string column) => string.Concat(
            table.CategoricalColumns.Contains(column) ? "c" : "",
            table.NumericColumns.Contains(column) ? "n" : "",
            table.GroupColumns.Contains(column) ? "g" : "");

        List<string> values = ["row_id"];
        values.AddRange(texts.Select(c => $"text {c} {Roles(c)}"));
        values.AddRange(numbers.Select(c => $"number {c} {Roles(c)} {UnitOf(table, c)}"));
        values.Add("weight");
        values.AddRange(targets.Select(t => $"target {table.Targets[t].Name} {table.Targets[t].Unit}"));
        values.AddRange(metadata.Select(c => $"metadata {c} {table.Units.GetValueOrDefault(c)}"));
        return Line(values);
    }

    // A pure number says the same whether or not somebody wrote that its unit is 1.
    private static string UnitOf(DataTable table, string column) => table.Units.GetValueOrDefault(column, "") is var unit && unit == "1" ? "" : unit;

    /// <summary>One line; JSON keeps a value with a comma or a line break apart from two values.</summary>
    private static string Line(List<string> values) => JsonSerializer.Serialize(values);

    private static string Canonical(double value) => value switch
    {
        double.NaN => "NaN",
        0.0 => "0",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };

    /// <summary>Metadata is text, but a number in it may be spelled in more than one way.</summary>
    private static string Canonical(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? Canonical(value) : text;

    private static string Canonical(float value) => Canonical((double)value);
}
