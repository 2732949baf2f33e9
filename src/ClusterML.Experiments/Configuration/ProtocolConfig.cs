using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace ClusterML.Experiments.Configuration;

/// <summary>A way to evaluate models, chosen by <c>type</c>.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(LeaveOneGroupOutConfig), "leave_one_group_out")]
[JsonDerivedType(typeof(HoldOutFractionConfig), "hold_out_fraction")]
[JsonDerivedType(typeof(AdaptationConfig), "adaptation")]
[JsonDerivedType(typeof(KFoldConfig), "k_fold")]
[JsonDerivedType(typeof(ListedConfig), "listed")]
[Description("A way to evaluate models, chosen by type.")]
public abstract record ProtocolConfig
{
    [Description("Name of the protocol in tables.")]
    [Required]
    public required string Name { get; init; }
}

/// <summary>Each group in turn is the test set.</summary>
[Description("Each group in turn is the test set.")]
public sealed record LeaveOneGroupOutConfig : ProtocolConfig
{
    [Description("The column that names the group, such as dopant or host; of compositions also host_period, host_group, dopant_period and dopant_group, the place in the periodic table.")]
    [Required]
    public required string Column { get; init; }

    [Description("Fewer training rows than this in any split, and the protocol is reported as not measured.")]
    [Range(2, 1000000)]
    public int MinTrainingRows { get; init; } = 10;

    [Description("Put the experiment's intervals around every model; without them errors are those of one fit on all training rows.")]
    public bool Intervals { get; init; } = true;
}

/// <summary>The paper's protocol: a falling fraction of one group's rows is held out, topped up from other groups.</summary>
[Description("The paper's protocol: a falling fraction of one group's rows is held out, topped up from other groups.")]
public sealed record HoldOutFractionConfig : ProtocolConfig
{
    [Description("The column that names the group.")]
    [Required]
    public string Column { get; init; } = "host";

    [Description("The group that is held out.")]
    [Required]
    public required string Value { get; init; }

    [Description("Largest fraction of the group's rows kept out of training.")]
    [Range(0.0, 1.0)]
    public double From { get; init; } = 1.0;

    [Description("Smallest fraction of the group's rows kept out of training.")]
    [Range(0.0, 1.0)]
    public double To { get; init; }

    [Description("Step between fractions.")]
    [Range(0.01, 1.0)]
    public double Step { get; init; } = 0.05;

    [Description("The hold-out is topped up to this many rows by a seeded draw from the other groups.")]
    [Range(1, 1000000)]
    public int MinTestRows { get; init; } = 20;

    [Description("Fewer rows of the group than this, and the protocol is reported as not measured.")]
    [Range(1, 1000000)]
    public int MinGroupRows { get; init; } = 12;
}

/// <summary>The adaptation curve: labels of a new group are added one by one while its test rows stay the same.</summary>
[Description("The adaptation curve: labels of a new group are added one by one while its test rows stay the same.")]
public sealed record AdaptationConfig : ProtocolConfig
{
    [Description("The column that names the group.")]
    [Required]
    public string Column { get; init; } = "host";

    [Description("Groups that are new in turn; leave it out for all groups with more rows than test_rows.")]
    public IReadOnlyList<string> Groups { get; init; } = [];

    [Description("Draw this many of the groups by the seed; leave it out for all of them.")]
    [Range(1, 100000)]
    public int? GroupCount { get; init; }

    [Description("Numbers of labels of the new group in training; numbers that a group has not enough rows for are left out for it.")]
    [MinLength(1)]
    [Required]
    public IReadOnlyList<int> Labels { get; init; } = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 14, 16, 18, 20];

    [Description("Test rows of each draw, the same for every number of labels.")]
    [Range(1, 1000000)]
    public int TestRows { get; init; } = 13;

    [Description("Random draws of test rows and of the order of labels, for every group.")]
    [Range(1, 10000)]
    public int Draws { get; init; } = 20;

    [Description("Errors, in the unit of the target, for which the number of labels needed is given, with its uncertainty.")]
    public IReadOnlyList<double> Thresholds { get; init; } = [0.1, 0.2, 0.3];

    [Description("Put the experiment's intervals around every model; with five folds that is five times the work.")]
    public bool Intervals { get; init; }
}

/// <summary>Random folds. Optimistic where rows share groups, and named so in every table.</summary>
[Description("Random folds. Optimistic where rows share groups, and named so in every table.")]
public sealed record KFoldConfig : ProtocolConfig
{
    [Description("Number of folds.")]
    [Range(2, 100)]
    public int Folds { get; init; } = 5;

    [Description("Keep rows with the same value of this column in one fold, such as host; the folds are then not optimistic for that column.")]
    public string? Column { get; init; }
}

/// <summary>Splits that a file lists by the ids of rows; it must have been made for these very rows.</summary>
[Description("Splits that a file lists by the ids of rows; it must have been made for these very rows (clusterml data split).")]
public sealed record ListedConfig : ProtocolConfig
{
    [Description("The file of splits, relative to this file.")]
    [Required]
    public required string Path { get; init; }
}
