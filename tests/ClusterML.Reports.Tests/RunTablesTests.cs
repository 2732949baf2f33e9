using ClusterML.Experiments.Runs;

namespace ClusterML.Reports.Tests;

public sealed class RunTablesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("clusterml-tables-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Predictions_AnyText_ReadBackEqual()
    {
        PredictionRecord[] written =
        [
            new("a,\"b\"\r\nc", "Ti", "Fe", "y", "s", 3, 0.1 + 0.2, -1e-300, double.NegativeInfinity, double.PositiveInfinity, "eV", "p", "m"),
            new("ü <&>", "", "", "y", "", -1, double.NaN, double.Epsilon, double.NaN, double.MaxValue, "", "", ""),
        ];
        var path = Path.Combine(_folder, RunTables.PredictionsFile);

        RunTables.WritePredictions(path, written);

        Assert.Equal(written, RunTables.ReadPredictions(path));
        Assert.StartsWith(
            "row_id,host,dopant,target,split,fold,y_true,y_pred,lower,upper,unit,protocol,model\n", File.ReadAllText(path), StringComparison.Ordinal);
        Assert.Single(Directory.GetFiles(_folder));
    }

    [Fact]
    public void Curve_ReadsBackEqual()
    {
        CurveRecord[] written = [new("p", 2, 1, "y", 0.1, 0.2, -2.0, double.NaN, double.PositiveInfinity, 20, "m", 0.95, 0.3, double.NaN)];
        var path = Path.Combine(_folder, RunTables.CurveFile);

        RunTables.WriteCurve(path, written);

        Assert.Equal(written, RunTables.ReadCurve(path));
        Assert.StartsWith(
            "protocol,k,draw,target,mae,rmse,r2,coverage,width,n_test,model,fraction,mae_group,mae_other\np,2,1,y,0.1,0.2,-2,,inf,20,m,0.95,0.3,\n",
            File.ReadAllText(path), StringComparison.Ordinal);
    }

    [Fact]
    public void Baselines_ReadBackEqual()
    {
        BaselineRecord[] written = [new("m", "y", "p", 0, 4, 0.1, 0.2, 0.5, 0.9, 1.5, 20, 1.25)];
        var path = Path.Combine(_folder, RunTables.BaselinesFile);

        RunTables.WriteBaselines(path, written);

        Assert.Equal(written, RunTables.ReadBaselines(path));
        Assert.StartsWith("model,target,protocol,k,draw,mae,rmse,r2,coverage,width,n_test,fit_seconds\n", File.ReadAllText(path), StringComparison.Ordinal);
    }

    [Fact]
    public void ReadCurve_OtherOrderAndFewerExtras_ReadsByName()
    {
        var path = Path.Combine(_folder, RunTables.CurveFile);
        File.WriteAllText(path, "k,protocol,draw,target,mae,rmse,r2,coverage,width,n_test,model,more\r\n5,p,0,y,1,2,3,,,7,m,x\r\n");

        var row = Assert.Single(RunTables.ReadCurve(path));

        Assert.Equal((5, "p", 7, "m"), (row.K, row.Protocol, row.NTest, row.Model));
        Assert.True(double.IsNaN(row.Fraction));
    }

    [Theory]
    [InlineData("p,0,0,y,abc,1,1,1,1,1,m,,,", "curve.csv:2:5: mae \"abc\" is not a number")]
    [InlineData("p,0.5,0,y,1,1,1,1,1,1,m,,,", "curve.csv:2:2: k \"0.5\" is not a whole number")]
    [InlineData("p,0", "curve.csv:2: 2 fields, expected 14")]
    [InlineData("\"p,0", "curve.csv:2:1: a quoted field that is never closed")]
    public void ReadCurve_BadField_NamesTheSpot(string line, string message)
    {
        var path = Path.Combine(_folder, RunTables.CurveFile);
        RunTables.WriteCurve(path, []);
        File.AppendAllText(path, line + "\n");

        Assert.Equal(message, Assert.Throws<InvalidDataException>(() => RunTables.ReadCurve(path)).Message);
    }

    [Fact]
    public void Metrics_NaNAndInfinity_AreNullAndInf()
    {
        var path = Path.Combine(_folder, RunMetricsFile.FileName);
        var written = new RunMetrics(
            "e", null, "m",
            new("t", "h", 3, [new("y", "eV", double.NaN, 0.1 + 0.2)], [new("a:1", "b")], new Dictionary<string, IReadOnlyList<string>> { ["MyColumn"] = ["A"] }),
            new("o", "w", 1, 2, 3, null, "eV", [new(1, double.PositiveInfinity, double.NaN, 0.5, 1)]),
            [new("p", "k_fold", false, "why", 0)],
            [new("width", "m", "y", "p", "s", double.PositiveInfinity, "eV", 3, null, double.NaN, "f")]);

        RunMetricsFile.Write(path, written);
        var read = RunMetricsFile.Read(path);

        var json = File.ReadAllText(path);
        Assert.Contains("\"value\": \"inf\"", json, StringComparison.Ordinal);
        Assert.Contains("\"mean\": null", json, StringComparison.Ordinal);
        Assert.Contains("\"standard_deviation\": 0.30000000000000004", json, StringComparison.Ordinal);
        Assert.Contains("\"MyColumn\"", json, StringComparison.Ordinal);
        Assert.Equal(written.Data!.Targets, read.Data!.Targets);
        Assert.Equal(written.Data!.LeftOut, read.Data!.LeftOut);
        Assert.Equal(["A"], read.Data!.Groups["MyColumn"]);
        Assert.Equal(written.Backbone!.History, read.Backbone!.History);
        Assert.Null(read.Backbone.ValidationMae);
        Assert.Equivalent(written.Protocols, read.Protocols, strict: true);
        Assert.Equal(double.PositiveInfinity, read.Metrics[0].Value);
        Assert.Null(read.Metrics[0].CiLower);
    }

    [Fact]
    public void Metrics_BrokenJson_NamesTheFile()
    {
        var path = Path.Combine(_folder, RunMetricsFile.FileName);
        File.WriteAllText(path, "{");

        Assert.StartsWith("metrics.json: ", Assert.Throws<InvalidDataException>(() => RunMetricsFile.Read(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_EmptyFolder_IsEmpty()
    {
        var folder = RunFolder.Load(_folder);

        Assert.Null(folder.Metrics);
        Assert.Empty(folder.Predictions);
        Assert.Empty(folder.Curve);
        Assert.Empty(folder.Baselines);
        Assert.Null(folder.Environment);
    }

    [Fact]
    public void Load_NoFolder_IsRefused() => Assert.Throws<DirectoryNotFoundException>(() => RunFolder.Load(Path.Combine(_folder, "none")));
}
