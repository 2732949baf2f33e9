using System.Globalization;

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

    /// <summary>Numbers as their file writes them, with all digits and no more; null where that is not known.</summary>
    public string[]? Written { get; private init; }

    /// <summary>A column of numbers.</summary>
    public static AuditColumn Of(string name, AuditColumnRole role, double[] numbers) => new(name, role) { Numbers = numbers };

    /// <summary>A column of texts.</summary>
    public static AuditColumn Of(string name, AuditColumnRole role, string[] texts) => new(name, role) { Texts = texts };

    /// <summary>A column as a file has it: of numbers when every value that is not missing is one, and there is one.</summary>
    public static AuditColumn Read(string name, AuditColumnRole role, string[] texts) =>
        ReadNumbers(texts) is { } numbers ? new(name, role) { Numbers = numbers, Written = texts } : Of(name, role, texts);

    /// <summary>Number of rows.</summary>
    public int Length => Numbers?.Length ?? Texts!.Length;

    private static double[]? ReadNumbers(string[] texts)
    {
        var numbers = new double[texts.Length];
        var any = false;
        for (var row = 0; row < texts.Length; row++)
        {
            numbers[row] = double.NaN;
            if (texts[row].Length == 0)
            {
                continue;
            }

            if (!double.TryParse(texts[row], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[row]))
            {
                return null;
            }

            any = true;
        }

        return any ? numbers : null;
    }
}
