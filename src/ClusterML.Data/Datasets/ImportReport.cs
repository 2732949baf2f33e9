namespace ClusterML.Data.Datasets;

/// <summary>What an import did: nothing is left out in silence.</summary>
/// <param name="Folder">The dataset.</param>
/// <param name="Kind">What it is made of.</param>
/// <param name="IsNew">Whether the dataset was made, rather than added to.</param>
/// <param name="Imported">Rows or calculations that were added, by name.</param>
/// <param name="LeftOut">What was found and not added, each with its reason.</param>
/// <param name="Notes">What the user should know: guesses, conversions, warnings of readers.</param>
public sealed record ImportReport(
    string Folder,
    DatasetKind Kind,
    bool IsNew,
    IReadOnlyList<string> Imported,
    IReadOnlyList<LeftOutRow> LeftOut,
    IReadOnlyList<string> Notes);

/// <summary>How far an import is.</summary>
/// <param name="Done">Sources that were read.</param>
/// <param name="Total">Sources there are.</param>
/// <param name="Source">The source at hand.</param>
public sealed record ImportProgress(int Done, int Total, string Source);
