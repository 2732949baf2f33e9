namespace ClusterML.Learning.Tokens;

/// <summary>Integer codes of one categorical property: 1 for the first known value, 2 for the next, 0 for any other.</summary>
public sealed class CategoryVocabulary
{
    private readonly Dictionary<string, int> codes = new(StringComparer.Ordinal);

    /// <summary>A closed vocabulary.</summary>
    /// <param name="name">The property.</param>
    /// <param name="values">Its values in the order of their codes, each once.</param>
    public CategoryVocabulary(string name, IEnumerable<string> values)
    {
        Name = name;
        Values = [.. values];
        foreach (var value in Values)
        {
            if (!codes.TryAdd(value, codes.Count + 1))
            {
                throw new ArgumentException($"vocabulary {name} holds \"{value}\" twice", nameof(values));
            }
        }
    }

    /// <summary>The property.</summary>
    public string Name { get; }

    /// <summary>The known values; the value at index i has the code i + 1.</summary>
    public IReadOnlyList<string> Values { get; }

    /// <summary>Number of codes with that of the unknown: the rows of an embedding table.</summary>
    public int Cardinality => Values.Count + 1;

    /// <summary>The code of a value; 0 when it is unknown.</summary>
    public int Code(string value) => codes.GetValueOrDefault(value);
}
