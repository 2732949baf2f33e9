namespace ClusterML.Learning.Kernels;

/// <summary>A fitted kernel ridge regression or Gaussian process, beside its training rows.</summary>
public sealed record KernelModel
{
    /// <summary>Vector columns used as features, side by side.</summary>
    public required IReadOnlyList<string> Features { get; init; }

    /// <summary>Column that is written.</summary>
    public required string OutputColumn { get; init; }

    /// <summary>Whether it writes standard deviations too.</summary>
    public bool Deviations { get; init; }

    /// <summary>The kernel.</summary>
    public required KernelKind Kernel { get; init; }

    /// <summary>[p]: each feature is divided by it before distances are taken.</summary>
    public required double[] FeatureScales { get; init; }

    /// <summary>[T]: length scale of each target, in units of the scaled features.</summary>
    public required double[] Lengths { get; init; }

    /// <summary>[T]: penalty, or noise variance over signal variance.</summary>
    public required double[] Lambdas { get; init; }

    /// <summary>[T]: signal variance in squared units of the target; 0 where it is not known.</summary>
    public required double[] SignalVariances { get; init; }

    /// <summary>[n][T]: targets of the training rows.</summary>
    public required double[][] Targets { get; init; }

    /// <summary>[n]: weights of the training rows; null: all 1.</summary>
    public double[]? RowWeights { get; init; }

    /// <summary>[n][T]: left-out residuals at the chosen parameters.</summary>
    public required double[][] LeaveOneOutResiduals { get; init; }
}
