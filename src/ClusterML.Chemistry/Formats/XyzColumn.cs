using ClusterML.Chemistry.Structures;

namespace ClusterML.Chemistry.Formats;

/// <summary>One column of the rows of an xyz frame, of one or more values a row, with the values read so far.</summary>
internal sealed class XyzColumn(string name, char kind, int width)
{
    private readonly List<double> reals = [];
    private readonly List<long> integers = [];
    private readonly List<bool> logicals = [];
    private readonly List<string> texts = [];

    /// <summary>Name in the file, such as <c>pos</c>.</summary>
    public string Name { get; } = name;

    /// <summary>R real, I integer, L logical, S text.</summary>
    public char Kind { get; } = kind;

    /// <summary>Values a row.</summary>
    public int Width { get; } = width;

    /// <summary>Reads one value.</summary>
    /// <exception cref="FormatException">It is not of the kind of the column.</exception>
    public void Add(ReadOnlySpan<char> word)
    {
        switch (Kind)
        {
            case 'R':
                reals.Add(NumberText.TryReal(word, out var real) ? real : throw NotA("a real number", word));
                break;
            case 'I':
                integers.Add(NumberText.TryInteger(word, out var integer) ? integer : throw NotA("an integer", word));
                break;
            case 'L':
                logicals.Add(ExtendedXyzValue.Logical(word) ?? throw NotA("T or F", word));
                break;
            default:
                texts.Add(word.ToString());
                break;
        }
    }

    /// <summary>The real numbers read so far.</summary>
    public List<double> Reals => reals;

    /// <summary>The integers read so far.</summary>
    public List<long> Integers => integers;

    /// <summary>Every value, with the atoms as the first dimension.</summary>
    public PropertyValue Values(int atoms)
    {
        int[] shape = Width == 1 ? [atoms] : [atoms, Width];
        return Kind switch
        {
            'R' => PropertyValue.Of(reals.ToArray(), shape),
            'I' => PropertyValue.Of(integers.ToArray(), shape),
            'L' => PropertyValue.Of(logicals.ToArray(), shape),
            _ => PropertyValue.Of(texts.ToArray(), shape),
        };
    }

    private FormatException NotA(string what, ReadOnlySpan<char> word) => new($"{TextLines.Named(Name)}: {what} is expected, not {TextLines.Quote(word)}");
}
