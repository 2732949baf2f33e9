using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using ClusterML.Transformer;

namespace ClusterML.Experiments.Configuration;

/// <summary>Where the frozen network comes from, chosen by <c>type</c>.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(PublishedBackboneConfig), "published")]
[JsonDerivedType(typeof(PretrainBackboneConfig), "pretrain")]
[Description("Where the frozen network comes from, chosen by type.")]
public abstract record BackboneConfig;

/// <summary>A published backbone: a folder with weights, ONNX file and card, given by its path or by its name.</summary>
[Description("A published backbone: a folder with weights, ONNX file and card.")]
public sealed record PublishedBackboneConfig : BackboneConfig
{
    [Description("Folder of the backbone, relative to this file; leave it out and give name for one of the project's.")]
    public string? Path { get; init; }

    [Description("Name of a backbone under artifacts/backbones of this file's folder or of one above it, or under CLUSTERML_BACKBONES.")]
    public string? Name { get; init; }

    [Description("SHA-256 over its weight tensors that it must have; empty accepts any.")]
    public string WeightsHash { get; init; } = string.Empty;
}

/// <summary>A backbone pretrained in this run.</summary>
[Description("A backbone pretrained in this run.")]
public sealed record PretrainBackboneConfig : BackboneConfig
{
    [Description("The table to pretrain on.")]
    [Required]
    public required TableConfig Table { get; init; }

    [Description("Sizes of the network.")]
    public FtTransformerOptions Network { get; init; } = new();

    [Description("How it is trained; with mask_probability it also learns to restore hidden features of unlabelled element pairs.")]
    public FtTrainingOptions Training { get; init; } = new();

    [Description("Pairs of elements made from unary training rows, for each of these; 0 trains on the table's rows alone.")]
    [Range(0.0, 100.0)]
    public double PairsPerRow { get; init; }

    [Description("Permute the targets over the rows before training: the control that keeps network, scaler and training and takes the knowledge away. Published in the folder shuffled of a backbone, pipelines reach it by weights: shuffled.")]
    public bool ShuffleTargets { get; init; }
}
