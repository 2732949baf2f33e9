using ClusterML.Chemistry.Elements;
using ClusterML.Chemistry.Structures;

namespace ClusterML.Chemistry.Formats;

/// <summary>Reads frames of xyz one by one: plain, extended, or as each comment says.</summary>
/// <remarks>
/// Extended frames follow the <c>extxyz</c> of ASE 3.22. Differs from ASE: blank lines between frames are skipped (ASE stops at
/// the first), a row with more values than <c>Properties</c> names is refused (ASE ignores the rest), and so are an open quote,
/// a logical that is neither T nor F, one key with two values, and symbols that contradict atomic numbers.
/// </remarks>
internal sealed class XyzReader(TextLines lines, StructureFormat? dialect)
{
    /// <summary>Every frame; one at least.</summary>
    public IEnumerable<Structure> Read()
    {
        var last = 0;
        while (true)
        {
            var header = lines.Next();
            if (header is null)
            {
                break;
            }

            if (!string.IsNullOrWhiteSpace(header))
            {
                var structure = Frame(Atoms(header, last));
                last = structure.Count;
                yield return structure;
            }
        }

        if (last == 0)
        {
            throw lines.Wrong(0, "the file holds no structure; the number of atoms should come first");
        }
    }

    private int Atoms(string header, int last)
    {
        var text = header.AsSpan().Trim();
        var column = 1 + header.AsSpan().IndexOf(text);
        if (!NumberText.TryInteger(text, out var count))
        {
            var before = last == 0 ? "" : FormattableString.Invariant($"; the frame before announced {last} atoms");
            throw lines.Wrong(column, $"the number of atoms is expected, not {TextLines.Quote(text)}{before}");
        }

        return count is >= 1 and <= FormatLimits.MaxAtoms
            ? (int)count
            : throw lines.Wrong(column, FormattableString.Invariant($"a frame of {count} atoms; 1 to {FormatLimits.MaxAtoms} can be read"));
    }

    private Structure Frame(int atoms)
    {
        var comment = lines.Required("the comment line of the frame");
        var line = lines.Line;
        var frame = ExtendedXyzFrame.Of(comment, dialect, (column, message) => lines.Wrong(column, message));
        for (var atom = 0; atom < atoms; atom++)
        {
            Row(frame, lines.Next() ?? throw lines.Wrong(
                0, FormattableString.Invariant($"the file ends after {atom} of {atoms} atoms")));
        }

        var vectors = Vectors();
        try
        {
            return frame.Structure(atoms, vectors);
        }
        catch (FormatException e)
        {
            throw new MalformedFileException(lines.File, line, 0, e.Message, e);
        }
    }

    private void Row(ExtendedXyzFrame frame, string row)
    {
        var words = new WordsOfLine(row);
        foreach (var column in frame.Columns)
        {
            for (var i = 0; i < column.Width; i++)
            {
                if (!words.Next())
                {
                    throw lines.Wrong(words.Column, $"the row ends before {TextLines.Named(column.Name)}; {frame.RowDescription} are expected");
                }

                try
                {
                    if (column == frame.Species)
                    {
                        frame.Elements.Add(Element(words.Word));
                        continue;
                    }

                    column.Add(words.Word);
                    if (column == frame.Positions && !double.IsFinite(column.Reals[^1]))
                    {
                        throw new FormatException("a coordinate must be finite");
                    }
                }
                catch (FormatException e)
                {
                    throw lines.Wrong(words.Column, e.Message);
                }
            }
        }

        if (frame.Numbers is { } numbers)
        {
            var element = FormatElements.Find(numbers.Integers[^1]) ?? throw lines.Wrong(0, FormatElements.Unknown(numbers.Integers[^1]));
            if (frame.Species is null)
            {
                frame.Elements.Add(element);
            }
            else if (element != frame.Elements[^1])
            {
                throw lines.Wrong(0, FormattableString.Invariant(
                    $"the symbol is {frame.Elements[^1].Symbol} and Z is {element.AtomicNumber} ({element.Symbol}); they should agree"));
            }
        }

        if (frame.IsExact && words.Next())
        {
            throw lines.Wrong(words.Column, $"the row has values after its last column; {frame.RowDescription} are expected");
        }
    }

    private Element Element(ReadOnlySpan<char> symbol) =>
        FormatElements.Find(symbol) ?? throw new FormatException(FormatElements.Unknown(symbol));

    /// <summary>Cell vectors that some programs write after the atoms as VEC1 to VEC3; null without them.</summary>
    private double[]? Vectors()
    {
        double[]? vectors = null;
        for (var n = 1; lines.Peek() is { } next && next.AsSpan().TrimStart().StartsWith("VEC", StringComparison.Ordinal); n++)
        {
            var words = new WordsOfLine(lines.Next());
            _ = words.Next();
            if (n > 3 || !words.Word.SequenceEqual(FormattableString.Invariant($"VEC{n}")))
            {
                throw lines.Wrong(words.Column, $"VEC1, VEC2 and VEC3 may follow the atoms in this order, not {TextLines.Quote(words.Word)}");
            }

            vectors ??= [];
            for (var i = 0; i < 3; i++)
            {
                if (!words.Next() || !NumberText.TryReal(words.Word, out var component) || !double.IsFinite(component))
                {
                    throw lines.Wrong(words.Column, "a cell vector needs three finite numbers");
                }

                vectors = [.. vectors, component];
            }
        }

        return vectors;
    }
}
