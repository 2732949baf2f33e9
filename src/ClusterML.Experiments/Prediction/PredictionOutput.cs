using ClusterML.Experiments.Runs;

namespace ClusterML.Experiments.Prediction;

/// <summary>One row to predict: a composition, or the feature columns of a plain table as text.</summary>
public sealed record PredictionInput
{
    /// <summary>Name of the row in the output.</summary>
    public required string RowId { get; init; }

    /// <summary>Host element of a composition.</summary>
    public string Host { get; init; } = string.Empty;

    /// <summary>Dopant element of a composition.</summary>
    public string Dopant { get; init; } = string.Empty;

    /// <summary>Host atoms.</summary>
    public float HostAtoms { get; init; } = 12;

    /// <summary>Dopant atoms.</summary>
    public float DopantAtoms { get; init; } = 1;

    /// <summary>Categorical values of a plain table, by column.</summary>
    public IReadOnlyDictionary<string, string> Categories { get; init; } = new Dictionary<string, string>();

    /// <summary>Numeric values of a plain table, by column.</summary>
    public IReadOnlyDictionary<string, float> Numbers { get; init; } = new Dictionary<string, float>();

    /// <summary>Groups of a plain table that no feature uses, by column; those that the row states.</summary>
    public IReadOnlyDictionary<string, string> Groups { get; init; } = new Dictionary<string, string>();
}

/// <summary>One predicted target of one row.</summary>
/// <param name="RowId">Name of the row.</param>
/// <param name="Host">Host element, or empty.</param>
/// <param name="Dopant">Dopant element, or empty.</param>
/// <param name="Target">Name of the target.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Prediction">Centre; NaN when an element is unknown.</param>
/// <param name="Lower">Lower end of the interval.</param>
/// <param name="Upper">Upper end of the interval.</param>
/// <param name="HostSeen">Whether the host was in training.</param>
/// <param name="DopantSeen">Whether the dopant was in training.</param>
/// <param name="Known">Whether every category was known to the features.</param>
/// <param name="Guarantee">What the interval promises, in plain words.</param>
public sealed record PredictionOutput(
    string RowId,
    string Host,
    string Dopant,
    string Target,
    string Unit,
    double Prediction,
    double Lower,
    double Upper,
    bool HostSeen,
    bool DopantSeen,
    bool Known,
    string Guarantee)
{
    /// <summary>Groups of the row that no feature uses, by column.</summary>
    public IReadOnlyDictionary<string, string> Groups { get; init; } = new Dictionary<string, string>();

    /// <summary>Bounds at further miscoverages; <see cref="Lower"/> and <see cref="Upper"/> are those of the first.</summary>
    public IReadOnlyList<FurtherBounds> Further { get; init; } = [];

    /// <summary>The decision by sign for this row, the same for each of its targets; null where the model makes none.</summary>
    public DecisionRecord? Decision { get; init; }
}
