namespace ClusterML.Data.Audits.Identities;

/// <summary>One side of an identity, as a tree.</summary>
internal abstract record Expression
{
    /// <summary>Its value for one row.</summary>
    public abstract double Value(Func<string, double> column);

    /// <summary>The columns it names.</summary>
    public virtual IEnumerable<string> Columns() => [];

    /// <summary>A number.</summary>
    internal sealed record Number(double Constant) : Expression
    {
        public override double Value(Func<string, double> column) => Constant;
    }

    /// <summary>A column.</summary>
    internal sealed record Column(string Name) : Expression
    {
        public override double Value(Func<string, double> column) => column(Name);

        public override IEnumerable<string> Columns() => [Name];
    }

    /// <summary>A function of one value.</summary>
    internal sealed record Unary(Func<double, double> Function, Expression Operand) : Expression
    {
        public override double Value(Func<string, double> column) => Function(Operand.Value(column));

        public override IEnumerable<string> Columns() => Operand.Columns();
    }

    /// <summary>An operator between two values.</summary>
    internal sealed record Binary(Func<double, double, double> Operator, Expression Left, Expression Right) : Expression
    {
        public override double Value(Func<string, double> column) => Operator(Left.Value(column), Right.Value(column));

        public override IEnumerable<string> Columns() => Left.Columns().Concat(Right.Columns());
    }
}
