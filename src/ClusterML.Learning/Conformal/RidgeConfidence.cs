namespace ClusterML.Learning.Conformal;

/// <summary>The values of u for which enough rows keep |r_i - s_i u| ≥ |u|.</summary>
internal static class RidgeConfidence
{
    /// <summary>The least and the largest u that at least <paramref name="needed"/> rows keep; (NaN, NaN) where no u is kept.</summary>
    /// <param name="residuals">r_i.</param>
    /// <param name="smoother">s_i.</param>
    /// <param name="needed">Rows that must keep u; 0 or less: every u is kept.</param>
    internal static (double Lower, double Upper) Hull(ReadOnlySpan<double> residuals, ReadOnlySpan<double> smoother, int needed)
    {
        if (needed <= 0)
        {
            return (double.NegativeInfinity, double.PositiveInfinity);
        }

        // Each row keeps [a, b] (|s| < 1), a half-line (|s| = 1), or all but an open interval (|s| > 1): closed pieces between ends.
        var events = new List<(double At, int Step)>();
        var atMinusInfinity = 0;
        void Keep(double from, double to)
        {
            if (double.IsNegativeInfinity(from))
            {
                atMinusInfinity++;
            }
            else
            {
                events.Add((from, 1));
            }

            if (!double.IsPositiveInfinity(to))
            {
                events.Add((to, -1));
            }
        }

        for (var i = 0; i < residuals.Length; i++)
        {
            // The ends are where r - s u = u and where r - s u = -u.
            var (r, s) = (residuals[i], smoother[i]);
            var (plus, minus) = (1 + s, s - 1);
            if (r == 0)
            {
                // |s| |u| ≥ |u|: always, or at 0 alone.
                Keep(Math.Abs(s) >= 1 ? double.NegativeInfinity : 0, Math.Abs(s) >= 1 ? double.PositiveInfinity : 0);
            }
            else if (Math.Abs(s) < 1)
            {
                var (a, b) = (r / plus, r / minus);
                Keep(Math.Min(a, b), Math.Max(a, b));
            }
            else if (plus == 0 || minus == 0)
            {
                var end = plus == 0 ? r / minus : r / plus;
                Keep(end < 0 ? end : double.NegativeInfinity, end < 0 ? double.PositiveInfinity : end);
            }
            else
            {
                var (a, b) = (r / plus, r / minus);
                Keep(double.NegativeInfinity, Math.Min(a, b));
                Keep(Math.Max(a, b), double.PositiveInfinity);
            }
        }

        // Pieces are closed: at one place, those that begin count before those that end.
        events.Sort((x, y) => x.At != y.At ? x.At.CompareTo(y.At) : y.Step.CompareTo(x.Step));
        var count = atMinusInfinity;
        var lower = count >= needed ? double.NegativeInfinity : double.NaN;
        var upper = double.NaN;
        foreach (var (at, step) in events)
        {
            if (step > 0)
            {
                count++;
                if (count >= needed && double.IsNaN(lower))
                {
                    lower = at;
                }
            }
            else
            {
                if (count >= needed)
                {
                    upper = at;
                }

                count--;
            }
        }

        return (lower, count >= needed ? double.PositiveInfinity : upper);
    }
}
