using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using ClusterML.Data;

namespace ClusterML.Experiments.Configuration;

/// <summary>The rows of an experiment.</summary>
[Description("The rows of an experiment.")]
public sealed record DataConfig
{
    /// <summary>The environment variable that overrides <see cref="Root"/>.</summary>
    public const string RootVariable = "CLUSTERML_DATA";

    [Description("Folder of the published tables that are not shipped (qcd/, segregation/), relative to this file; the environment variable CLUSTERML_DATA wins over it.")]
    public string Root { get; init; } = "../../shared/data";

    [Description("The table; leave it out when the experiment only pretrains a backbone.")]
    public TableConfig? Table { get; init; }

    [Description("Rows that no stage sees, and that the fitted model is scored on once; leave it out to seal none.")]
    public SealedConfig? Sealed { get; init; }
}

/// <summary>Rows kept from training, protocols and selection; each version of the model is scored on them once, and every opening is on record.</summary>
[Description("Rows kept from training, protocols and selection; each version of the model is scored on them once, and every opening is on record.")]
public sealed record SealedConfig
{
    [Description("Group column that names the rows, such as host or dopant.")]
    [Required]
    public required string Column { get; init; }

    [Description("Values of that column whose rows are sealed.")]
    [Required]
    [MinLength(1)]
    public required IReadOnlyList<string> Values { get; init; }

    [Description("Score the fitted model on the sealed rows, unless this version of it was scored before; for --set data.sealed.open=true once all is decided.")]
    public bool Open { get; init; }
}

/// <summary>A table, chosen by <c>type</c>.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(DatasetTableConfig), "dataset")]
[JsonDerivedType(typeof(X12tmTableConfig), "x12tm")]
[JsonDerivedType(typeof(QcdUnaryTableConfig), "qcd_unary")]
[JsonDerivedType(typeof(SegregationTableConfig), "segregation")]
[JsonDerivedType(typeof(CsvTableConfig), "csv")]
[JsonDerivedType(typeof(ParquetTableConfig), "parquet")]
[Description("A table, chosen by type.")]
public abstract record TableConfig;

/// <summary>A dataset: a folder with dataset.json, which says what every column is.</summary>
[Description("A dataset: a folder with dataset.json, which says what every column is.")]
public sealed record DatasetTableConfig : TableConfig
{
    [Description("Folder of the dataset, relative to this file.")]
    [Required]
    public required string Path { get; init; }

    [Description("Which calculations become rows; for datasets of calculations only.")]
    public X12tmOptions? Calculations { get; init; }
}

/// <summary>Bimetallic X12TM clusters from a folder of calculations; targets e_form_in and e_form_out (eV).</summary>
[Description("Bimetallic X12TM clusters from a folder of calculations; targets e_form_in and e_form_out (eV).")]
public sealed record X12tmTableConfig : TableConfig, IValidatableObject
{
    private static readonly X12tmOptions Defaults = new();

    [Description("Folder of calculations, one JSON file each, relative to this file.")]
    [Required]
    public string Path { get; init; } = "../data/x12tm/calculations";

    [SameAs(typeof(X12tmOptions))]
    public double MaxForce { get; init; } = Defaults.MaxForce;

    [SameAs(typeof(X12tmOptions))]
    public double MaxReferenceForce { get; init; } = Defaults.MaxReferenceForce;

    [SameAs(typeof(X12tmOptions))]
    public string Fingerprint { get; init; } = Defaults.Fingerprint;

    [SameAs(typeof(X12tmOptions))]
    public bool PerHost { get; init; } = Defaults.PerHost;

    /// <summary>The choices as the table takes them.</summary>
    internal X12tmOptions Options => new() { MaxForce = MaxForce, MaxReferenceForce = MaxReferenceForce, Fingerprint = Fingerprint, PerHost = PerHost };

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) => PerHost && Fingerprint.Length > 0
        ? [new("takes one method for each host, and fingerprint one for all: leave one of the two out", [nameof(PerHost)])]
        : [];
}

/// <summary>Unary clusters of the Quantum Cluster Database; the target is the unary form of the formation energy (eV).</summary>
[Description("Unary clusters of the Quantum Cluster Database; the target is the unary form of the formation energy (eV).")]
public sealed record QcdUnaryTableConfig : TableConfig
{
    private static readonly QcdUnaryOptions Defaults = new();

    [Description("The table, relative to the data root.")]
    public string File { get; init; } = "qcd/qcd_unary.csv";

    [SameAs(typeof(QcdUnaryOptions))]
    public double MaxSecondDifference { get; init; } = Defaults.MaxSecondDifference;

    [SameAs(typeof(QcdUnaryOptions))]
    public IReadOnlyList<string> HeldOutHosts { get; init; } = Defaults.HeldOutHosts;

    [SameAs(typeof(QcdUnaryOptions))]
    public IReadOnlyList<string> Elements { get; init; } = Defaults.Elements;

    [SameAs(typeof(QcdUnaryOptions))]
    public int MinAtoms { get; init; } = Defaults.MinAtoms;

    /// <summary>The choices as the table takes them.</summary>
    internal QcdUnaryOptions Options => new()
    {
        MaxSecondDifference = MaxSecondDifference,
        HeldOutHosts = HeldOutHosts,
        Elements = Elements,
        MinAtoms = MinAtoms,
    };
}

/// <summary>Surface segregation energies of host-dopant pairs (eV, negative: the dopant prefers the surface).</summary>
[Description("Surface segregation energies of host-dopant pairs (eV, negative: the dopant prefers the surface).")]
public sealed record SegregationTableConfig : TableConfig
{
    [Description("The table, relative to the data root.")]
    public string File { get; init; } = "segregation/ruban1999_tidy.csv";
}

/// <summary>A table whose columns the config declares.</summary>
public abstract record DeclaredTableConfig : TableConfig
{
    [Description("The file, relative to this file.")]
    [Required]
    public required string Path { get; init; }

    [Description("The columns to read.")]
    [Required]
    [MinLength(1)]
    public required IReadOnlyList<CsvColumnConfig> Columns { get; init; }
}

/// <summary>Any csv table with declared column roles.</summary>
[Description("Any csv table with declared column roles.")]
public sealed record CsvTableConfig : DeclaredTableConfig;

/// <summary>Any Parquet table of flat columns with declared column roles.</summary>
[Description("Any Parquet table of flat columns with declared column roles.")]
public sealed record ParquetTableConfig : DeclaredTableConfig;

/// <summary>One column of a csv or Parquet table.</summary>
[Description("One column of a csv or Parquet table.")]
public sealed record CsvColumnConfig
{
    [Description("Header of the column.")]
    [Required]
    public required string Name { get; init; }

    [Description("What the column is for.")]
    [Required]
    public required ColumnRole Role { get; init; }

    [Description("Unit of the values, printed wherever they are.")]
    public string Unit { get; init; } = string.Empty;
}
