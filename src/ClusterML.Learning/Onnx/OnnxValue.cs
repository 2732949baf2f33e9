namespace ClusterML.Learning.Onnx;

/// <summary>A value in a graph: an input, an initializer, or what a node computes.</summary>
/// <param name="Name">Its name, unique in the graph.</param>
/// <param name="Type">Type of its elements.</param>
public sealed record OnnxValue(string Name, OnnxElementType Type);
