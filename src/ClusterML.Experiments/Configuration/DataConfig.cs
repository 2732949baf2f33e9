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
}

/// <summary>A table, chosen by <c>type</c>.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(X12tmTableConfig), "x12tm")]
[JsonDerivedType(typeof(QcdUnaryTableConfig), "qcd_unary")]
[JsonDerivedType(typeof(SegregationTableConfig), "segregation")]
[JsonDerivedType(typeof(CsvTableConfig), "csv")]
[Description("A table, chosen by type.")]
public abstract record TableConfig;

/// <summary>Bimetallic X12TM clusters from a folder of calculations; targets e_form_in and e_form_out (eV).</summary>
[Description("Bimetallic X12TM clusters from a folder of calculations; targets e_form_in and e_form_out (eV).")]
public sealed record X12tmTableConfig : TableConfig
{
    [Description("Folder of calculations, one JSON file each, relative to this file.")]
    [Required]
    public string Path { get; init; } = "../data/x12tm/calculations";

    [Description("A relaxation that did not report convergence still counts when its largest force is at most this (eV/Angstrom).")]
    [Range(0.0, 10.0)]
    public double MaxForce { get; init; } = new X12tmOptions().MaxForce;

    [Description("Method fingerprint to take; empty takes the one with the most complete compositions.")]
    public string Fingerprint { get; init; } = string.Empty;
}

/// <summary>Unary clusters of the Quantum Cluster Database; the target is the unary form of the formation energy (eV).</summary>
[Description("Unary clusters of the Quantum Cluster Database; the target is the unary form of the formation energy (eV).")]
public sealed record QcdUnaryTableConfig : TableConfig
{
    [Description("The table, relative to the data root.")]
    public string File { get; init; } = "qcd/qcd_unary.csv";

    [Description("A size whose energy bends by more than this (absolute second difference, eV) is dropped, and the next size with it.")]
    [Range(0.0, 1000.0)]
    public double MaxSecondDifference { get; init; } = 3.0;

    [Description("Elements whose 13-atom cluster is kept out of pretraining; N = 13 and N = 14 are dropped.")]
    public IReadOnlyList<string> HeldOutHosts { get; init; } = ["Ti", "Zr", "Hf", "Fe"];

    [Description("Keep only these elements; empty keeps every metal.")]
    public IReadOnlyList<string> Elements { get; init; } = [];
}

/// <summary>Surface segregation energies of host-dopant pairs (eV, negative: the dopant prefers the surface).</summary>
[Description("Surface segregation energies of host-dopant pairs (eV, negative: the dopant prefers the surface).")]
public sealed record SegregationTableConfig : TableConfig
{
    [Description("The table, relative to the data root.")]
    public string File { get; init; } = "segregation/ruban1999_tidy.csv";
}

/// <summary>Any csv table with declared column roles.</summary>
[Description("Any csv table with declared column roles.")]
public sealed record CsvTableConfig : TableConfig
{
    [Description("The csv file, relative to this file.")]
    [Required]
    public required string Path { get; init; }

    [Description("The columns to read.")]
    [Required]
    [MinLength(1)]
    public required IReadOnlyList<CsvColumnConfig> Columns { get; init; }
}

/// <summary>One column of a csv table.</summary>
[Description("One column of a csv table.")]
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
