using ClusterML.Learning.Onnx;

namespace ClusterML.Transformer.Nn;

/// <summary>A nonlinearity in ONNX operators.</summary>
internal sealed class FtGraphActivation
{
    private readonly OnnxGraphBuilder graph;
    private readonly FtActivation kind;
    private readonly (OnnxValue Half, OnnxValue One, OnnxValue Root)? gelu;

    /// <param name="graph">The graph.</param>
    /// <param name="kind">Which nonlinearity.</param>
    /// <param name="name">Name under which the graph keeps its constants.</param>
    public FtGraphActivation(OnnxGraphBuilder graph, FtActivation kind, string name)
    {
        this.graph = graph;
        this.kind = kind;
        if (kind is FtActivation.Gelu or FtActivation.Geglu)
        {
            gelu = (graph.Constant($"{name}.half", [0.5f]), graph.Constant($"{name}.one", [1f]), graph.Constant($"{name}.root", [(float)Math.Sqrt(0.5)]));
        }
    }

    /// <summary>The values after it; the gated kinds halve the last axis.</summary>
    public OnnxValue Of(OnnxValue x)
    {
        switch (kind)
        {
            case FtActivation.Relu:
                return Relu(x);
            case FtActivation.Gelu:
                return Gelu(x);
            case FtActivation.Reglu:
            case FtActivation.Geglu:
                var halves = graph.Split(x, -1, 2);
                return graph.Multiply(halves[0], kind == FtActivation.Reglu ? Relu(halves[1]) : Gelu(halves[1]));
            default:
                return graph.Multiply(x, graph.Sigmoid(x));
        }
    }

    private OnnxValue Relu(OnnxValue x) => graph.Node("Relu", x.Type, [x]);

    private OnnxValue Gelu(OnnxValue x)
    {
        var (half, one, root) = gelu!.Value;
        return graph.Multiply(graph.Multiply(x, half), graph.Add(graph.Erf(graph.Multiply(x, root)), one));
    }
}
