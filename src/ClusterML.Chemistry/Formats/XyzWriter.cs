using System.Globalization;
using System.Text;
using ClusterML.Chemistry.Structures;

namespace ClusterML.Chemistry.Formats;

/// <summary>Writes frames of plain or extended xyz; numbers read back exactly.</summary>
internal static class XyzWriter
{
    private static readonly HashSet<string> Reserved =
        new(["species", "symbols", "pos", "positions", "Z", "numbers"], StringComparer.Ordinal);

    /// <summary>Writes one frame.</summary>
    /// <param name="writer">Takes the text.</param>
    /// <param name="structure">The structure.</param>
    /// <param name="isExtended">Whether all of it is written; else symbols, positions and the property <c>comment</c>.</param>
    /// <exception cref="ArgumentException">The format has no room for a property.</exception>
    public static void Write(TextWriter writer, Structure structure, bool isExtended)
    {
        if (isExtended)
        {
            WriteExtended(writer, structure);
        }
        else
        {
            WritePlain(writer, structure);
        }
    }

    private static void WritePlain(TextWriter writer, Structure structure)
    {
        var comment = structure.Properties.TryGetValue("comment", out var value) && value is { IsScalar: true, Texts: [var text] } ? text : "";
        writer.Write(FormattableString.Invariant($"{structure.Count}\n{OneLine(comment)}\n"));
        WriteRows(writer, structure, []);
    }

    private static void WriteExtended(TextWriter writer, Structure structure)
    {
        var columns = structure.AtomProperties.Select(p => Column(structure, p.Key, p.Value)).ToList();
        var repeated = columns.GroupBy(c => c.Name, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1);
        if (repeated is not null)
        {
            throw new ArgumentException($"extended xyz has room for one column \"{repeated.Key}\"", nameof(structure));
        }

        var comment = new StringBuilder();
        if (structure.Cell is { } cell && cell.Vectors.Any(v => v != 0))
        {
            comment.Append("Lattice=\"").AppendJoin(' ', cell.Vectors.Select(NumberText.Exact)).Append("\" ");
        }

        comment.Append("Properties=species:S:1:pos:R:3");
        foreach (var column in columns)
        {
            comment.Append(CultureInfo.InvariantCulture, $":{column.Name}:{column.Kind}:{column.Width}");
        }

        foreach (var (key, value) in structure.Properties)
        {
            comment.Append(' ').Append(ExtendedXyzValue.Write(key, value));
        }

        string Flag(bool? periodic) => periodic == true ? "T" : "F";
        comment.Append(CultureInfo.InvariantCulture,
            $" pbc=\"{Flag(structure.Cell?.PeriodicA)} {Flag(structure.Cell?.PeriodicB)} {Flag(structure.Cell?.PeriodicC)}\"");
        writer.Write(FormattableString.Invariant($"{structure.Count}\n"));
        writer.Write(comment);
        writer.Write('\n');
        WriteRows(writer, structure, columns);
    }

    private static void WriteRows(TextWriter writer, Structure structure, List<OutputColumn> columns)
    {
        for (var atom = 0; atom < structure.Count; atom++)
        {
            writer.Write(structure.Elements[atom].Symbol.PadRight(2));
            foreach (var coordinate in structure.Position(atom))
            {
                writer.Write(' ');
                writer.Write(NumberText.Exact(coordinate).PadLeft(20));
            }

            foreach (var column in columns)
            {
                for (var i = 0; i < column.Width; i++)
                {
                    writer.Write(' ');
                    writer.Write(column.Text((atom * column.Width) + i).PadLeft(column.Padding));
                }
            }

            writer.Write('\n');
        }
    }

    private static OutputColumn Column(Structure structure, string name, PropertyValue value)
    {
        ArgumentException Refused(string why) => new($"extended xyz has no room for the atom property \"{name}\": {why}", nameof(structure));
        if (name.Length == 0 || Reserved.Contains(name) || name.Any(c => c is ':' or '"' or '\'' or '\\' or '=' or '{' or '[' || char.IsWhiteSpace(c) || char.IsControl(c)))
        {
            throw Refused("the name is reserved or holds white space, quotes, brackets or one of : = \\");
        }

        var width = value.Shape.Skip(1).Aggregate(1, (product, n) => checked(product * n));
        if (value.Shape.Count == 0 || value.Shape[0] != structure.Count || width is < 1 or > FormatLimits.MaxColumns)
        {
            throw Refused(FormattableString.Invariant($"its first dimension must be the {structure.Count} atoms, with 1 to {FormatLimits.MaxColumns} values each"));
        }

        if (value.Texts?.FirstOrDefault(t => t.Length == 0 || t.Any(c => char.IsWhiteSpace(c) || c is '\0' or '\uFFFD' || char.IsSurrogate(c))) is { } text)
        {
            throw Refused($"{TextLines.Quote(text)} is empty or holds white space");
        }

        var column = name == "charges" ? "charge" : name;
        return value switch
        {
            { Logicals: { } logicals } => new(column, 'L', width, 1, i => logicals[i] ? "T" : "F"),
            { Integers: { } integers } => new(column, 'I', width, 8, i => NumberText.Exact(integers[i])),
            { Reals: { } reals } => new(column, 'R', width, 20, i => NumberText.Exact(reals[i])),
            _ => new(column, 'S', width, 2, i => value.Texts![i]),
        };
    }

    private static string OneLine(string text) => string.Join(' ', text.Split((char[])['\r', '\n'], StringSplitOptions.RemoveEmptyEntries));

    private sealed record OutputColumn(string Name, char Kind, int Width, int Padding, Func<int, string> Text);
}
