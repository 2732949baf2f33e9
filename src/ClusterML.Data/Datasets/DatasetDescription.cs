using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace ClusterML.Data.Datasets;

/// <summary>What a dataset is, as its <c>dataset.json</c> says.</summary>
[Description("What a dataset is: a folder with this file, and calculations/*.json or rows.csv or rows.parquet.")]
public sealed record DatasetDescription
{
    /// <summary>The version of this format.</summary>
    public const string SchemaName = "clusterml/dataset@1";

    /// <summary>The form of a name.</summary>
    public const string NameForm = "^[a-z0-9][a-z0-9_-]*$";

    [Description("Format of this file.")]
    [Required]
    [AllowedValues(SchemaName)]
    public string Schema { get; init; } = SchemaName;

    [Description("Name of the dataset: small letters, digits, hyphens and underscores.")]
    [Required]
    [RegularExpression(NameForm)]
    public required string Name { get; init; }

    [Description("What the dataset is called in a card.")]
    [Required]
    public required string Title { get; init; }

    [Description("Version of the data; raise it when rows change.")]
    [Required]
    public required string Version { get; init; }

    [Description("Licence of the data, as an SPDX identifier where there is one, such as CC-BY-4.0.")]
    [Required]
    public required string Licence { get; init; }

    [Description("How to cite the data.")]
    [Required]
    public required string Citation { get; init; }

    [Description("What the dataset holds, in a few sentences.")]
    public string Description { get; init; } = string.Empty;

    [Description("What one row is, in a sentence.")]
    public string Row { get; init; } = string.Empty;

    [Description("What rows are made from: calculations (calculations/*.json, rows of the X12TM table) or table (rows.csv or rows.parquet).")]
    [Required]
    public required DatasetKind Kind { get; init; }

    [Description("Every column of the rows.")]
    [Required]
    [MinLength(1)]
    public required IReadOnlyList<DatasetColumn> Columns { get; init; }

    [Description("Equations that columns obey in every row, such as eb_s = (13*eb + e_int_s + e_dis_s)/14 within 1e-4; the audit checks them.")]
    public IReadOnlyList<string> Identities { get; init; } = [];

    [Description("How to make the dataset again, in a few sentences or commands.")]
    public string HowToRemake { get; init; } = string.Empty;
}
