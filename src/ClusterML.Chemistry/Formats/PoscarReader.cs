using ClusterML.Chemistry.Elements;
using ClusterML.Chemistry.Structures;

namespace ClusterML.Chemistry.Formats;

/// <summary>Reads a POSCAR or CONTCAR.</summary>
/// <remarks>
/// Source: the description of the format at vasp.at/wiki/POSCAR. What follows the positions (velocities, predictor-corrector) is
/// not read. Stricter than VASP and ASE where a guess would be silent: the coordinate mode must be Direct or Cartesian, and a
/// file without a line of symbols must have exactly as many in its comment as it has counts.
/// </remarks>
internal sealed class PoscarReader(TextLines lines)
{
    /// <summary>The structure of the file.</summary>
    public IEnumerable<Structure> ReadAll()
    {
        yield return Read();
    }

    private Structure Read()
    {
        var comment = (lines.Next() ?? throw lines.Wrong(0, "the file is empty; a comment line should come first")).Trim();
        var factors = Factors(lines.Required("the scaling factor"));
        var factorLine = lines.Line;
        var cell = Cell();
        var scale = Scale(factors, cell, factorLine);
        for (var i = 0; i < 9; i++)
        {
            cell[i] *= scale[i % 3];
        }

        if (!Array.TrueForAll(cell, double.IsFinite) || Volume(cell) is 0 or double.NaN)
        {
            throw new MalformedFileException(lines.File, factorLine, 0, "the scaled cell has no volume that is finite and not zero");
        }

        var (kinds, counts) = Elements(comment);
        var total = counts.Sum();
        var (isSelective, isCartesian) = Mode();
        var positions = new List<double>();
        var free = new List<bool>();
        for (var atom = 0; atom < total; atom++)
        {
            Row(lines.Next() ?? throw lines.Wrong(0, FormattableString.Invariant($"the file ends after {atom} of {total} atoms")),
                positions, isSelective ? free : null);
        }

        while (lines.Next() is not null)
        {
            // What follows is not kept, but has to be text.
        }

        List<Element> elements = [.. kinds.Zip(counts).SelectMany(kind => Enumerable.Repeat(kind.First, (int)kind.Second))];
        return Structure(comment, new(cell, true, true, true), elements, Placed(positions, isCartesian ? null : cell, scale), free);
    }

    private double[] Factors(string line)
    {
        var words = new WordsOfLine(line);
        var factors = new List<double>();
        while (factors.Count < 3 && words.Next() && NumberText.TryReal(words.Word, out var factor))
        {
            factors.Add(factor);
        }

        var areUsable = factors.TrueForAll(double.IsFinite) && factors.Count switch
        {
            1 => factors[0] != 0,
            3 => factors.TrueForAll(f => f > 0),
            _ => false,
        };
        return areUsable ? [.. factors] : throw lines.Wrong(
            1, "the scaling factor is expected: a positive number, minus the volume of the cell, or three positive numbers for x, y and z");
    }

    /// <summary>Factors of x, y and z.</summary>
    private double[] Scale(double[] factors, double[] cell, int line)
    {
        if (factors.Length == 3)
        {
            return factors;
        }

        var factor = factors[0] > 0 ? factors[0] : Math.Cbrt(-factors[0] / Math.Abs(Volume(cell)));
        return double.IsFinite(factor)
            ? [factor, factor, factor]
            : throw new MalformedFileException(lines.File, line, 0, "the cell vectors span no volume that could be scaled");
    }

    private double[] Cell()
    {
        var cell = new double[9];
        for (var i = 0; i < 3; i++)
        {
            var words = new WordsOfLine(lines.Required("a cell vector"));
            Three(ref words, cell.AsSpan(3 * i, 3), "a cell vector");
        }

        return cell;
    }

    private void Three(ref WordsOfLine words, scoped Span<double> values, string what)
    {
        for (var i = 0; i < 3; i++)
        {
            if (!words.Next() || !NumberText.TryReal(words.Word, out values[i]) || !double.IsFinite(values[i]))
            {
                throw lines.Wrong(words.Column, $"{what} needs three finite numbers");
            }
        }
    }

    private (List<Element> Kinds, List<long> Counts) Elements(string comment)
    {
        var first = Entries(lines.Required("the symbols of the elements, or the number of atoms of each"));
        if (first.Count == 0)
        {
            throw lines.Wrong(0, "the symbols of the elements, or the number of atoms of each, are expected");
        }

        if (NumberText.TryInteger(first[0].Word, out _))
        {
            return (InComment(comment, first.Count), Counts(first));
        }

        var kinds = first.ConvertAll(entry => Kind(entry.Word) ?? throw lines.Wrong(entry.Column, FormatElements.Unknown(Symbol(entry.Word))));
        var counts = Entries(lines.Required("the number of atoms of each element"));
        return counts.Count == kinds.Count ? (kinds, Counts(counts)) : throw lines.Wrong(0, FormattableString.Invariant(
            $"{counts.Count} counts of atoms for {kinds.Count} elements ({Listed(kinds)}); as many are expected"));
    }

    private List<long> Counts(List<(string Word, int Column)> counts)
    {
        var numbers = counts.ConvertAll(entry => NumberText.TryInteger(entry.Word, out var n) && n is >= 0 and <= FormatLimits.MaxAtoms
            ? n
            : throw lines.Wrong(entry.Column, FormattableString.Invariant(
                $"a number of atoms from 0 to {FormatLimits.MaxAtoms} is expected, not {TextLines.Quote(entry.Word)}")));
        return numbers.Sum() is >= 1 and <= FormatLimits.MaxAtoms
            ? numbers
            : throw lines.Wrong(0, FormattableString.Invariant($"{numbers.Sum()} atoms; 1 to {FormatLimits.MaxAtoms} can be read"));
    }

    /// <summary>The symbols that a comment holds, such as <c>Ti12 Fe</c> or <c>Ti_Fe</c>.</summary>
    private List<Element> InComment(string comment, int count)
    {
        var found = new List<Element>();
        foreach (var word in comment.Split((char[])[' ', '\t', '_', '-', ',', '='], StringSplitOptions.RemoveEmptyEntries))
        {
            found.AddRange(Formula(word));
        }

        return found.Count == count ? found : throw lines.Wrong(0, FormattableString.Invariant(
            $"{count} counts of atoms and no line of symbols before them, and the comment names {found.Count} elements ({Listed(found)}); add a line such as \"Ti Fe\" above"));
    }

    /// <summary>The elements of a formula; none when a part of the word is not an element.</summary>
    private static List<Element> Formula(string word)
    {
        var found = new List<Element>();
        for (var i = 0; i < word.Length;)
        {
            if (char.IsAsciiDigit(word[i]) || (found.Count > 0 && word[i] == '.'))
            {
                i++;
                continue;
            }

            var length = i + 1 < word.Length && char.IsAsciiLetterLower(word[i + 1]) ? 2 : 1;
            if (!char.IsAsciiLetterUpper(word[i]) || ElementTable.Default.Find(word.Substring(i, length)) is not { } element)
            {
                return [];
            }

            found.Add(element);
            i += length;
        }

        return found;
    }

    private static string Listed(List<Element> elements) => string.Join(' ', elements.Take(8)) + (elements.Count > 8 ? " ..." : "");

    private static Element? Kind(string word) => FormatElements.Find(Symbol(word));

    /// <summary>The symbol of <c>Ti_pv</c>, <c>Ti/hash</c> or <c>Ti.52</c>.</summary>
    private static ReadOnlySpan<char> Symbol(string word)
    {
        var end = word.AsSpan().IndexOfAny('_', '/', '.');
        return end < 0 ? word : word.AsSpan(0, end);
    }

    /// <summary>The words of a line up to a remark.</summary>
    private static List<(string Word, int Column)> Entries(string line)
    {
        var entries = new List<(string, int)>();
        var words = new WordsOfLine(line);
        while (words.Next() && words.Word[0] is not ('!' or '#'))
        {
            entries.Add((words.Word.ToString(), words.Column));
        }

        return entries;
    }

    private (bool IsSelective, bool IsCartesian) Mode()
    {
        const string Expected = "Direct or Cartesian";
        var line = lines.Required(Expected);
        var isSelective = line.AsSpan().TrimStart() is ['S' or 's', ..];
        line = isSelective ? lines.Required(Expected) : line;
        return line.AsSpan().TrimStart() switch
        {
            ['D' or 'd', ..] => (isSelective, false),
            ['C' or 'c' or 'K' or 'k', ..] when !char.IsWhiteSpace(line[0]) => (isSelective, true),
            ['C' or 'c' or 'K' or 'k', ..] => throw lines.Wrong(1, "Cartesian must begin the line, since VASP takes a line that begins with a space for Direct"),
            var other => throw lines.Wrong(1, $"{Expected} is expected, not {TextLines.Quote(other.TrimEnd())}"),
        };
    }

    private void Row(string row, List<double> positions, List<bool>? free)
    {
        Span<double> position = stackalloc double[3];
        var words = new WordsOfLine(row);
        Three(ref words, position, "the position of an atom");
        positions.AddRange(position);
        for (var i = 0; free is not null && i < 3; i++)
        {
            var word = words.Next() ? words.Word.TrimStart('.') : default;
            free.Add(word switch
            {
                ['T' or 't', ..] => true,
                ['F' or 'f', ..] => false,
                _ => throw lines.Wrong(words.Column, "three of T and F should follow the position, for selective dynamics"),
            });
        }
    }

    /// <summary>Positions in Angstrom.</summary>
    /// <param name="positions">Coordinates of the file.</param>
    /// <param name="cell">The cell that they are fractions of; null when they are Cartesian.</param>
    /// <param name="scale">Factors of Cartesian coordinates.</param>
    private double[] Placed(List<double> positions, double[]? cell, double[] scale)
    {
        var placed = new double[positions.Count];
        for (var i = 0; i < placed.Length; i++)
        {
            var (atom, axis) = (i - (i % 3), i % 3);
            placed[i] = cell is null
                ? positions[i] * scale[axis]
                : (positions[atom] * cell[axis]) + (positions[atom + 1] * cell[3 + axis]) + (positions[atom + 2] * cell[6 + axis]);
            if (!double.IsFinite(placed[i]))
            {
                throw lines.Wrong(0, "a position is not finite once it is scaled by the cell");
            }
        }

        return placed;
    }

    private static Structure Structure(string comment, UnitCell cell, IReadOnlyList<Element> elements, double[] positions, List<bool> free)
    {
        var perAtom = new Dictionary<string, PropertyValue>(StringComparer.Ordinal);
        if (free.Count > 0)
        {
            var isWhole = Enumerable.Range(0, elements.Count).All(i => free[3 * i] == free[(3 * i) + 1] && free[3 * i] == free[(3 * i) + 2]);
            perAtom.Add(
                isWhole ? "move_mask" : "selective_dynamics",
                isWhole
                    ? PropertyValue.Of(Enumerable.Range(0, elements.Count).Select(i => free[3 * i]).ToArray())
                    : PropertyValue.Of(free.ToArray(), elements.Count, 3));
        }

        return new(elements, positions, cell)
        {
            Properties = comment.Length == 0
                ? new Dictionary<string, PropertyValue>()
                : new Dictionary<string, PropertyValue>(StringComparer.Ordinal) { ["comment"] = PropertyValue.Of(comment) },
            AtomProperties = perAtom,
        };
    }

    private static double Volume(double[] v) =>
        (v[0] * ((v[4] * v[8]) - (v[5] * v[7]))) - (v[1] * ((v[3] * v[8]) - (v[5] * v[6]))) + (v[2] * ((v[3] * v[7]) - (v[4] * v[6])));
}
