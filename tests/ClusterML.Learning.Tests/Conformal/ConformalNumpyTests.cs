using System.Diagnostics;
using System.Text.Json;
using ClusterML.Data.Views;
using ClusterML.Learning.Conformal;
using ClusterML.Learning.Ridge;
using ClusterML.Learning.Tests.Contracts;

namespace ClusterML.Learning.Tests.Conformal;

/// <summary>Intervals on the same folds as an independent implementation in numpy.</summary>
public sealed class ConformalNumpyTests
{
    private const string Python = "/usr/bin/python3";
    private const double RelativeLambda = 0.05;

    [Theory]
    [InlineData(IntervalMethod.CvPlus, 30, 5, 10)]
    [InlineData(IntervalMethod.CvMinmax, 31, 4, 20)]
    [InlineData(IntervalMethod.JackknifePlus, 19, 0, 5)]
    [InlineData(IntervalMethod.JackknifeMinmax, 9, 0, 10)]
    public void Intervals_AreThoseOfNumpy(IntervalMethod method, int rows, int folds, int alphaPercent)
    {
        var random = new Random(rows);
        var (x, test) = (Singles(random, rows, 40), Singles(random, 6, 40));
        double[] y = [.. x.Select(r => r[0] - (2 * r[1]) + Samples.Normal(random))];
        var options = new ConformalOptions { Method = method, Folds = Math.Max(2, folds), Alphas = [alphaPercent / 100.0], NeighbourColumn = null };
        var ridge = new RidgeOptions { Features = ["x"], LambdaCount = 1, LambdaMin = RelativeLambda, LambdaMax = RelativeLambda };

        using var fitted = new ConformalEstimator(_ => new RidgeEstimator(ridge), options).Fit(new ColumnarView(
            [ValueColumn.Singles("x", 40, x), ValueColumn.Doubles("targets", 1, [.. y.Select(v => new[] { v })])]));
        var output = fitted.Transform(new ColumnarView([ValueColumn.Singles("x", 40, test)]));

        var expected = Reference(x, y, fitted.Calibration.ModelOfRow, test, alphaPercent)
            .GetProperty(method is IntervalMethod.CvPlus or IntervalMethod.JackknifePlus ? "plus" : "minmax");
        var (lower, upper) = (output.ReadVectors("lower"), output.ReadVectors("upper"));
        for (var row = 0; row < test.Length; row++)
        {
            Assert.Equal(expected[row][0].GetDouble(), lower[row][0], 1e-8);
            Assert.Equal(expected[row][1].GetDouble(), upper[row][0], 1e-8);
        }
    }

    private static float[][] Singles(Random random, int rows, int columns) =>
        [.. Samples.Matrix(random, rows, columns).Select(r => r.Select(v => (float)v).ToArray())];

    private static JsonElement Reference(float[][] x, double[] y, int[] foldOfRow, float[][] test, int alphaPercent)
    {
        if (!HasNumpy())
        {
            const string Missing = $"{Python} with numpy is not here (Debian: python3-numpy)";
            Assert.SkipUnless(Environment.GetEnvironmentVariable("CI") == "true", Missing);
            Assert.Fail(Missing);
        }

        double[][] Doubles(float[][] rows) => [.. rows.Select(r => r.Select(v => (double)v).ToArray())];
        var start = new ProcessStartInfo(Python, [Path.Combine(AppContext.BaseDirectory, "Conformal", "conformal_reference.py")])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        process.StandardInput.Write(JsonSerializer.Serialize(new
        {
            x = Doubles(x),
            y,
            fold_of_row = foldOfRow,
            test = Doubles(test),
            relative_lambda = RelativeLambda,
            alpha_percent = alphaPercent,
        }));
        process.StandardInput.Close();
        var written = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return JsonDocument.Parse(written).RootElement;
    }

    private static bool HasNumpy()
    {
        if (!File.Exists(Python))
        {
            return false;
        }

        using var process = Process.Start(new ProcessStartInfo(Python, ["-c", "import numpy"]) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
