using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using ClusterML.Chemistry.Campaigns;
using ClusterML.Chemistry.Engines.Cp2k;
using ClusterML.Chemistry.Engines.Vasp;

namespace ClusterML.Experiments.Configuration;

/// <summary>A campaign of calculations that ends as a dataset.</summary>
[Description("A campaign of calculations that ends as a dataset.")]
public sealed record LabelsConfig
{
    /// <summary>The version of this format.</summary>
    public const string SchemaName = "clusterml/labels@1";

    [Description("Format of this file.")]
    [Required]
    [AllowedValues(SchemaName)]
    public string Schema { get; init; } = SchemaName;

    [Description("Name of the campaign and of the dataset it ends as.")]
    [Required]
    [RegularExpression("^[a-z0-9][a-z0-9-]*$")]
    public required string Name { get; init; }

    [Description("What the campaign is for, in a sentence; printed in the data card.")]
    public string? Description { get; init; }

    [Description("Licence of the dataset, as an SPDX identifier where there is one.")]
    public string Licence { get; init; } = "CC-BY-4.0";

    [Description("How to cite the dataset.")]
    public string Citation { get; init; } = "not stated";

    [Description("Folder of the campaign, relative to this file: results, failures, and the work folders of the engine.")]
    [Required]
    public required string Folder { get; init; }

    [Description("Subfolder of calculations/ and failed/ of the dataset into which this campaign is exported, so that a dataset can hold the results of several recipes; empty for none.")]
    [RegularExpression("^(?!calculations$)([a-z0-9][a-z0-9-]*)?$")]
    public string RecipeFolder { get; init; } = string.Empty;

    [Description("Which systems are computed.")]
    public CampaignOptions Systems { get; init; } = new();

    [Description("Folder of calculations whose final geometries are the first guesses of systems of the same name, relative to this file; what is not there starts from an ideal cluster.")]
    public string? Geometries { get; init; }

    [Description("The program that computes energies, and its recipe.")]
    [Required]
    public required LabelEngineConfig Engine { get; init; }

    [Description("How the engine is run.")]
    public LabelRunConfig Run { get; init; } = new();
}

/// <summary>An engine, chosen by <c>type</c>.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(Cp2kEngineConfig), "cp2k")]
[JsonDerivedType(typeof(VaspEngineConfig), "vasp")]
[Description("An engine, chosen by type.")]
public abstract record LabelEngineConfig;

/// <summary>CP2K, run by this program.</summary>
[Description("CP2K, run by this program.")]
public sealed record Cp2kEngineConfig : LabelEngineConfig
{
    [Description("The program, by name or by path.")]
    public string Program { get; init; } = "cp2k.psmp";

    [Description("Folder of basis sets and pseudopotentials; empty: the environment variable CP2K_DATA_DIR, else /usr/share/cp2k where it exists.")]
    public string Data { get; init; } = string.Empty;

    [Description("The level of theory, one for the whole campaign.")]
    public Cp2kRecipe Recipe { get; init; } = new();
}

/// <summary>VASP: inputs are written for users who have it; finished folders come back through data import.</summary>
[Description("VASP: inputs are written for users who have it (label plan --write-inputs); finished folders come back through data import.")]
public sealed record VaspEngineConfig : LabelEngineConfig
{
    [Description("The level of theory; the defaults are the paper's.")]
    public VaspRecipe Recipe { get; init; } = new();
}

/// <summary>How the engine is run.</summary>
[Description("How the engine is run.")]
public sealed record LabelRunConfig
{
    [Description("Engine processes at the same time.")]
    [Range(1, 1024)]
    public int Processes { get; init; } = 1;

    [Description("Threads of one process.")]
    [Range(1, 1024)]
    public int Threads { get; init; } = 1;

    [Description("Niceness of the processes: 19 gives way to everything else on the machine.")]
    [Range(0, 19)]
    public int Niceness { get; init; } = 19;

    [Description("Longest time of one attempt (hours).")]
    [Range(0.001, 1000.0)]
    public double AttemptHours { get; init; } = 2;

    [Description("How often label run says what each running engine is doing (minutes).")]
    [Range(0.01, 1440.0)]
    public double HeartbeatMinutes { get; init; } = 1;
}
