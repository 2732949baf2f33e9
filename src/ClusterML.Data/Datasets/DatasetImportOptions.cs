using System.ComponentModel;

namespace ClusterML.Data.Datasets;

/// <summary>What an import is told beside its sources.</summary>
public sealed record DatasetImportOptions
{
    [Description("Name of a new dataset; empty takes the name of its folder.")]
    public string Name { get; init; } = string.Empty;

    [Description("Title of a new dataset; empty takes its name.")]
    public string Title { get; init; } = string.Empty;

    [Description("Version of a new dataset.")]
    public string Version { get; init; } = "0.1.0";

    [Description("Licence of a new dataset.")]
    public string Licence { get; init; } = DatasetNames.NotStated;

    [Description("How to cite a new dataset.")]
    public string Citation { get; init; } = DatasetNames.NotStated;

    [Description("Columns of a table to predict; none takes the last column of numbers. For a new dataset.")]
    public IReadOnlyList<string> Targets { get; init; } = [];

    [Description("Roles of columns of a table by their names; the others are guessed. For a new dataset.")]
    public IReadOnlyDictionary<string, ColumnRole> Roles { get; init; } = new Dictionary<string, ColumnRole>();

    [Description("Units that the numbers of a table have in the sources, by column; rows are converted to the canonical unit of that kind.")]
    public IReadOnlyDictionary<string, string> Units { get; init; } = new Dictionary<string, string>();

    [Description("Method line of structure files that do not state their method.")]
    public string Method { get; init; } = string.Empty;

    [Description("Whether the SCF of structures converged whose files do not say; null: not known, and taken as not converged.")]
    public bool? ScfConverged { get; init; }

    [Description("Leave out calculations that did not converge; false imports them with their flags, and the table decides.")]
    public bool OnlyConverged { get; init; } = true;
}
