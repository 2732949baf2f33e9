using System.Globalization;
using ClusterML.Chemistry.Calculations;
using ClusterML.Chemistry.Electronic;

namespace ClusterML.Chemistry.Energetics.Trends;

/// <summary>Tests the claims of the paper's section 2.1 on the usable sites of a table.</summary>
/// <remarks>
/// A claim of the form "always" needs every row, one of the form "typically" more than half of them. X13 is left out of every
/// comparison of in with out: there both are one cluster. A claim about the preferred site counts groups 6 to 10 as the middle of
/// a row of transition metals, and all others as its ends.
/// </remarks>
public static class TrendAnalysis
{
    private const int FewestPairs = 3;
    private const int FirstMiddleGroup = 6;
    private const int LastMiddleGroup = 10;

    /// <summary>Every claim, in the order of the paper.</summary>
    public static IReadOnlyList<Trend> Of(IEnumerable<SiteProperties> sites)
    {
        SiteProperties[] usable = [.. sites.Where(s => s.IsUsable)];
        return
        [
            Frequencies(usable),
            Share("binding_negative", "every cluster is bound: E_b < 0", "all clusters", 1.0, Clusters(usable).Where(s => double.IsFinite(s.Binding)).Select(s => s.Binding < 0), "with E_b < 0", 1),
            .. Parabolas(usable),
            MiddleOfTheRow(usable),
            Pairs(usable, "interaction_in_stronger", "the interaction with the host is typically stronger inside: E_int(in) < E_int(out)", 0.5, s => s.Interaction, (i, o) => i < o, "with E_int(in) < E_int(out)"),
            Pairs(usable, "bond_length_in_shorter", "bonds are always shorter with the dopant inside: d_av(in) < d_av(out)", 1.0, s => s.BondLength, (i, o) => i < o, "with d_av(in) < d_av(out)"),
            LateDopants(usable),
            Share("ecn_centre_twelve", "a dopant at the centre has an effective coordination number of 12 (within 0.5)", "in", 1.0, Dopants(usable, Site.In).Select(e => Math.Abs(e - 12) <= 0.5), "with ECN within 0.5 of 12", FewestPairs, Dopants(usable, Site.In)),
            Share("ecn_surface_below_seven", "a dopant on the surface typically has an effective coordination number below 7", "out", 0.5, Dopants(usable, Site.Out).Select(e => e < 7), "with ECN < 7", FewestPairs, Dopants(usable, Site.Out)),
            Pairs(usable, "d_centre_in_lower", "the centre of the occupied d states always lies lower with the dopant inside", 1.0, s => s.DBandCentre, (i, o) => i < o, "with eps_d(in) < eps_d(out)"),
            Pairs(usable, "gap_in_larger", "the gap is always larger with the dopant inside", 1.0, s => s.Gap, (i, o) => i > o, "with gap(in) > gap(out)"),
            GapAgainstDBand(usable),
        ];
    }

    /// <summary>In and out of one composition, with their value of a quantity; X13 and incomplete pairs are left out.</summary>
    private static IEnumerable<(SiteProperties In, SiteProperties Out, double Inside, double Outside)> Pairs(
        IEnumerable<SiteProperties> sites, Func<SiteProperties, double> quantity) =>
        from composition in sites.Where(s => !s.IsX13 && double.IsFinite(quantity(s))).GroupBy(s => (s.Host, s.Dopant))
        let inside = composition.FirstOrDefault(s => s.Site == Site.In)
        let outside = composition.FirstOrDefault(s => s.Site == Site.Out)
        where inside is not null && outside is not null
        select (inside, outside, quantity(inside), quantity(outside));

    /// <summary>Every cluster once: X13 stands for both sites.</summary>
    private static IEnumerable<SiteProperties> Clusters(IEnumerable<SiteProperties> sites) =>
        sites.DistinctBy(s => (s.Host, s.Dopant, s.IsX13 ? Site.In : s.Site));

    private static IEnumerable<double> Dopants(IEnumerable<SiteProperties> sites, Site site) =>
        sites.Where(s => s.Site == site && !s.IsX13 && double.IsFinite(s.DopantEcn)).Select(s => s.DopantEcn);

    private static Trend Share(
        string name, string claim, string scope, double needed, IEnumerable<bool> holds, string words, int fewest, IEnumerable<double>? values = null)
    {
        bool[] all = [.. holds];
        var yes = all.Count(h => h);
        var share = all.Length == 0 ? double.NaN : (double)yes / all.Length;
        var numbers = new Dictionary<string, double> { ["holds"] = yes, ["share"] = share, ["needed_share"] = needed };
        var range = "";
        if (values?.ToArray() is { Length: > 0 } known)
        {
            (numbers["lowest"], numbers["mean"], numbers["highest"]) = (known.Min(), known.Average(), known.Max());
            range = $"; {Number(known.Min())} to {Number(known.Max())}, mean {Number(known.Average())}";
        }

        if (all.Length < fewest)
        {
            return new(name, claim, scope, TrendVerdict.NotMeasured, all.Length, $"needs {fewest}, has {all.Length}", numbers);
        }

        var supported = needed >= 1.0 ? yes == all.Length : share > needed;
        var rule = needed >= 1.0 ? "all must be" : "more than half must be";
        return new(name, claim, scope, Verdict(supported), all.Length, $"{yes} of {all.Length} {words} ({rule}){range}", numbers);
    }

    private static Trend Pairs(
        SiteProperties[] sites, string name, string claim, double needed, Func<SiteProperties, double> quantity, Func<double, double, bool> holds, string words)
    {
        var pairs = Pairs(sites, quantity).ToArray();
        var trend = Share(name, claim, "pairs of in and out", needed, pairs.Select(p => holds(p.Inside, p.Outside)), words, FewestPairs);
        if (trend.Verdict == TrendVerdict.NotMeasured)
        {
            return trend;
        }

        var mean = pairs.Average(p => p.Inside - p.Outside);
        return trend with
        {
            Text = $"{trend.Text}; mean difference in - out {Number(mean)}",
            Numbers = new Dictionary<string, double>(trend.Numbers) { ["mean_difference"] = mean },
        };
    }

    private static Trend Frequencies(SiteProperties[] sites)
    {
        var measured = Clusters(sites).Where(s => s.Frequencies.Count > 0).ToArray();
        return Share(
            "frequencies_positive", "every cluster is a minimum: 33 real, positive frequencies", "all clusters", 1.0, measured.Select(s => s.IsMinimum == true), "with 33 positive frequencies", 1, measured.SelectMany(s => s.Vibrations));
    }

    private static IEnumerable<Trend> Parabolas(SiteProperties[] sites)
    {
        const string Name = "binding_parabola";
        const string Claim = "|E_b| follows a parabola that opens downwards along a row of transition metals";
        var series = sites.Where(s => double.IsFinite(s.Binding) && TransitionSeries.Of(s.Dopant) is not null)
            .GroupBy(s => (s.Host, Series: TransitionSeries.Of(s.Dopant)!, s.Site))
            .OrderBy(g => g.Key.Host.AtomicNumber).ThenBy(g => g.Key.Series.First).ThenBy(g => g.Key.Site).ToArray();
        var small = new List<string>();
        foreach (var group in series)
        {
            var scope = $"{group.Key.Host}, {group.Key.Series}, {group.Key.Site.Name()}";
            if (PolynomialFit.Of([.. group.Select(r => (double)r.Dopant.AtomicNumber)], [.. group.Select(r => Math.Abs(r.Binding))]) is { } fit)
            {
                yield return Parabola(Name, Claim, scope, fit);
            }
            else
            {
                small.Add($"{scope} ({group.Count()})");
            }
        }

        if (small.Count > 0 || series.Length == 0)
        {
            var has = small.Count == 0 ? "has none" : $"these have fewer: {string.Join("; ", small)}";
            var scope = small.Count < series.Length ? "other series" : "all series";
            yield return new(Name, Claim, scope, TrendVerdict.NotMeasured, 0, $"needs {PolynomialFit.FewestPoints} dopants in a series, {has}", new Dictionary<string, double>());
        }
    }

    private static Trend Parabola(string name, string claim, string scope, PolynomialFit fit)
    {
        // Not by AICc: its correction for few points alone is 30 at six, more than any data can make good.
        var supported = fit.Curvature < 0 && fit.P < 0.05;
        var text = $"curvature {Number(fit.Curvature)} eV/atom, peak at Z = {fit.Extremum.ToString("0.0", CultureInfo.InvariantCulture)}, R2 {Number(fit.QuadraticR2)} against {Number(fit.LinearR2)} of a line, F test p = {fit.P.ToString("0.0E+0", CultureInfo.InvariantCulture)}, AICc {(fit.AicAdvantage < 0 ? "higher" : "lower")} by {Number(Math.Abs(fit.AicAdvantage))}";
        return new(name, claim, scope, Verdict(supported), fit.Count, text, new Dictionary<string, double>
        {
            ["curvature"] = fit.Curvature,
            ["peak_z"] = fit.Extremum,
            ["r2_linear"] = fit.LinearR2,
            ["r2_quadratic"] = fit.QuadraticR2,
            ["f"] = fit.F,
            ["p"] = fit.P,
            ["aicc_advantage"] = fit.AicAdvantage,
        });
    }

    private static Trend MiddleOfTheRow(SiteProperties[] sites)
    {
        const string Name = "in_preferred_mid_row";
        const string Claim = "the centre is preferred (dE_tot < 0) mostly by dopants of the middle of a row, the surface by those of its ends";
        var rows = sites.Where(s => !s.IsX13 && double.IsFinite(s.SitePreference)).DistinctBy(s => (s.Host, s.Dopant))
            .Select(s => (Series: TransitionSeries.Of(s.Dopant), s.Dopant, Inside: s.SitePreference < 0)).Where(r => r.Series is not null)
            .Select(r => (Middle: r.Series!.Group(r.Dopant) is >= FirstMiddleGroup and <= LastMiddleGroup, r.Inside)).ToArray();
        var middle = rows.Where(r => r.Middle).ToArray();
        var ends = rows.Where(r => !r.Middle).ToArray();
        var (middleIn, endsOut) = (middle.Count(r => r.Inside), ends.Count(r => !r.Inside));
        var numbers = new Dictionary<string, double> { ["middle"] = middle.Length, ["middle_in"] = middleIn, ["ends"] = ends.Length, ["ends_out"] = endsOut };
        if (middle.Length < FewestPairs || ends.Length < FewestPairs)
        {
            return new(Name, Claim, "compositions", TrendVerdict.NotMeasured, rows.Length, $"needs {FewestPairs} of the middle and of the ends, has {middle.Length} and {ends.Length}", numbers);
        }

        var supported = 2 * middleIn > middle.Length && 2 * endsOut > ends.Length;
        return new(
            Name,
            Claim,
            "compositions",
            Verdict(supported),
            rows.Length,
            $"groups {FirstMiddleGroup} to {LastMiddleGroup}: {middleIn} of {middle.Length} prefer the centre; other groups: {endsOut} of {ends.Length} prefer the surface (more than half of each must)",
            numbers);
    }

    private static Trend LateDopants(SiteProperties[] sites)
    {
        string[] late = ["Cd", "Hg", "Au"];
        var pairs = Pairs(sites.Where(s => late.Contains(s.Dopant.Symbol)), s => s.BondLength).ToArray();
        return Share(
            "late_expansion", "Cd, Hg and Au on the surface lengthen the bonds by more than 5 % against the centre", "Cd, Hg, Au", 0.5, pairs.Select(p => p.Outside / p.Inside > 1.05), "with d_av(out) / d_av(in) > 1.05", FewestPairs, pairs.Select(p => p.Outside / p.Inside));
    }

    private static Trend GapAgainstDBand(SiteProperties[] sites)
    {
        var both = Clusters(sites).Where(s => double.IsFinite(s.Gap) && double.IsFinite(s.DBandCentre)).ToArray();
        var found = GapAndDBand.Of([.. both.Select(s => s.DBandCentre)], [.. both.Select(s => s.Gap)]);
        var verdict = found.Verdict switch
        {
            GapAndDBandVerdict.Supported => TrendVerdict.Supported,
            GapAndDBandVerdict.NotSupported => TrendVerdict.NotSupported,
            _ => TrendVerdict.NotMeasured,
        };
        return new("gap_against_d_centre", "the gap narrows as the centre of the occupied d states rises", "all clusters", verdict, found.Count, found.Text, new Dictionary<string, double>
        {
            ["pearson"] = found.Pearson.Value,
            ["pearson_lower"] = found.Pearson.Lower,
            ["pearson_upper"] = found.Pearson.Upper,
            ["spearman"] = found.Spearman.Value,
            ["spearman_lower"] = found.Spearman.Lower,
            ["spearman_upper"] = found.Spearman.Upper,
        });
    }

    private static TrendVerdict Verdict(bool supported) => supported ? TrendVerdict.Supported : TrendVerdict.NotSupported;

    private static string Number(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);
}
