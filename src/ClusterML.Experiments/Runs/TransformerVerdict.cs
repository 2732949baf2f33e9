namespace ClusterML.Experiments.Runs;

/// <summary>Whether a pretrained transformer earns its keep under one protocol, in plain words.</summary>
/// <param name="Protocol">The protocol.</param>
/// <param name="K">Labels of the new group in training.</param>
/// <param name="Target">The target.</param>
/// <param name="Model">The model with the transformer.</param>
/// <param name="Answer"><c>yes</c>, <c>no</c> or <c>not shown</c>.</param>
/// <param name="Text">The answer with its numbers.</param>
public sealed record TransformerVerdict(string Protocol, int K, string Target, string Model, string Answer, string Text);
