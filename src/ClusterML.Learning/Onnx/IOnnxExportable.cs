namespace ClusterML.Learning.Onnx;

/// <summary>A fitted transformer that can say in ONNX operators what it computes.</summary>
/// <remarks>
/// A transformer reads the columns it needs from <see cref="OnnxColumns"/>, adds nodes, and sets the columns that it writes, under the
/// same names as in ML.NET. It keeps the precision that it computes in: numbers that are doubles in ML.NET are doubles in the graph.
/// Names of its constants need be unique only within itself, since whoever calls it opens a <see cref="OnnxGraphBuilder.Scope"/>.
/// </remarks>
public interface IOnnxExportable
{
    /// <summary>Adds what this transformer computes to a graph.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="columns">The columns at this place of the pipeline; those that the transformer writes are set in it.</param>
    /// <exception cref="OnnxExportException">It has no ONNX form, or reads a column that the graph does not have.</exception>
    void AddTo(OnnxGraphBuilder graph, OnnxColumns columns);
}
