namespace ClusterML.Data.Audits.Identities;

/// <summary>An equation that the columns of a table obey in every row: <c>eb_s = (13*eb + e_int_s + e_dis_s)/14 within 1e-4</c>.</summary>
/// <remarks>
/// Numbers, column names, <c>+ - * / ^</c>, parentheses, <c>abs</c> and <c>sqrt</c>; a name with other characters stands in double
/// quotes. <c>within</c> gives the largest difference of the two sides, in their unit, or relative to the larger side with <c>%</c>.
/// </remarks>
public sealed class Identity
{
    /// <summary>Largest difference where none is written, in the unit of the sides.</summary>
    public const double DefaultTolerance = 1e-6;

    private readonly Expression left;
    private readonly Expression right;
    private readonly double tolerance;
    private readonly bool isRelative;

    internal Identity(string text, Expression left, Expression right, double tolerance, bool isRelative)
    {
        Text = text;
        this.left = left;
        this.right = right;
        this.tolerance = tolerance;
        this.isRelative = isRelative;
        Columns = [.. left.Columns().Concat(right.Columns()).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    /// <summary>The identity as it was written.</summary>
    public string Text { get; }

    /// <summary>The columns it names, in ordinal order.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>Reads an identity.</summary>
    /// <exception cref="IdentitySyntaxException">It is not one; the message names the column.</exception>
    public static Identity Parse(string text) => new IdentityParser(text).Parse();

    /// <summary>Both sides for the values that <paramref name="value"/> gives the columns.</summary>
    public (double Left, double Right) Sides(Func<string, double> value) => (left.Value(value), right.Value(value));

    /// <summary>Whether two sides agree; a side that cannot be computed (a missing value) agrees with anything.</summary>
    public bool Holds(double leftSide, double rightSide)
    {
        if (double.IsInfinity(leftSide) || double.IsInfinity(rightSide))
        {
            return double.IsNaN(leftSide) || double.IsNaN(rightSide) || leftSide == rightSide;
        }

        var limit = isRelative ? tolerance * Math.Max(Math.Abs(leftSide), Math.Abs(rightSide)) : tolerance;

        // The sides carry rounding of their own: without it, 0.1 + 0.2 = 0.3 within 0 would fail.
        var rounding = 1e-14 * Math.Max(Math.Abs(leftSide), Math.Abs(rightSide));
        return double.IsNaN(leftSide) || double.IsNaN(rightSide) || Math.Abs(leftSide - rightSide) <= limit + rounding;
    }

    /// <inheritdoc/>
    public override string ToString() => Text;
}
