namespace ClusterML.Learning.Kernels;

/// <summary>Covariance of two rows as a function of d = |x - x'| / length.</summary>
public enum KernelKind
{
    /// <summary>exp(-d²/2).</summary>
    Gaussian,

    /// <summary>(1 + √5 d + 5 d²/3) exp(-√5 d): twice differentiable (Matérn, ν = 5/2).</summary>
    Matern52,

    /// <summary>exp(-d): continuous only.</summary>
    Exponential,
}
