using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace ClusterML.Transformer;

/// <summary>How an FT-Transformer is trained: the optimiser and its schedule, a held-out split, early stopping, the best epoch restored.</summary>
public sealed record FtTrainingOptions : IValidatableObject
{
    [Description("Most epochs.")]
    [Range(1, 100000)]
    public int MaxEpochs { get; init; } = 60;

    [Description("Epochs without a better validation loss after which training stops.")]
    [Range(1, 100000)]
    public int Patience { get; init; } = 10;

    [Description("Rows in a batch.")]
    [Range(1, 65536)]
    public int BatchSize { get; init; } = 64;

    [Description("The optimiser's learning rate, after warm-up and before decay.")]
    [Range(1e-8, 1.0)]
    public double LearningRate { get; init; } = 1e-3;

    [Description("Penalty on weights: in the gradient for adam, apart from it for adam_w; tokens, norms and biases are left out of it.")]
    [Range(0.0, 1.0)]
    public double WeightDecay { get; init; } = 1e-5;

    [Description("adam or adam_w (decay apart from the gradient).")]
    public FtOptimizer Optimizer { get; init; } = FtOptimizer.Adam;

    [Description("Course of the learning rate from the end of warm-up to max_epochs: constant, linear or cosine.")]
    public FtSchedule Schedule { get; init; } = FtSchedule.Constant;

    [Description("Epochs over which the learning rate rises from 0, step by step.")]
    [Range(0.0, 100000.0)]
    public double WarmupEpochs { get; init; }

    [Description("Where a linear or cosine schedule ends, as a fraction of learning_rate.")]
    [Range(0.0, 1.0)]
    public double FinalLearningRate { get; init; }

    [Description("Largest norm of the gradient over all weights; a longer one is shortened to it. 0 leaves every gradient as it is.")]
    [Range(0.0, 1e6)]
    public double GradientClip { get; init; }

    [Description("Fraction of the rows held out for early stopping, when no validation column is named.")]
    [Range(0.01, 0.9)]
    public double ValidationFraction { get; init; } = 0.15;

    [Description("Loss on scaled targets: mse, mae or huber (delta 1).")]
    public FtLoss Loss { get; init; } = FtLoss.Huber;

    [Description("Share of the features hidden in each unlabelled row, which the network learns to restore beside its targets; 0 trains on targets only.")]
    [Range(0.0, 0.95)]
    public double MaskProbability { get; init; }

    [Description("Weight of the restoring loss beside that of the targets.")]
    [Range(0.0, 1000.0)]
    public double MaskWeight { get; init; } = 1;

    [Description("Threads; results repeat bit for bit at a fixed number of them.")]
    [Range(1, 1024)]
    public int Threads { get; init; } = 1;

    [Description("Where the network is computed: cpu, cuda, or auto (cuda when there is a device). Weights repeat bit for bit on cpu only.")]
    public FtDevice Device { get; init; } = FtDevice.Cpu;

    /// <summary>Checks what no single property can: warm-up ends within training, and no option is of a schedule or loss that is not used.</summary>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (WarmupEpochs > MaxEpochs)
        {
            yield return new ValidationResult(
                string.Create(CultureInfo.InvariantCulture, $"WarmupEpochs is {WarmupEpochs} and MaxEpochs is {MaxEpochs}: the learning rate would never be reached; warm up for fewer epochs"),
                [nameof(WarmupEpochs)]);
        }

        if (Schedule == FtSchedule.Constant && FinalLearningRate != 0)
        {
            yield return new ValidationResult(
                "FinalLearningRate is an option of the schedules linear and cosine: choose one as Schedule, or leave FinalLearningRate out", [nameof(FinalLearningRate)]);
        }

        if (MaskProbability == 0 && MaskWeight != 1)
        {
            yield return new ValidationResult(
                "MaskWeight weighs the restoring loss, and MaskProbability is 0: give MaskProbability, or leave MaskWeight out", [nameof(MaskWeight)]);
        }
    }
}

/// <summary>A regression loss.</summary>
public enum FtLoss
{
    /// <summary>Mean squared error.</summary>
    Mse,

    /// <summary>Mean absolute error.</summary>
    Mae,

    /// <summary>Huber loss with delta 1.</summary>
    Huber,
}

/// <summary>An optimiser.</summary>
public enum FtOptimizer
{
    /// <summary>Adam with an L2 penalty (Kingma and Ba 2015, arXiv:1412.6980).</summary>
    Adam,

    /// <summary>Adam with weight decay apart from the gradient (Loshchilov and Hutter 2019, arXiv:1711.05101).</summary>
    AdamW,
}

/// <summary>Course of the learning rate after warm-up.</summary>
public enum FtSchedule
{
    /// <summary>It stays.</summary>
    Constant,

    /// <summary>It falls along a line.</summary>
    Linear,

    /// <summary>It falls along half a cosine (Loshchilov and Hutter 2017, arXiv:1608.03983, without restarts).</summary>
    Cosine,
}

/// <summary>Where a network is computed.</summary>
public enum FtDevice
{
    /// <summary>The processor.</summary>
    Cpu,

    /// <summary>A CUDA device when there is one, else the processor.</summary>
    Auto,

    /// <summary>A CUDA device; an error when there is none.</summary>
    Cuda,
}
