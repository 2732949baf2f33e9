namespace ClusterML.Learning.Conformal;

/// <summary>How prediction intervals are made. What each promises is in <see cref="IntervalGuarantee"/>.</summary>
public enum IntervalMethod
{
    /// <summary>The paper's: median of the fold models, plus and minus a quantile of the out-of-fold residuals. No theorem.</summary>
    FastCvPlus,

    /// <summary>Split conformal: one part of the rows fits, the rest calibrates. At least 1 - α.</summary>
    Split,

    /// <summary>CV+ over K folds (Barber et al., Ann. Statist. 49, 486 (2021)). At least 1 - 2α less a term of n and K.</summary>
    CvPlus,

    /// <summary>CV-minmax: the outermost fold predictions, widened by a quantile of the out-of-fold residuals.</summary>
    CvMinmax,

    /// <summary>Jackknife+: CV+ with a fold a row. At least 1 - 2α.</summary>
    JackknifePlus,

    /// <summary>Jackknife-minmax: CV-minmax with a fold a row. At least 1 - α, wider.</summary>
    JackknifeMinmax,

    /// <summary>Full conformal prediction with Ridge, in closed form. At least 1 - α.</summary>
    ConformalisedRidge,

    /// <summary>Conformalised quantile regression on a split of the rows. At least 1 - α.</summary>
    ConformalisedQuantile,
}
