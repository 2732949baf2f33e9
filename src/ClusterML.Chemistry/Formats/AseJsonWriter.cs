using System.Text;
using ClusterML.Chemistry.Structures;

namespace ClusterML.Chemistry.Formats;

/// <summary>Writes a JSON database of ASE, row by row.</summary>
internal static class AseJsonWriter
{
    /// <summary>Writes every structure as a row, numbered from 1.</summary>
    public static void Write(TextWriter writer, IEnumerable<Structure> structures, double time)
    {
        var id = 0L;
        writer.Write('{');
        foreach (var structure in structures)
        {
            id++;
            writer.Write(FormattableString.Invariant($"\"{id}\": {{\n "));
            writer.Write(string.Join(",\n ", Members(new(structure, id, time, AseRow.AtomNames)).OrderBy(m => m.Name, StringComparer.Ordinal).Select(m => $"\"{m.Name}\": {m.Json}")));
            writer.Write("},\n");
        }

        writer.Write("\"ids\": [");
        for (var i = 1L; i <= id; i++)
        {
            writer.Write(FormattableString.Invariant($"{(i == 1 ? "" : ", ")}{i}"));
        }

        writer.Write(FormattableString.Invariant($"],\n\"nextid\": {id + 1}}}\n"));
    }

    private static IEnumerable<(string Name, string Json)> Members(AseContent content)
    {
        var structure = content.Structure;
        yield return ("numbers", JsonTree.WriteEncoded(PropertyValue.Of(structure.Elements.Select(e => (long)e.AtomicNumber).ToArray())));
        yield return ("positions", JsonTree.WriteEncoded(PropertyValue.Of(structure.Positions.ToArray(), structure.Count, 3)));
        yield return ("cell", JsonTree.WriteEncoded(PropertyValue.Of([.. structure.Cell?.Vectors ?? new double[9]], 3, 3)));
        yield return ("pbc", JsonTree.WriteEncoded(PropertyValue.Of(
            [structure.Cell?.PeriodicA == true, structure.Cell?.PeriodicB == true, structure.Cell?.PeriodicC == true])));
        yield return ("ctime", JsonTree.Write(PropertyValue.Of(content.CreatedAt)));
        yield return ("mtime", JsonTree.Write(PropertyValue.Of(content.ModifiedAt)));
        yield return ("unique_id", Quoted(content.UniqueId));
        yield return ("user", content.User is { } user ? Quoted(user) : "null");
        foreach (var (name, value) in content.Atoms.Concat(content.Frame))
        {
            yield return (name, JsonTree.WriteEncoded(value));
        }

        if (content.Calculator is { } calculator)
        {
            yield return ("calculator", Quoted(calculator));
        }

        foreach (var (name, json) in new[]
        {
            ("calculator_parameters", content.CalculatorParameters), ("constraints", content.Constraints),
            ("key_value_pairs", content.PairsJson), ("data", content.DataJson),
        })
        {
            if (json is not (null or "{}") || (name == "calculator_parameters" && json is not null))
            {
                yield return (name, json!);
            }
        }
    }

    private static string Quoted(string text)
    {
        var json = new StringBuilder();
        JsonTree.Quote(json, text);
        return json.ToString();
    }
}
