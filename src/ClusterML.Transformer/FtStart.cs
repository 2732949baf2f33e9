namespace ClusterML.Transformer;

/// <summary>Where a training begins when not at random weights: a trained network, and which of its parts stay as they are.</summary>
/// <param name="Backbone">The network; its sizes, architecture and scaler are kept, the head is new.</param>
/// <param name="Freezing">What stays.</param>
/// <param name="Untrained">Tokens that its pretraining could not train; null when that is not known.</param>
public sealed record FtStart(FtBackbone Backbone, FtFreezing Freezing, FtUntrainedTokens? Untrained = null);

/// <summary>Tokens whose weights got no gradient in pretraining.</summary>
/// <param name="Continuous">Positions of the continuous columns that were constant.</param>
/// <param name="Codes">Categorical columns (position) and codes that no row had.</param>
public sealed record FtUntrainedTokens(IReadOnlyList<int> Continuous, IReadOnlyList<(int Column, int Code)> Codes);
