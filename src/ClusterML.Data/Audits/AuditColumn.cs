namespace ClusterML.Data.Audits;

/// <summary>A column as an audit sees it: numbers or texts, in full precision.</summary>
public sealed record AuditColumn
{
    private AuditColumn(string name, AuditColumnRole role)
    {
        Name = name;
        Role = role;
    }

    /// <summary>Name.</summary>
    public string Name { get; }

    /// <summary>What it is for.</summary>
    public AuditColumnRole Role { get; }

    /// <summary>Whether protocols may leave groups of it out.</summary>
    public bool IsGroup { get; init; }

    /// <summary>Values of a number column, NaN where missing; null for a text column.</summary>
    public double[]? Numbers { get; private init; }

    /// <summary>Values of a text column, empty where missing; null for a number column.</summary>
    public string[]? Texts { get; private init; }

    /// <summary>A column of numbers.</summary>
    public static AuditColumn Of(string name, AuditColumnRole role, double[] numbers) => new(name, role) { Numbers = numbers };

    /// <summary>A column of texts.</summary>
    public static AuditColumn Of(string name, AuditColumnRole role, string[] texts) => new(name, role) { Texts = texts };

    /// <summary>Number of rows.</summary>
    public int Length => Numbers?.Length ?? Texts!.Length;
}
