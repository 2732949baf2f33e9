namespace ClusterML.Learning.Conformal;

/// <summary>The finite-sample bounds of the theorems, on the probability that a new exchangeable row is covered.</summary>
public static class ConformalBounds
{
    /// <summary>Split conformal and full conformal: rank / (n + 1), at least 1 - α; 1 where the rank is beyond n (the interval is infinite).</summary>
    /// <remarks>V. Vovk, A. Gammerman, G. Shafer, Algorithmic Learning in a Random World (2005); J. Lei et al., JASA 113, 1094 (2018).</remarks>
    public static double Split(int n, double alpha) => Math.Min(1, ConformalRank.Of(n, alpha) / (n + 1.0));

    /// <summary>CV+ with K folds of one size: 1 - 2α - min{2(1 - 1/K)/(n/K + 1), (1 - K/n)/(K + 1)}; with K = n jackknife+, 1 - 2α.</summary>
    /// <remarks>R. F. Barber, E. J. Candès, A. Ramdas, R. J. Tibshirani, Ann. Statist. 49, 486 (2021), theorems 1 and 4.</remarks>
    public static double CvPlus(int n, int folds, double alpha)
    {
        double k = folds;
        var loss = Math.Min(2 * (1 - (1 / k)) / ((n / k) + 1), (1 - (k / n)) / (k + 1));
        return Math.Max(0, 1 - (2 * alpha) - loss);
    }

    /// <summary>Jackknife-minmax: 1 - α (theorem 3 of Barber et al.). CV-minmax with K folds of m = n/K rows: the larger of rank / (n + m) and the bound of CV+.</summary>
    /// <remarks>
    /// Theorem 3's proof with K + 1 folds, the last of them m new rows: a row whose smallest residual over all pairs of folds exceeds that of the
    /// others too often is "strange"; the strange row of smallest such residual beats only rows that are not strange, so that at least rank of the
    /// n + m rows are not. With m = 1 this is theorem 3 itself. A minmax interval holds the CV+ interval, so that bound holds too.
    /// </remarks>
    public static double Minmax(int n, int folds, double alpha)
    {
        var rank = Math.Min(ConformalRank.Of(n, alpha), n + 1);
        return Math.Max(rank / (n + (n / (double)folds)), CvPlus(n, folds, alpha));
    }
}
