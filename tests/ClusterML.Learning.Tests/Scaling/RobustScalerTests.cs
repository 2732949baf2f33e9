using ClusterML.Learning.Descriptors;
using ClusterML.Learning.Numerics;
using ClusterML.Learning.Scaling;
using CsCheck;

namespace ClusterML.Learning.Tests.Scaling;

public sealed class RobustScalerTests
{
    // 0.1 + 0.2 - 0.3 is 5.6e-17: quartiles that differ by rounding are no range, though the column has other values.
    [Fact]
    public void Fit_RangeOfRoundingAlone_IsNone()
    {
        double[][] rows = [[0], [0], [0], [0.1 + 0.2 - 0.3], [0.1 + 0.2 - 0.3], [0.1 + 0.2 - 0.3], [0.08]];

        var scaler = RobustScaler.Fit(rows);

        Assert.Equal(1, scaler.Scale[0]);
        Assert.Equal(0, RobustScaler.Ranges(rows).Scale[0]);
        Assert.Equal(1e-9, RobustScaler.Fit([[0], [1e-9], [2e-9]]).Scale[0], 1e-20);
    }

    [Fact]
    public void Linear_IsNumPysDefault()
    {
        // numpy.quantile([1, 2, 4, 8], [0.25, 0.5, 0.75]) = [1.75, 3, 5]
        Assert.Equal([1.75, 3, 5], new[] { 0.25, 0.5, 0.75 }.Select(q => Quantiles.Linear([8, 1, double.NaN, 4, 2], q)));
        Assert.True(double.IsNaN(Quantiles.Linear([double.NaN], 0.5)));
    }

    [Fact]
    public void Fit_IgnoresMissingValues()
    {
        var scaler = RobustScaler.Fit([[1], [double.NaN], [2], [4], [8]]);

        Assert.Equal(3, scaler.Center[0]);
        Assert.Equal(3.25, scaler.Scale[0]);
    }

    [Fact]
    public void Fit_ConstantColumn_TakesTheFallbackThenOne()
    {
        double[][] rows = [[5, 5, double.NaN], [5, 5, double.NaN]];

        var scaler = RobustScaler.Fit(rows, new RobustScaler([100, 7, 1], [20, 0, double.NaN]));

        Assert.Equal([100, 5, 0], scaler.Center);
        Assert.Equal([20, 1, 1], scaler.Scale);
    }

    [Fact]
    public void Fit_UnaryRows_ScalesDifferencesByElementPairs()
    {
        var difference = PaperFeatures.ContinuousNames.ToList().IndexOf("melting_point_abs_diff");
        var count = PaperFeatures.ContinuousNames.ToList().IndexOf("n_atoms_2");
        var table = Chemistry.Elements.ElementTable.Default;
        double[][] unary = [.. table.All.Where(e => e.IsMetal).Select((e, i) => PaperFeatures.Continuous(e, e, 3 + (i % 9), 1).Select(v => (double)v).ToArray())];

        var scaler = RobustScaler.Fit(unary, ElementPairs.Ranges);

        Assert.Equal(ElementPairs.Ranges.Scale[difference], scaler.Scale[difference]);
        Assert.InRange(scaler.Scale[difference], 300, 2500);
        Assert.Equal((1.0, 1.0), (scaler.Center[count], scaler.Scale[count]));
        Assert.All(scaler.Scale, s => Assert.True(s > 0));
    }

    [Fact]
    public void Invert_UndoesApply() => Gen.Double[-1e3, 1e3].Array[3].Array[2, 20].Sample(rows =>
    {
        var scaler = RobustScaler.Fit(rows);
        var back = scaler.Invert(scaler.Apply(rows[0]));
        return back.Zip(rows[0]).All(pair => Math.Abs(pair.First - pair.Second) <= 1e-9);
    });
}
