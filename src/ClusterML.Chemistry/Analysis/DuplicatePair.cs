namespace ClusterML.Chemistry.Analysis;

/// <summary>Two structures that are the same up to rotation, numbering and, where asked for, reflection.</summary>
/// <param name="First">Index of the earlier structure.</param>
/// <param name="Second">Index of the later structure.</param>
/// <param name="Match">How the second lies on the first.</param>
public sealed record DuplicatePair(int First, int Second, StructureMatch Match);
