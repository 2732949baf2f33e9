using System.Globalization;
using ClusterML.Chemistry.Energetics.Bulk;
using ScottPlot;

namespace ClusterML.Reports.Dataset;

/// <summary>Figure S1: cohesive energies and radii of the bulk metals, computed and measured.</summary>
internal static class BulkFigure
{
    internal static DrawnFigure Draw(string id, BulkComparison bulk)
    {
        const string Title = "Bulk metals";
        var rows = bulk.Metals.Where(m => SeriesAxis.Of(m.Element) is not null).ToArray();
        SeriesPanel Panel(string label, Func<BulkProperties, double> computed, Func<BulkProperties, double> measured) => new(
            "",
            label,
            [
                new("experiment", new("#D55E00", MarkerShape.OpenSquare), Points(rows, measured)),
                new("computed", new("#0072B2", MarkerShape.FilledCircle), Points(rows, computed)),
            ]);
        var count = bulk.Metals.Count(m => m.Cohesive.IsPresent) + bulk.Metals.Count(m => double.IsFinite(m.Radius));
        var caption = "Cohesive energy (positive when bound; experiment: Kittel, 0 K) and atomic radius (of equal spheres in closest packing with the volume per atom; experiment: from the density) of the lowest bulk structure. "
            + (count == 0 ? "Computed values: not measured; experiment only. " : string.Empty)
            + Text("Cohesive energy", bulk.Cohesive, "eV/atom", "0.00") + " " + Text("Radius", bulk.Radius, "Å", "0.000")
            + (bulk.LeftOut.Count > 0 ? $" Left out: {string.Join("; ", bulk.LeftOut.Select(l => $"{l.Source}: {l.Reason}"))}." : string.Empty);
        return new(
            id,
            Title,
            count,
            SeriesSheet.Draw(
                id,
                Title,
                [[Panel("E_coh (eV/atom)", m => m.Cohesive.Value, m => m.MeasuredCohesive)], [Panel("R_TM (Å)", m => m.Radius, m => m.MeasuredRadius)]],
                caption),
            new(
                [
                    new("element"), new("z"), new("structure"), new("e_coh", "eV/atom"), new("e_coh_experiment", "eV/atom"), new("e_coh_deviation", "eV/atom"),
                    new("radius", "Angstrom"), new("radius_experiment", "Angstrom"), new("radius_deviation", "Angstrom"),
                ],
                [
                    .. bulk.Metals.Select(m => (IReadOnlyList<object>)
                    [
                        m.Element.Symbol, m.Element.AtomicNumber, m.Structure, m.Cohesive.Value, m.MeasuredCohesive, m.CohesiveDeviation, m.Radius, m.MeasuredRadius, m.RadiusDeviation,
                    ]),
                ]));
    }

    private static string Text(string what, Deviation deviation, string unit, string format) => deviation.Count == 0
        ? $"{what}: no element has both values."
        : string.Create(
            CultureInfo.InvariantCulture,
            $"{what}: MAE {deviation.MeanAbsolute.ToString(format, CultureInfo.InvariantCulture)} {unit}, mean deviation {deviation.Mean.ToString(format, CultureInfo.InvariantCulture)} {unit}, n = {deviation.Count}.");

    private static IReadOnlyList<(double X, double Y)> Points(BulkProperties[] rows, Func<BulkProperties, double> value) =>
        [.. rows.Where(m => double.IsFinite(value(m))).Select(m => (SeriesAxis.Of(m.Element)!.Value, value(m)))];
}
