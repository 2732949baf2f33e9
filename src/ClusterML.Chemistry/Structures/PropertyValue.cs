namespace ClusterML.Chemistry.Structures;

/// <summary>A value of a structure file: logical, integer, real or text; a scalar, or an array in row-major order.</summary>
/// <remarks>Equal when shape and values are equal; NaN equals NaN.</remarks>
public sealed class PropertyValue : IEquatable<PropertyValue>
{
    private readonly Array values;

    private PropertyValue(Array values, IReadOnlyList<int> shape)
    {
        var expected = shape.Aggregate(1, (product, n) => checked(product * n));
        this.values = values.Length == expected
            ? (Array)values.Clone()
            : throw new ArgumentException($"shape ({string.Join(", ", shape)}) needs {expected} values, there are {values.Length}", nameof(values));
        Shape = [.. shape];
    }

    /// <summary>Sizes of the dimensions; empty for a scalar.</summary>
    public IReadOnlyList<int> Shape { get; }

    /// <summary>Whether it is one value.</summary>
    public bool IsScalar => Shape.Count == 0;

    /// <summary>The values as logical, or null when they are of another kind.</summary>
    public IReadOnlyList<bool>? Logicals => values as bool[];

    /// <summary>The values as integers, or null when they are of another kind.</summary>
    public IReadOnlyList<long>? Integers => values as long[];

    /// <summary>The values as real numbers; integers count as real. Null when they are of another kind.</summary>
    public IReadOnlyList<double>? Reals => values as double[] ?? (values is long[] integers ? Array.ConvertAll(integers, i => (double)i) : null);

    /// <summary>The values as texts, or null when they are of another kind.</summary>
    public IReadOnlyList<string>? Texts => values as string[];

    /// <summary>A logical scalar.</summary>
    public static PropertyValue Of(bool value) => new(new[] { value }, []);

    /// <summary>An integer scalar.</summary>
    public static PropertyValue Of(long value) => new(new[] { value }, []);

    /// <summary>A real scalar.</summary>
    public static PropertyValue Of(double value) => new(new[] { value }, []);

    /// <summary>A text scalar.</summary>
    public static PropertyValue Of(string value) => new(new[] { value }, []);

    /// <summary>An array of logical values.</summary>
    /// <exception cref="ArgumentException">The shape does not hold as many values.</exception>
    public static PropertyValue Of(bool[] values, params IReadOnlyList<int> shape) => new(values, shape.Count == 0 ? [values.Length] : shape);

    /// <summary>An array of integers.</summary>
    /// <exception cref="ArgumentException">The shape does not hold as many values.</exception>
    public static PropertyValue Of(long[] values, params IReadOnlyList<int> shape) => new(values, shape.Count == 0 ? [values.Length] : shape);

    /// <summary>An array of real numbers.</summary>
    /// <exception cref="ArgumentException">The shape does not hold as many values.</exception>
    public static PropertyValue Of(double[] values, params IReadOnlyList<int> shape) => new(values, shape.Count == 0 ? [values.Length] : shape);

    /// <summary>An array of texts.</summary>
    /// <exception cref="ArgumentException">The shape does not hold as many values.</exception>
    public static PropertyValue Of(string[] values, params IReadOnlyList<int> shape) => new(values, shape.Count == 0 ? [values.Length] : shape);

    /// <inheritdoc/>
    public bool Equals(PropertyValue? other) =>
        other is not null && Shape.SequenceEqual(other.Shape) && values.GetType() == other.values.GetType()
        && values.Cast<object>().SequenceEqual(other.values.Cast<object>());

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as PropertyValue);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(values.GetType(), values.Length);

    /// <inheritdoc/>
    public override string ToString() => IsScalar ? FormattableString.Invariant($"{values.GetValue(0)}") : $"[{string.Join(" ", values.Cast<object>())}]";
}
