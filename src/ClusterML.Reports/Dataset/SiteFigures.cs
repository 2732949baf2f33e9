using ClusterML.Chemistry.Calculations;
using ClusterML.Chemistry.Elements;
using ClusterML.Chemistry.Energetics.Trends;
using ClusterML.Data.Energetics;
using ScottPlot;

namespace ClusterML.Reports.Dataset;

/// <summary>The figures of the paper that show sites over the 30 dopants.</summary>
internal sealed class SiteFigures
{
    private static readonly string[] GroupIv = ["Ti", "Zr", "Hf"];

    private static readonly (string Color, MarkerShape Shape)[] HostStyles =
    [
        ("#0072B2", MarkerShape.FilledCircle), ("#009E73", MarkerShape.FilledTriangleUp), ("#D55E00", MarkerShape.FilledSquare),
        ("#CC79A7", MarkerShape.FilledDiamond), ("#E69F00", MarkerShape.FilledTriangleDown), ("#555555", MarkerShape.OpenSquare),
    ];

    private readonly SiteProperties[] usable;
    private readonly Element[] hosts;
    private readonly Element iron = ElementTable.Default.Find("Fe")!;
    private readonly string leftOut;

    internal SiteFigures(SiteTable table)
    {
        usable = [.. table.Usable];
        hosts = [.. GroupIv.Select(s => ElementTable.Default.Find(s)!).Concat(usable.Select(s => s.Host)).Distinct().Where(h => h != iron).OrderBy(h => h.AtomicNumber)];
        var outside = usable.Count(s => SeriesAxis.Of(s.Dopant) is null);
        var unusable = table.Sites.Count - usable.Length;
        leftOut = (unusable == 0 ? "" : $" {unusable} site{(unusable == 1 ? " is" : "s are")} not shown: not converged, or the dopant moved.")
            + (outside == 0 ? "" : $" {outside} site{(outside == 1 ? " has a dopant" : "s have dopants")} outside Sc-Zn, Y-Cd, Lu-Hg and {(outside == 1 ? "is" : "are")} in the table only.");
    }

    private static SiteColumn Column(string name) => SiteColumn.All.Single(c => c.Name == name);

    internal DrawnFigure Binding(string id, bool ofIron) => Sites(
        id,
        $"Binding energy and its parts{(ofIron ? ", Fe hosts" : "")}",
        ofIron,
        [
            new("|E_b| (eV/atom)", Column("e_b"), Math.Abs),
            new("E_b^u (eV/atom)", Column("e_b_u")),
            new("E_int (eV)", Column("e_int")),
            new("ΔE_dist (eV/atom)", Column("de_dist")),
        ],
        "Modulus of the binding energy per atom and its parts: E_b = (12 E_b^u + E_int + 12 ΔE_dist) / 13, against the atomic number of the dopant. E_b^u belongs to X12 alone and is one value for all dopants of a host.");

    internal DrawnFigure Formation(string id, bool ofIron) => Sites(
        id,
        $"Formation energy{(ofIron ? ", Fe hosts" : "")}",
        ofIron,
        [new("E_form (eV)", Column("e_form"))],
        "Formation energy E(X12TM) - E(X12) - E(TM) against the atomic number of the dopant; negative when forming the cluster gains energy.");

    internal DrawnFigure Structure(string id, bool ofIron) => Sites(
        id,
        $"Bond length and coordination{(ofIron ? ", Fe hosts" : "")}",
        ofIron,
        [new("d_av (Å)", Column("d_av")), new("ECN", Column("ecn")), new("ECN of TM", Column("ecn_dopant"))],
        "Average bond length, effective coordination number averaged over the atoms, and that of the dopant alone (12 at the centre of an ideal icosahedron, 5.93 at a vertex), equations 9 to 12.");

    internal DrawnFigure DBandCentre(string id) => Sites(
        id,
        "Centre of gravity of the occupied d states",
        ofIron: false,
        [new("ε_d (eV)", Column("d_centre"))],
        "Centre of gravity of the occupied d states relative to the Fermi level, against the atomic number of the dopant.");

    internal DrawnFigure Gap(string id, bool ofIron) => Sites(
        id,
        $"HOMO-LUMO gap{(ofIron ? ", Fe hosts" : "")}",
        ofIron,
        [new("gap (eV)", Column("gap"))],
        "Gap between the highest occupied and the lowest unoccupied orbital, against the atomic number of the dopant.");

    internal DrawnFigure SitePreference(string id)
    {
        var all = hosts.Append(iron).Where(h => GroupIv.Contains(h.Symbol) || usable.Any(s => s.Host == h && double.IsFinite(s.SitePreference))).ToArray();
        var pairs = usable.Where(s => double.IsFinite(s.SitePreference)).DistinctBy(s => (s.Host, s.Dopant))
            .OrderBy(s => s.Host.AtomicNumber).ThenBy(s => s.Dopant.AtomicNumber).ToArray();
        var curves = all.Select((host, i) => new SeriesCurve(
            $"{host}12TM",
            new(HostStyles[i % HostStyles.Length].Color, HostStyles[i % HostStyles.Length].Shape),
            Points(pairs.Where(s => s.Host == host), s => s.SitePreference))).ToArray();
        const string Title = "Relative total energy";
        var caption = "Relative total energy ΔE_tot = E(in) - E(out) against the atomic number of the dopant: below zero the centre is preferred, above zero the surface; X13 is zero by construction. "
            + $"{pairs.Length} compositions have both sites.{leftOut}";
        return new(
            id,
            Title,
            pairs.Length,
            SeriesSheet.Draw(id, Title, [[new("", "ΔE_tot (eV)", curves, ZeroLine: true)]], pairs.Length == 0 ? $"Not measured. {caption}" : caption),
            new(
                [new("host"), new("dopant"), new("z"), new("de_tot", "eV"), new("preferred")],
                [.. pairs.Select(s => (IReadOnlyList<object>)[s.Host.Symbol, s.Dopant.Symbol, s.Dopant.AtomicNumber, s.SitePreference, s.SitePreference switch { < 0 => "in", > 0 => "out", _ => "same" }])]));
    }

    internal DrawnFigure Frequencies(string id)
    {
        const string Title = "Vibrational frequencies";
        var measured = usable.Where(s => s.Host != iron && s.Frequencies.Count > 0).OrderBy(s => s.Host.AtomicNumber).ThenBy(s => s.Dopant.AtomicNumber).ThenBy(s => s.Site).ToArray();
        var unstable = measured.Count(s => s.IsMinimum == false);

        // In and out beside each other, each a ladder of levels.
        SeriesCurve Ladder(Element host, Site site) => new(
            site.Name(),
            new(site == Site.In ? SeriesStyle.In.Color : SeriesStyle.Out.Color, MarkerShape.HorizontalBar, Joined: false, 6f),
            [.. measured.Where(s => s.Host == host && s.Site == site && SeriesAxis.Of(s.Dopant) is not null)
                .SelectMany(s => s.Vibrations.Select(f => (SeriesAxis.Of(s.Dopant)!.Value + (site == Site.In ? -0.22 : 0.22), f)))]);
        var caption = $"Harmonic frequencies, imaginary ones drawn below zero, against the atomic number of the dopant. {measured.Length} sites were measured, {unstable} of them are no minimum (33 real, positive frequencies).{leftOut}";
        return new(
            id,
            Title,
            measured.Sum(s => s.Vibrations.Count),
            SeriesSheet.Draw(
                id,
                Title,
                [[.. hosts.Select(h => new SeriesPanel($"{h}12TM", "frequency (1/cm)", [Ladder(h, Site.In), Ladder(h, Site.Out)], ZeroLine: true))]],
                measured.Length == 0 ? $"Not measured. {caption}" : caption),
            new(
                [new("host"), new("dopant"), new("z"), new("site"), new("count"), new("lowest", "1/cm"), new("highest", "1/cm"), new("not_positive"), new("frequencies", "1/cm")],
                [
                    .. measured.Select(s => (IReadOnlyList<object>)
                    [
                        s.Host.Symbol, s.Dopant.Symbol, s.Dopant.AtomicNumber, s.Site.Name(), s.Vibrations.Count, s.Vibrations.Min(), s.Vibrations.Max(), s.Vibrations.Count(f => f <= 0),
                        string.Join(' ', s.Vibrations.Select(f => f.ToString("0.##", System.Globalization.CultureInfo.InvariantCulture))),
                    ]),
                ]));
    }

    /// <summary>One row of panels for each quantity, one column for each host, both sites in each panel.</summary>
    private DrawnFigure Sites(string id, string title, bool ofIron, IReadOnlyList<Quantity> quantities, string caption)
    {
        Element[] columns = ofIron ? [iron] : hosts;
        var shown = usable.Where(s => columns.Contains(s.Host) && quantities.Any(q => double.IsFinite(q.Column.Of(s))))
            .OrderBy(s => s.Host.AtomicNumber).ThenBy(s => s.Dopant.AtomicNumber).ThenBy(s => s.Site).ToArray();
        var panels = quantities.Select((q, row) => (IReadOnlyList<SeriesPanel>)
        [
            .. columns.Select(h => new SeriesPanel(row == 0 ? $"{h}12TM" : "", q.Label, [Curve(h, Site.In, q), Curve(h, Site.Out, q)])),
        ]).ToArray();
        var missing = quantities.Where(q => shown.All(s => !double.IsFinite(q.Column.Of(s)))).Select(q => q.Column.Symbol).ToArray();
        var counts = string.Join("; ", quantities.Select(q => $"{q.Column.Symbol}: {shown.Count(s => s.Site == Site.In && double.IsFinite(q.Column.Of(s)))} in, {shown.Count(s => s.Site == Site.Out && double.IsFinite(q.Column.Of(s)))} out"));
        var words = missing.Length == quantities.Count ? $"Not measured. {caption}{leftOut}"
            : $"{caption} n = {counts}.{(missing.Length > 0 ? $" Not measured: {string.Join(", ", missing)}." : "")}{leftOut}";
        return new(
            id,
            title,
            quantities.Sum(q => shown.Count(s => double.IsFinite(q.Column.Of(s)))),
            SeriesSheet.Draw(id, title, panels, words),
            new(
                [new("host"), new("dopant"), new("z"), new("site"), .. quantities.Select(q => new FigureColumn(q.Column.Name, q.Column.Unit))],
                [.. shown.Select(s => (IReadOnlyList<object>)[s.Host.Symbol, s.Dopant.Symbol, s.Dopant.AtomicNumber, s.Site.Name(), .. quantities.Select(q => q.Column.Of(s))])]));
    }

    private SeriesCurve Curve(Element host, Site site, Quantity quantity) => new(
        site.Name(),
        site == Site.In ? SeriesStyle.In : SeriesStyle.Out,
        Points(usable.Where(s => s.Host == host && s.Site == site), s => quantity.Shown(quantity.Column.Of(s))));

    private static IReadOnlyList<(double X, double Y)> Points(IEnumerable<SiteProperties> sites, Func<SiteProperties, double> value) =>
    [
        .. sites.Where(s => SeriesAxis.Of(s.Dopant) is not null && double.IsFinite(value(s))).Select(s => (SeriesAxis.Of(s.Dopant)!.Value, value(s))),
    ];


    /// <summary>A quantity as it is drawn: the axis may show its modulus, the table holds it as it is.</summary>
    private sealed record Quantity(string Label, SiteColumn Column, Func<double, double>? Transform = null)
    {
        internal double Shown(double value) => Transform is null ? value : Transform(value);
    }
}
