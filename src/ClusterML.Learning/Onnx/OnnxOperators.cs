namespace ClusterML.Learning.Onnx;

/// <summary>The operators that the project's graphs use, with the types that ONNX demands checked when the graph is built.</summary>
public static class OnnxOperators
{
    /// <summary>a + b, broadcast.</summary>
    public static OnnxValue Add(this OnnxGraphBuilder graph, OnnxValue a, OnnxValue b) => Arithmetic(graph, "Add", a, b);

    /// <summary>a - b, broadcast.</summary>
    public static OnnxValue Subtract(this OnnxGraphBuilder graph, OnnxValue a, OnnxValue b) => Arithmetic(graph, "Sub", a, b);

    /// <summary>a * b, broadcast.</summary>
    public static OnnxValue Multiply(this OnnxGraphBuilder graph, OnnxValue a, OnnxValue b) => Arithmetic(graph, "Mul", a, b);

    /// <summary>a / b, broadcast.</summary>
    public static OnnxValue Divide(this OnnxGraphBuilder graph, OnnxValue a, OnnxValue b) => Arithmetic(graph, "Div", a, b);

    /// <summary>Product of matrices over the last two axes.</summary>
    public static OnnxValue MatMul(this OnnxGraphBuilder graph, OnnxValue a, OnnxValue b) => Arithmetic(graph, "MatMul", a, b);

    /// <summary>Absolute value.</summary>
    public static OnnxValue Abs(this OnnxGraphBuilder graph, OnnxValue x) => graph.Node("Abs", x.Type, [x]);

    /// <summary>1 / (1 + exp(-x)).</summary>
    public static OnnxValue Sigmoid(this OnnxGraphBuilder graph, OnnxValue x) => graph.Node("Sigmoid", x.Type, [x]);

    /// <summary>Error function.</summary>
    public static OnnxValue Erf(this OnnxGraphBuilder graph, OnnxValue x) => graph.Node("Erf", x.Type, [x]);

    /// <summary>Softmax over the last axis.</summary>
    public static OnnxValue Softmax(this OnnxGraphBuilder graph, OnnxValue x) =>
        graph.Node("Softmax", x.Type, [x], OnnxAttribute.Int("axis", -1));

    /// <summary>Layer normalisation over the last axis.</summary>
    public static OnnxValue LayerNormalization(this OnnxGraphBuilder graph, OnnxValue x, OnnxValue scale, OnnxValue bias, float epsilon = 1e-5f) =>
        graph.Node("LayerNormalization", x.Type, [x, scale, bias], OnnxAttribute.Int("axis", -1), OnnxAttribute.Float("epsilon", epsilon));

    /// <summary>Square root.</summary>
    public static OnnxValue Sqrt(this OnnxGraphBuilder graph, OnnxValue x) => graph.Node("Sqrt", x.Type, [x]);

    /// <summary>exp(x).</summary>
    public static OnnxValue Exp(this OnnxGraphBuilder graph, OnnxValue x) => graph.Node("Exp", x.Type, [x]);

    /// <summary>The larger of a and b, broadcast.</summary>
    public static OnnxValue Max(this OnnxGraphBuilder graph, OnnxValue a, OnnxValue b) => Arithmetic(graph, "Max", a, b);

    /// <summary>The smallest value along one axis, which is kept with size 1.</summary>
    public static OnnxValue ReduceMin(this OnnxGraphBuilder graph, OnnxValue x, int axis) =>
        graph.Node("ReduceMin", x.Type, [x], OnnxAttribute.Ints("axes", axis));

    /// <summary>The largest value along one axis, which is kept with size 1.</summary>
    public static OnnxValue ReduceMax(this OnnxGraphBuilder graph, OnnxValue x, int axis) =>
        graph.Node("ReduceMax", x.Type, [x], OnnxAttribute.Ints("axes", axis));

    /// <summary>Sums of all values up to and with each along an axis.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="x">Numbers.</param>
    /// <param name="axis">The axis: int64, a scalar.</param>
    public static OnnxValue CumulativeSum(this OnnxGraphBuilder graph, OnnxValue x, OnnxValue axis) => graph.Node("CumSum", x.Type, [x, axis]);

    /// <summary>Sum over one axis, which is kept with size 1.</summary>
    public static OnnxValue ReduceSum(this OnnxGraphBuilder graph, OnnxValue x, OnnxValue axis) => graph.Node("ReduceSum", x.Type, [x, axis]);

    /// <summary>Mean over one axis, which is kept with size 1.</summary>
    public static OnnxValue ReduceMean(this OnnxGraphBuilder graph, OnnxValue x, int axis) =>
        graph.Node("ReduceMean", x.Type, [x], OnnxAttribute.Ints("axes", axis));

    /// <summary>The <paramref name="count"/> smallest values along the last axis in ascending order, and their positions.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="x">Numbers.</param>
    /// <param name="count">How many: int64 [1].</param>
    public static (OnnxValue Values, OnnxValue Positions) Smallest(this OnnxGraphBuilder graph, OnnxValue x, OnnxValue count)
    {
        var found = graph.Nodes("TopK", [x.Type, OnnxElementType.Int64], [x, count], OnnxAttribute.Int("axis", -1), OnnxAttribute.Int("largest", 0));
        return (found[0], found[1]);
    }

    /// <summary>The <paramref name="count"/> largest values along the last axis in descending order.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="x">Numbers.</param>
    /// <param name="count">How many: int64 [1].</param>
    public static OnnxValue Largest(this OnnxGraphBuilder graph, OnnxValue x, OnnxValue count) =>
        graph.Nodes("TopK", [x.Type, OnnxElementType.Int64], [x, count], OnnxAttribute.Int("axis", -1), OnnxAttribute.Int("largest", 1))[0];

    /// <summary>Length of the first axis: int64 [1].</summary>
    public static OnnxValue RowCount(this OnnxGraphBuilder graph, OnnxValue x) =>
        graph.Node("Shape", OnnxElementType.Int64, [x], OnnxAttribute.Int("start", 0), OnnxAttribute.Int("end", 1));

    /// <summary>The value repeated to a shape.</summary>
    public static OnnxValue Expand(this OnnxGraphBuilder graph, OnnxValue x, OnnxValue shape) => graph.Node("Expand", x.Type, [x, shape]);

    /// <summary>Whether a number is NaN.</summary>
    public static OnnxValue IsNaN(this OnnxGraphBuilder graph, OnnxValue x) => graph.Node("IsNaN", OnnxElementType.Boolean, [x]);

    /// <summary>a and b.</summary>
    public static OnnxValue And(this OnnxGraphBuilder graph, OnnxValue a, OnnxValue b) => graph.Node("And", OnnxElementType.Boolean, [a, b]);

    /// <summary>a or b.</summary>
    public static OnnxValue Or(this OnnxGraphBuilder graph, OnnxValue a, OnnxValue b) => graph.Node("Or", OnnxElementType.Boolean, [a, b]);

    /// <summary>a = b, broadcast.</summary>
    public static OnnxValue Equal(this OnnxGraphBuilder graph, OnnxValue a, OnnxValue b) => Compare(graph, "Equal", a, b);

    /// <summary>a &gt; b, broadcast.</summary>
    public static OnnxValue Greater(this OnnxGraphBuilder graph, OnnxValue a, OnnxValue b) => Compare(graph, "Greater", a, b);

    /// <summary>a &lt;= b, broadcast.</summary>
    public static OnnxValue LessOrEqual(this OnnxGraphBuilder graph, OnnxValue a, OnnxValue b) => Compare(graph, "LessOrEqual", a, b);

    /// <summary>a &lt; b, broadcast.</summary>
    public static OnnxValue Less(this OnnxGraphBuilder graph, OnnxValue a, OnnxValue b) => Compare(graph, "Less", a, b);

    /// <summary>a &gt;= b, broadcast.</summary>
    public static OnnxValue GreaterOrEqual(this OnnxGraphBuilder graph, OnnxValue a, OnnxValue b) => Compare(graph, "GreaterOrEqual", a, b);

    /// <summary>a where the condition holds, else b.</summary>
    public static OnnxValue Where(this OnnxGraphBuilder graph, OnnxValue condition, OnnxValue a, OnnxValue b) =>
        graph.Node("Where", Same("Where", a, b), [condition, a, b]);

    /// <summary>The entries of <paramref name="data"/> along an axis that <paramref name="indices"/> name.</summary>
    public static OnnxValue Gather(this OnnxGraphBuilder graph, OnnxValue data, OnnxValue indices, int axis = 0) =>
        graph.Node("Gather", data.Type, [data, indices], OnnxAttribute.Int("axis", axis));

    /// <summary>Rows of a constant table, one for each index of [batch, 1]: [batch, width].</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="constant">Name of the table.</param>
    /// <param name="table">Rows of equal length, one for each value that an index can have.</param>
    /// <param name="index">int64 [batch, 1].</param>
    public static OnnxValue Rows(this OnnxGraphBuilder graph, string constant, IReadOnlyList<double[]> table, OnnxValue index)
    {
        var values = graph.Constant(constant, [.. table.SelectMany(row => row)], table.Count, table[0].Length);
        return graph.Reshape(graph.Gather(values, index), graph.Constant($"{constant}.shape", [0L, table[0].Length], 2));
    }

    /// <summary>Rows of a constant table of integers, one for each index of [batch, 1]: [batch, width].</summary>
    public static OnnxValue Rows(this OnnxGraphBuilder graph, string constant, IReadOnlyList<long[]> table, OnnxValue index)
    {
        var values = graph.Constant(constant, [.. table.SelectMany(row => row)], table.Count, table[0].Length);
        return graph.Reshape(graph.Gather(values, index), graph.Constant($"{constant}.shape", [0L, table[0].Length], 2));
    }

    /// <summary>The columns of a matrix at these positions, in this order.</summary>
    public static OnnxValue Columns(this OnnxGraphBuilder graph, string constant, OnnxValue matrix, IReadOnlyList<long> positions) =>
        graph.Gather(matrix, graph.Constant(constant, [.. positions], positions.Count), axis: 1);

    /// <summary>The same elements under another shape; 0 keeps an axis, -1 takes what is left.</summary>
    public static OnnxValue Reshape(this OnnxGraphBuilder graph, OnnxValue x, OnnxValue shape) => graph.Node("Reshape", x.Type, [x, shape]);

    /// <summary>Axes in another order.</summary>
    public static OnnxValue Transpose(this OnnxGraphBuilder graph, OnnxValue x, params IEnumerable<long> order) =>
        graph.Node("Transpose", x.Type, [x], OnnxAttribute.Ints("perm", order));

    /// <summary>All axes but the first made one.</summary>
    public static OnnxValue Flatten(this OnnxGraphBuilder graph, OnnxValue x) => graph.Node("Flatten", x.Type, [x], OnnxAttribute.Int("axis", 1));

    /// <summary>Values one behind the other along an axis.</summary>
    public static OnnxValue Concat(this OnnxGraphBuilder graph, int axis, params IReadOnlyList<OnnxValue> values) =>
        graph.Node("Concat", values.Aggregate((a, b) => b with { Type = Same("Concat", a, b) }).Type, values, OnnxAttribute.Int("axis", axis));

    /// <summary>Equal parts along an axis.</summary>
    public static IReadOnlyList<OnnxValue> Split(this OnnxGraphBuilder graph, OnnxValue x, int axis, int parts) =>
        graph.Nodes("Split", [.. Enumerable.Repeat(x.Type, parts)], [x], OnnxAttribute.Int("axis", axis));

    /// <summary>The same numbers as another type.</summary>
    public static OnnxValue Cast(this OnnxGraphBuilder graph, OnnxValue x, OnnxElementType type) =>
        graph.Node("Cast", type, [x], OnnxAttribute.Int("to", (int)type));

    /// <summary>The value as this type, cast only where it is of another.</summary>
    public static OnnxValue As(this OnnxGraphBuilder graph, OnnxValue x, OnnxElementType type) => x.Type == type ? x : graph.Cast(x, type);

    /// <summary>The integer that stands for a text, or <paramref name="otherwise"/> for a text that is not among the keys.</summary>
    public static OnnxValue Lookup(this OnnxGraphBuilder graph, OnnxValue text, IReadOnlyList<string> keys, IReadOnlyList<long> values, long otherwise) =>
        graph.Node(
            $"{OnnxGraphBuilder.MachineLearningDomain}:LabelEncoder",
            OnnxElementType.Int64,
            [text],
            OnnxAttribute.Texts("keys_strings", keys),
            OnnxAttribute.Ints("values_int64s", values),
            OnnxAttribute.Int("default_int64", otherwise));

    private static OnnxValue Arithmetic(OnnxGraphBuilder graph, string operation, OnnxValue a, OnnxValue b) =>
        graph.Node(operation, Same(operation, a, b), [a, b]);

    private static OnnxValue Compare(OnnxGraphBuilder graph, string operation, OnnxValue a, OnnxValue b)
    {
        Same(operation, a, b);
        return graph.Node(operation, OnnxElementType.Boolean, [a, b]);
    }

    private static OnnxElementType Same(string operation, OnnxValue a, OnnxValue b) =>
        a.Type == b.Type ? a.Type : throw new ArgumentException($"{operation} of {a.Name} ({a.Type}) and {b.Name} ({b.Type}): ONNX needs one type");
}
