using System.Globalization;

namespace ClusterML.Chemistry.Elements;

/// <summary>The elements by symbol and by atomic number, read from the table that this library carries.</summary>
public sealed class ElementTable
{
    private static readonly Lazy<ElementTable> Carried = new(() => new(ReadResource("elements.csv")));

    private readonly Dictionary<string, Element> bySymbol;
    private readonly Dictionary<int, Element> byNumber;

    internal ElementTable(string csv)
    {
        All = Parse(csv);
        bySymbol = All.ToDictionary(e => e.Symbol, StringComparer.Ordinal);
        byNumber = All.ToDictionary(e => e.AtomicNumber);
    }

    /// <summary>The table of this library, Z = 1 to 103.</summary>
    public static ElementTable Default => Carried.Value;

    /// <summary>Every element in the order of its atomic number.</summary>
    public IReadOnlyList<Element> All { get; }

    /// <summary>The element with this symbol (case matters), or null.</summary>
    public Element? Find(string symbol) => bySymbol.GetValueOrDefault(symbol);

    /// <summary>The element with this atomic number.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The table has no such element.</exception>
    public Element ByNumber(int atomicNumber) => byNumber.TryGetValue(atomicNumber, out var element)
        ? element
        : throw new ArgumentOutOfRangeException(nameof(atomicNumber), atomicNumber, "no element with this atomic number in the table");

    /// <summary>A sentence that says <paramref name="symbol"/> is not an element and names the nearest symbol.</summary>
    /// <param name="role">What the symbol stands for, such as <c>host</c>.</param>
    /// <param name="symbol">The symbol that was not found.</param>
    public string Unknown(string role, string symbol)
    {
        var nearest = Nearest(symbol);
        var hint = nearest is null ? "" : $" (did you mean {nearest.Symbol}?)";
        return $"{role} \"{symbol}\" is not an element{hint}";
    }

    internal static string ReadResource(string name)
    {
        var type = typeof(ElementTable);
        using var stream = type.Assembly.GetManifestResourceStream(type, name)
            ?? throw new InvalidOperationException($"the resource {name} is missing from {type.Assembly.GetName().Name}");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    /// <summary>The symbol in another case, the element of that name, a symbol with a letter too many, or one that starts alike.</summary>
    private Element? Nearest(string symbol)
    {
        var text = symbol.Trim();
        bool Is(string other) => string.Equals(other, text, StringComparison.OrdinalIgnoreCase);
        bool Starts(string other) => other.Length == 2 && text.Length == 3 && text.StartsWith(other, StringComparison.OrdinalIgnoreCase);
        return All.FirstOrDefault(e => Is(e.Symbol))
            ?? All.FirstOrDefault(e => Is(e.Name))
            ?? All.FirstOrDefault(e => Starts(e.Symbol))
            ?? All.FirstOrDefault(e => text.Length is 1 or 2 && char.ToUpperInvariant(text[0]) == e.Symbol[0]);
    }

    private static Element[] Parse(string csv)
    {
        var lines = csv.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var header = lines[0].TrimEnd('\r').Split(',');
        return [.. lines.Skip(1).Select(line => ParseLine(header, line.TrimEnd('\r').Split(',')))];
    }

    private static Element ParseLine(string[] header, string[] fields)
    {
        if (fields.Length != header.Length)
        {
            throw new FormatException($"elements.csv: {fields.Length} fields, expected {header.Length}: {string.Join(',', fields)}");
        }

        var field = header.Zip(fields).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal);
        double Number(string name) => field[name].Length == 0 ? double.NaN : double.Parse(field[name], CultureInfo.InvariantCulture);

        return new Element
        {
            AtomicNumber = int.Parse(field["AtomicNumber"], CultureInfo.InvariantCulture),
            Symbol = field["Symbol"],
            Name = field["Name"],
            AtomicMass = Number("AtomicMass"),
            AtomicRadius = Number("AtomicRadius"),
            Electronegativity = Number("Electronegativity"),
            IonizationEnergy = Number("IonizationEnergy"),
            ElectronAffinity = Number("ElectronAffinity"),
            MeltingPoint = Number("MeltingPoint"),
            BoilingPoint = Number("BoilingPoint"),
            Density = Number("Density"),
            CohesiveEnergy = Number("CohesiveEnergy"),
            OxidationStates = field["OxidationStates"],
            StandardState = field["StandardState"],
            GroupBlock = field["GroupBlock"],
            ElectronConfiguration = field["ElectronConfiguration"],
            Imputed = field["Imputed"].Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(mark => mark.Split(':'))
                .ToDictionary(parts => parts[0], parts => parts[1], StringComparer.Ordinal),
        };
    }
}
