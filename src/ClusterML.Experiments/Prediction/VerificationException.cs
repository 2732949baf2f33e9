namespace ClusterML.Experiments.Prediction;

/// <summary>A file is not what its manifest says.</summary>
public sealed class VerificationException(string message) : Exception(message);
