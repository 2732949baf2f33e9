using ClusterML.Chemistry.Elements;

namespace ClusterML.Chemistry.Formats;

/// <summary>Elements as files write them: case does not matter, atomic numbers stand in columns of their own.</summary>
internal static class FormatElements
{
    private static readonly Dictionary<string, Element>.AlternateLookup<ReadOnlySpan<char>> BySymbol = ElementTable.Default.All
        .ToDictionary(e => e.Symbol, StringComparer.OrdinalIgnoreCase)
        .GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly Dictionary<int, Element> ByNumber = ElementTable.Default.All.ToDictionary(e => e.AtomicNumber);

    /// <summary>The element with this symbol in any case, or null.</summary>
    public static Element? Find(ReadOnlySpan<char> symbol) => BySymbol.TryGetValue(symbol, out var element) ? element : null;

    /// <summary>The element with this atomic number, or null.</summary>
    public static Element? Find(long atomicNumber) =>
        atomicNumber is > 0 and < 1000 ? ByNumber.GetValueOrDefault((int)atomicNumber) : null;

    /// <summary>A sentence that says the symbol is not an element, and what may be meant.</summary>
    public static string Unknown(ReadOnlySpan<char> symbol) => symbol.Length <= 20 && !ContainsControl(symbol)
        ? ElementTable.Default.Unknown("atom", symbol.ToString())
        : $"atom {TextLines.Quote(symbol)} is not an element";

    /// <summary>A sentence that says the number is not that of an element.</summary>
    public static string Unknown(long atomicNumber) =>
        FormattableString.Invariant($"{atomicNumber} is not the atomic number of an element (1 to {ElementTable.Default.All.Count})");

    private static bool ContainsControl(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (char.IsControl(c) || char.IsSurrogate(c))
            {
                return true;
            }
        }

        return false;
    }
}
