using ClusterML.Chemistry.Elements;
using ClusterML.Chemistry.Structures;

namespace ClusterML.Chemistry.Formats;

/// <summary>What the comment of an xyz frame says: its columns, its cell and its properties; collects the rows.</summary>
internal sealed class ExtendedXyzFrame
{
    private readonly Dictionary<string, PropertyValue> properties;
    private readonly PropertyValue? lattice;
    private readonly PropertyValue? periodic;

    private ExtendedXyzFrame(Dictionary<string, PropertyValue> properties, string? columns)
    {
        properties.Remove("Lattice", out lattice);
        properties.Remove("pbc", out periodic);
        this.properties = properties;
        IsExact = columns is not null;
        Columns = ParseColumns(columns ?? "species:S:1:pos:R:3");
        Species = Find("species", 'S', 1);
        Numbers = Find("Z", 'I', 1);
        Positions = Find("pos", 'R', 3) ?? throw new FormatException("Properties has no pos:R:3, the positions");
        if (Species is null && Numbers is null)
        {
            throw new FormatException("Properties has neither species:S:1 nor Z:I:1, the elements");
        }
    }

    /// <summary>The columns in the order of the rows.</summary>
    public IReadOnlyList<XyzColumn> Columns { get; }

    /// <summary>The symbols; null when atomic numbers stand for them.</summary>
    public XyzColumn? Species { get; }

    /// <summary>The atomic numbers, or null.</summary>
    public XyzColumn? Numbers { get; }

    /// <summary>The positions.</summary>
    public XyzColumn Positions { get; }

    /// <summary>The atoms read so far.</summary>
    public List<Element> Elements { get; } = [];

    /// <summary>Whether a row may hold no values beyond its columns.</summary>
    public bool IsExact { get; }

    /// <summary>The columns in words, for errors.</summary>
    public string RowDescription => TextLines.Quote(string.Join(' ', Columns.Select(c =>
        c.Width == 1 ? c.Name : FormattableString.Invariant($"{c.Name}({c.Width})"))));

    /// <summary>Reads a comment.</summary>
    /// <param name="comment">The comment line.</param>
    /// <param name="dialect">Plain, extended, or null to go by the comment.</param>
    /// <param name="wrong">Makes the error at a column.</param>
    public static ExtendedXyzFrame Of(string comment, StructureFormat? dialect, Func<int, string, MalformedFileException> wrong)
    {
        if (dialect == StructureFormat.Xyz || (dialect is null && !SaysExtended(comment)))
        {
            return Plain(comment);
        }

        try
        {
            return Extended(ExtendedXyzComment.Parse(comment, wrong), wrong);
        }
        catch (MalformedFileException) when (dialect is null && !IsDeclared(comment))
        {
            return Plain(comment);
        }
    }

    /// <summary>Whether the comment holds a key and a value.</summary>
    public static bool SaysExtended(string comment) => comment.Contains('=', StringComparison.Ordinal);

    /// <summary>The structure of the rows read.</summary>
    /// <param name="atoms">Number of atoms.</param>
    /// <param name="vectors">Vectors after the rows, which then are the cell and its periodic directions; null without them.</param>
    /// <exception cref="FormatException">Cell and periodic directions do not agree.</exception>
    public Structure Structure(int atoms, double[]? vectors)
    {
        var perAtom = new Dictionary<string, PropertyValue>(StringComparer.Ordinal);
        foreach (var column in Columns.Where(c => c != Species && c != Positions && c != Numbers))
        {
            perAtom.Add(column.Name == "charge" ? "charges" : column.Name, column.Values(atoms));
        }

        var cell = vectors is null ? Cell() : PseudoCell(vectors);
        return new(Elements, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(Positions.Reals), cell)
        {
            Properties = properties,
            AtomProperties = perAtom,
        };
    }

    private static bool IsDeclared(string comment) =>
        comment.Contains("Properties=", StringComparison.Ordinal) || comment.Contains("Lattice=", StringComparison.Ordinal);

    private static ExtendedXyzFrame Plain(string comment)
    {
        var text = comment.Trim();
        return new(text.Length == 0 ? [] : new(StringComparer.Ordinal) { ["comment"] = PropertyValue.Of(text) }, null);
    }

    private static ExtendedXyzFrame Extended(IReadOnlyList<ExtendedXyzEntry> entries, Func<int, string, MalformedFileException> wrong)
    {
        var properties = new Dictionary<string, PropertyValue>(StringComparer.Ordinal);
        ExtendedXyzEntry? columns = null;
        foreach (var entry in entries)
        {
            if (entry.Key == "Properties")
            {
                columns = columns is null ? entry : throw wrong(entry.Column, "Properties is given twice");
                continue;
            }

            try
            {
                var value = ExtendedXyzValue.Interpret(entry);
                if (!properties.TryAdd(entry.Key, value) && !properties[entry.Key].Equals(value))
                {
                    throw new FormatException("is given twice with different values");
                }
            }
            catch (FormatException e)
            {
                throw wrong(entry.Column, $"{TextLines.Named(entry.Key)}: {e.Message}");
            }
        }

        try
        {
            return new(properties, columns?.Text);
        }
        catch (FormatException e)
        {
            throw wrong(columns?.Column ?? 0, e.Message);
        }
    }

    private static List<XyzColumn> ParseColumns(string text)
    {
        var parts = text.Split(':');
        if (parts.Length % 3 != 0)
        {
            throw new FormatException("Properties must be triples name:kind:columns, such as species:S:1:pos:R:3");
        }

        var columns = new List<XyzColumn>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        var total = 0L;
        for (var i = 0; i < parts.Length; i += 3)
        {
            var (name, kind) = (parts[i], parts[i + 1]);
            if (name.Length == 0 || kind is not ("R" or "I" or "S" or "L"))
            {
                throw new FormatException($"Properties: {TextLines.Quote(name)} has the kind {TextLines.Quote(kind)}; R, I, S or L is expected");
            }

            if (!NumberText.TryInteger(parts[i + 2], out var width) || width < 1 || (total += width) > FormatLimits.MaxColumns)
            {
                throw new FormatException(FormattableString.Invariant(
                    $"Properties: {TextLines.Quote(name)} has {TextLines.Quote(parts[i + 2])} columns; all together 1 to {FormatLimits.MaxColumns} can be read"));
            }

            if (!names.Add(name == "charge" ? "charges" : name))
            {
                throw new FormatException($"Properties names {TextLines.Quote(name)} twice");
            }

            columns.Add(new(name, kind[0], (int)width));
        }

        return columns;
    }

    private XyzColumn? Find(string name, char kind, int width)
    {
        var column = Columns.FirstOrDefault(c => c.Name == name);
        return column is null || (column.Kind == kind && column.Width == width)
            ? column
            : throw new FormatException(FormattableString.Invariant(
                $"Properties: {name} should be {name}:{kind}:{width}, not {name}:{column.Kind}:{column.Width}"));
    }

    private UnitCell? Cell()
    {
        var vectors = lattice is null ? new double[9] : [.. lattice.Reals!];
        var isZero = Array.TrueForAll(vectors, v => v == 0);
        if (!Array.TrueForAll(vectors, double.IsFinite))
        {
            throw new FormatException("Lattice must be finite");
        }

        var flags = periodic is null ? (lattice is not null && !isZero ? [true, true, true] : new bool[3]) : Flags(periodic);
        return CheckedCell(vectors, flags);
    }

    private static UnitCell PseudoCell(double[] vectors)
    {
        var cell = new double[9];
        vectors.CopyTo(cell, 0);
        return CheckedCell(cell, [vectors.Length >= 3, vectors.Length >= 6, vectors.Length >= 9])
            ?? throw new FormatException("VEC1 is zero; a cell vector must not be");
    }

    /// <summary>A cell, or null when all of it is zero.</summary>
    /// <exception cref="FormatException">A direction repeats along no vector.</exception>
    internal static UnitCell? CheckedCell(double[] vectors, bool[] periodic)
    {
        for (var i = 0; i < 3; i++)
        {
            if (periodic[i] && vectors.AsSpan(3 * i, 3).IndexOfAnyExcept(0.0) < 0)
            {
                throw new FormatException($"the structure is periodic along {"abc"[i]}, and that cell vector is missing or zero");
            }
        }

        return Array.TrueForAll(vectors, v => v == 0) ? null : new(vectors, periodic[0], periodic[1], periodic[2]);
    }

    private static bool[] Flags(PropertyValue value)
    {
        bool[]? flags = value.Logicals?.ToArray();
        if (value.Integers is { } integers && integers.All(i => i is 0 or 1))
        {
            flags = [.. integers.Select(i => i == 1)];
        }

        return flags?.Length switch
        {
            1 => [flags[0], flags[0], flags[0]],
            3 => flags,
            _ => throw new FormatException("pbc must be three of T and F, such as \"T T F\""),
        };
    }
}
