using ClusterML.Chemistry.Elements;

namespace ClusterML.Chemistry.Energetics.Trends;

/// <summary>One of the three rows of transition metals that dope the clusters, ten elements each.</summary>
/// <param name="Name">3d, 4d or 5d.</param>
/// <param name="First">Atomic number of its first element: Sc, Y, Lu.</param>
public sealed record TransitionSeries(string Name, int First)
{
    /// <summary>All three: Sc-Zn, Y-Cd, and Lu with Hf-Hg.</summary>
    public static readonly IReadOnlyList<TransitionSeries> All = [new("3d", 21), new("4d", 39), new("5d", 71)];

    /// <summary>The ten elements.</summary>
    public IEnumerable<Element> Elements => Enumerable.Range(First, 10).Select(ElementTable.Default.ByNumber);

    /// <summary>The series of an element, or null.</summary>
    public static TransitionSeries? Of(Element element) =>
        All.FirstOrDefault(s => element.AtomicNumber >= s.First && element.AtomicNumber < s.First + 10);

    /// <summary>Group of an element of the series, 3 to 12.</summary>
    public int Group(Element element) => element.AtomicNumber - First + 3;

    /// <inheritdoc/>
    public override string ToString() => Name;
}
