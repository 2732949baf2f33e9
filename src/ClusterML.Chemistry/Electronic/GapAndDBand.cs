using System.Globalization;
using ClusterML.Chemistry.Calculations;

namespace ClusterML.Chemistry.Electronic;

/// <summary>The anti-correlation of d-band centre and gap (paper, section 2.1): the nearer the occupied d states to the Fermi level, the smaller the gap.</summary>
/// <remarks>
/// Intervals are those of the percentile bootstrap over clusters (B. Efron, 1979), seeded. A resample in which a variable is
/// constant has no coefficient and is drawn again. The claim counts as supported when the intervals of both coefficients lie below zero.
/// </remarks>
public sealed record GapAndDBand
{
    /// <summary>Clusters with both values, n.</summary>
    public required int Count { get; init; }

    /// <summary>Pearson's r.</summary>
    public required Correlation Pearson { get; init; }

    /// <summary>Spearman's rho.</summary>
    public required Correlation Spearman { get; init; }

    /// <summary>The verdict.</summary>
    public required GapAndDBandVerdict Verdict { get; init; }

    /// <summary>The verdict in a sentence.</summary>
    public required string Text { get; init; }

    /// <summary>The statistic of the calculations that state both values and are usable; those of free atoms and frozen X12 do not count.</summary>
    public static GapAndDBand Of(IEnumerable<Calculation> calculations, GapAndDBandOptions? options = null)
    {
        var clusters = calculations
            .Where(c => c.System.Kind is not (SystemKind.FreeAtom or SystemKind.FrozenX12) && c.EnergyFault is null)
            .Where(c => double.IsFinite(c.Gap) && double.IsFinite(c.DBandCentre))
            .ToArray();
        return Of([.. clusters.Select(c => c.DBandCentre)], [.. clusters.Select(c => c.Gap)], options);
    }

    /// <summary>The statistic of pairs.</summary>
    /// <param name="centres">d-band centres, eV.</param>
    /// <param name="gaps">Gaps, eV.</param>
    /// <param name="options">Level, resamplings and seed.</param>
    /// <exception cref="ArgumentException">The lengths differ, or a value is not finite.</exception>
    public static GapAndDBand Of(ReadOnlySpan<double> centres, ReadOnlySpan<double> gaps, GapAndDBandOptions? options = null)
    {
        var chosen = options ?? new();
        ArgumentOutOfRangeException.ThrowIfLessThan(chosen.Resamplings, 100);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(chosen.Level);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(chosen.Level, 1);
        if (centres.Length != gaps.Length)
        {
            throw new ArgumentException($"{centres.Length} centres and {gaps.Length} gaps are no pairs", nameof(gaps));
        }

        foreach (var value in (double[])[.. centres, .. gaps])
        {
            if (!double.IsFinite(value))
            {
                throw new ArgumentException("every value must be finite", nameof(centres));
            }
        }

        var n = centres.Length;
        if (n < chosen.Fewest)
        {
            return NotMeasured(n, string.Create(CultureInfo.InvariantCulture, $"{n} clusters state both a gap and a d-band centre, {chosen.Fewest} are needed"));
        }

        var (r, rho) = (Correlation.Pearson(centres, gaps), Correlation.Spearman(centres, gaps));
        if (double.IsNaN(r))
        {
            return NotMeasured(n, "all clusters have the same gap or the same d-band centre");
        }

        var (pearson, spearman) = Bootstrap(centres.ToArray(), gaps.ToArray(), r, rho, chosen);
        var supported = pearson.Upper < 0 && spearman.Upper < 0;
        return new()
        {
            Count = n,
            Pearson = pearson,
            Spearman = spearman,
            Verdict = supported ? GapAndDBandVerdict.Supported : GapAndDBandVerdict.NotSupported,
            Text = string.Create(CultureInfo.InvariantCulture,
                $"{(supported ? "supported" : "not supported")}: Pearson {Shown(pearson)}, Spearman {Shown(spearman)}, n = {n}, intervals at {chosen.Level:0.###}"),
        };
    }

    private static string Shown(Correlation c) => string.Create(CultureInfo.InvariantCulture, $"{c.Value:0.00} [{c.Lower:0.00}, {c.Upper:0.00}]");

    private static GapAndDBand NotMeasured(int n, string why) => new()
    {
        Count = n,
        Pearson = Correlation.None,
        Spearman = Correlation.None,
        Verdict = GapAndDBandVerdict.NotMeasured,
        Text = $"not measured: {why}",
    };

    private static (Correlation Pearson, Correlation Spearman) Bootstrap(double[] x, double[] y, double r, double rho, GapAndDBandOptions options)
    {
        var random = new Random(options.Seed);
        var (pearson, spearman) = (new List<double>(), new List<double>());
        var (drawnX, drawnY) = (new double[x.Length], new double[x.Length]);

        // A constant resample is rare unless the data are nearly constant; the bound keeps those from drawing for ever.
        for (var draw = 0; draw < 10 * options.Resamplings && pearson.Count < options.Resamplings; draw++)
        {
            for (var i = 0; i < x.Length; i++)
            {
                var at = random.Next(x.Length);
                (drawnX[i], drawnY[i]) = (x[at], y[at]);
            }

            var drawn = Correlation.Pearson(drawnX, drawnY);
            if (!double.IsNaN(drawn))
            {
                pearson.Add(drawn);
                spearman.Add(Correlation.Spearman(drawnX, drawnY));
            }
        }

        return (Interval(r, pearson, options.Level), Interval(rho, spearman, options.Level));
    }

    private static Correlation Interval(double value, List<double> drawn, double level)
    {
        if (drawn.Count == 0)
        {
            return new(value, -1, 1);
        }

        drawn.Sort();
        double At(double p)
        {
            var position = p * (drawn.Count - 1);
            var below = (int)position;
            var above = Math.Min(below + 1, drawn.Count - 1);
            return drawn[below] + ((position - below) * (drawn[above] - drawn[below]));
        }

        return new(value, At((1 - level) / 2), At((1 + level) / 2));
    }
}
