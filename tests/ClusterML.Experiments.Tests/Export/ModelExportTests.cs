using System.Text.Json;
using ClusterML.Experiments.Export;
using ClusterML.Experiments.Prediction;
using ClusterML.Learning.Onnx;

namespace ClusterML.Experiments.Tests.Export;

public sealed class ModelExportTests(SmokeModel smoke) : IClassFixture<SmokeModel>
{
    private readonly FittedModel model = smoke.Model;

    [Theory]
    [InlineData("smoke", "ft-ridge", 400)]
    [InlineData("smoke", "random-weights-ridge", 200)]
    [InlineData("smoke", "ridge-raw", 1000)]
    [InlineData("smoke", "dopant-mean", 200)]
    [InlineData("smoke", "host-dopant-additive", 200)]
    [InlineData("smoke", "mean", 200)]
    public void Onnx_RandomCompositions_AgreesWithDotNet(string config, string pipeline, int rows)
    {
        using var other = new FittedModel(config, $"model.pipeline=../pipelines/{pipeline}.yaml");
        var pairs = FittedModel.Pairs(rows);

        AssertClose(other.Service.Compute(pairs), other.InOnnx(pairs), 1e-5);
    }

    [Theory]
    [InlineData("jackknife_plus", "mixed_mondrian", "absolute")]
    [InlineData("cv_plus", "none", "normalised")]
    [InlineData("conformalised_quantile", "none", "absolute")]
    public void Onnx_OtherIntervals_AgreeWithDotNet(string type, string groups, string score)
    {
        using var other = new FittedModel(
            "smoke", "model.pipeline=../pipelines/ridge-raw.yaml", $"intervals.type={type}", $"intervals.groups={groups}", $"intervals.score={score}");
        var pairs = FittedModel.Pairs(300);

        AssertClose(other.Service.Compute(pairs), other.InOnnx(pairs), 1e-5);
    }

    [Fact]
    public void Onnx_ConformalisedRidge_SaysWhyThereIsNone()
    {
        using var other = new FittedModel("smoke", "model.pipeline=../pipelines/ridge-raw.yaml", "intervals.type=conformalised_ridge", "intervals.groups=none");

        Assert.StartsWith("conformalised_ridge sweeps for each new row", other.Service.Manifest.NoOnnxBecause, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(other.Folder, ModelExport.OnnxFile)));
    }

    [Fact]
    public void Onnx_PlainTable_AgreesWithDotNet()
    {
        using var table = new FittedModel("cohesive-energy-csv");
        var golden = GoldenBatch.TryRead(table.Folder)!;
        PredictionInput[] rows =
        [
            .. golden.Rows,
            golden.Rows[0] with { RowId = "unseen", Categories = new Dictionary<string, string> { ["group_block"] = "no such block" } },
            golden.Rows[0] with { RowId = "empty", Categories = new Dictionary<string, string>() },
        ];

        var onnx = table.InOnnx(rows);

        AssertClose(table.Service.Compute(rows), onnx, 1e-5);
        Assert.Contains(golden.Rows, r => r.Numbers.Values.Any(float.IsNaN));
        Assert.All(onnx[^1][0].Concat(onnx[^2][0]), v => Assert.True(double.IsNaN(v)));
        using var session = new OnnxModelSession(table.Onnx);
        Assert.Equal(typeof(string), session.Inputs["group_block"]);
        Assert.Equal(["cohesive_energy", "cohesive_energy_lower", "cohesive_energy_upper", "known"], session.Outputs.Keys);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(64)]
    [InlineData(1000)]
    public void Onnx_AnyBatchSize_GivesTheSame(int chunk)
    {
        var pairs = FittedModel.Pairs(300);

        AssertClose(model.InOnnx(pairs), model.InOnnx(pairs, chunk), 1e-6);
    }

    [Fact]
    public void Onnx_UnknownElementsAndCountsThatAreNone_AreNaN()
    {
        using var session = new OnnxModelSession(model.Onnx);
        long[] hosts = [22, 0, 22, -1, 119, long.MaxValue, 22, 22, 22, 22];
        long[] dopants = [26, 26, 0, 26, 26, long.MinValue, 26, 26, 26, 26];
        float[] counts = [12, 12, 12, 12, 12, 12, 0, -3, float.NaN, float.PositiveInfinity];

        var outputs = session.Run(new Dictionary<string, Array>
        {
            ["host_z"] = hosts,
            ["dopant_z"] = dopants,
            ["n_atoms_1"] = counts,
            ["n_atoms_2"] = hosts.Select(_ => 1f).ToArray(),
        });

        Assert.Equal([1, 0, 0, 0, 0, 0, 1, 1, 1, 1], (long[])outputs["known"]);
        foreach (var (name, values) in outputs.Where(o => o.Key != "known"))
        {
            var width = session.Outputs[name] ?? 1;
            foreach (var (row, vector) in ((float[])values).Chunk(width).Index())
            {
                Assert.All(vector, v => Assert.Equal(row == 0, !float.IsNaN(v)));
            }
        }
    }

    [Fact]
    public void Onnx_NamesAndMetadata_AreTheContract()
    {
        using var session = new OnnxModelSession(model.Onnx);

        Assert.Equal(["host_z", "dopant_z", "n_atoms_1", "n_atoms_2"], session.Inputs.Keys);
        Assert.Equal([typeof(long), typeof(long), typeof(float), typeof(float)], session.Inputs.Values);
        Assert.Equal(
            ["e_form_in", "e_form_in_lower", "e_form_in_upper", "e_form_out", "e_form_out_lower", "e_form_out_upper", "embedding", "known"],
            session.Outputs.Keys);
        Assert.Equal(1056, session.Outputs["embedding"]);
        Assert.Equal("clusterml/onnx@1", session.Metadata["schema"]);
        Assert.Equal("hash", session.Metadata["config_hash"]);
        Assert.Equal("0.1", session.Metadata["alpha"]);
        Assert.Equal("{\"e_form_in\":\"eV\",\"e_form_out\":\"eV\"}", session.Metadata["units"]);
        Assert.Equal("[\"e_form_in\",\"e_form_out\"]", session.Metadata["targets"]);
        Assert.Contains("Fe", JsonSerializer.Deserialize<string[]>(session.Metadata["elements"])!);
        Assert.Equal(model.Service.Manifest.BackboneHash, session.Metadata["backbone_hash"]);
    }

    [Fact]
    public void Export_Twice_GivesTheSameBytes()
    {
        using var again = new FittedModel("smoke");

        Assert.Equal(model.Service.Manifest.Files, again.Service.Manifest.Files);
        Assert.Contains(ModelExport.ZipFile, again.Service.Manifest.Files.Keys);
    }

    [Fact]
    public void Export_NameThatWouldStandForTwo_IsRefusedWithTheReason()
    {
        var manifest = model.Service.Manifest with { Targets = [new("e", "eV"), new("e_lower", "eV")] };

        var error = Assert.Throws<OnnxExportException>(() => ModelGraph.Build(manifest, null, null!));

        Assert.Equal("the name e_lower would stand for two inputs or outputs; rename a column of the table", error.Message);
    }

    [Fact]
    public void Session_WrongColumns_AreRefusedByName()
    {
        using var session = new OnnxModelSession(model.Onnx);
        var columns = new Dictionary<string, Array> { ["host_z"] = new long[2], ["dopant_z"] = new long[3], ["n_atoms_1"] = new float[2] };

        Assert.StartsWith("column dopant_z has 3 rows, others have 2", Assert.Throws<ArgumentException>(() => session.Run(columns)).Message, StringComparison.Ordinal);
        columns["dopant_z"] = new double[2];
        Assert.StartsWith("the model reads dopant_z as Int64[]; given is Double[]", Assert.Throws<ArgumentException>(() => session.Run(columns)).Message, StringComparison.Ordinal);
        columns["dopant_z"] = new long[2];
        Assert.StartsWith("the model reads n_atoms_2 as Single[]; given is nothing", Assert.Throws<ArgumentException>(() => session.Run(columns)).Message, StringComparison.Ordinal);
        columns["n_atoms_2"] = new float[2];
        Assert.StartsWith("the model has no output e; it has e_form_in", Assert.Throws<ArgumentException>(() => session.Run(columns, ["e"])).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidDataException>(() => new OnnxModelSession([1, 2, 3]));
    }

    private static void AssertClose(double[][][] expected, double[][][] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        var pairs = expected.SelectMany(r => r).SelectMany(t => t).Zip(actual.SelectMany(r => r).SelectMany(t => t)).ToList();
        Assert.Contains(pairs, p => double.IsFinite(p.First));
        Assert.All(pairs, p => Assert.True(
            p.First.Equals(p.Second) || Math.Abs(p.First - p.Second) <= tolerance * Math.Max(1, Math.Abs(p.First)), $"{p.First} and {p.Second}"));
    }
}
