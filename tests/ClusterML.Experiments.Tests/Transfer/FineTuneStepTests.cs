using ClusterML.Data.Views;
using ClusterML.Experiments.Configuration;
using ClusterML.Experiments.Engine;
using ClusterML.Experiments.Pipelines;
using ClusterML.Experiments.Prediction;
using ClusterML.Experiments.Tests.Yaml.Support;
using ClusterML.Learning.Steps;
using ClusterML.Transformer;
using Microsoft.ML;

namespace ClusterML.Experiments.Tests.Transfer;

/// <summary>The published backbone trained on.</summary>
public sealed class FineTuneStepTests
{
    private const string Hash = "aa9e926ee803a5f08018cdddccb0065fd665bb087b1d4236786a02266225b01c";
    private static readonly string Published = Path.Combine(Binding.Repository, "artifacts", "backbones", "qcd-ft66");
    private static readonly FtTrainingOptions Short = new() { MaxEpochs = 1, BatchSize = 8, LearningRate = 1e-3 };

    [Fact]
    public void PublishedBackbone_FromBeforeTheOptions_LoadsWithItsHashAndItsGraph()
    {
        var backbone = FtBackbone.Load(File.ReadAllBytes(Path.Combine(Published, "backbone.safetensors")));

        Assert.Equal(Hash, backbone.WeightsHash);
        Assert.Equal(File.ReadAllBytes(Path.Combine(Published, "backbone.onnx")), backbone.ToOnnx());
        Assert.Equal(new FtTransformerOptions() with { HeadFactors = backbone.Options.HeadFactors }, backbone.Options);
    }

    [Theory]
    [InlineData(FtTransferHead.Mlp)]
    [InlineData(FtTransferHead.Ridge)]
    public void Fit_Head_PredictsAllTargetsAndComesBackFromItsState(FtTransferHead head)
    {
        var view = Rows();
        var step = StepRegistry.Default.Get("ft_fine_tune");
        var options = new FtFineTuneOptions { Head = head, Training = Short, Freeze = new() { Blocks = 5 } };

        var fitted = step.Create(Context(), options).Fit(view);
        var predictions = fitted.Transform(view).ReadVectors("prediction");

        Assert.Equal(2, predictions[0].Length);
        Assert.True(predictions.SelectMany(p => p).All(double.IsFinite));
        Assert.Equal(predictions, step.Restore(((IStatefulTransformer)fitted).ToState()).Transform(view).ReadVectors("prediction"));
        Assert.Equal(predictions, step.Create(Context(), options).Fit(view).Transform(view).ReadVectors("prediction"));
    }

    [Fact]
    public void Fit_UntrainedTokensOnly_MovesRowsThatDifferFromPretrainingAndNoOthers()
    {
        var view = Rows();
        var options = new FtFineTuneOptions { Training = Short with { LearningRate = 0.05 }, Freeze = new() { TrainUntrainedTokens = true }, HeadFactors = [] };
        var published = FtBackbone.Load(File.ReadAllBytes(Path.Combine(Published, "backbone.safetensors")));

        var fitted = StepRegistry.Default.Get("ft_fine_tune").Create(Context(), options).Fit(view);

        var tuned = ((FtTransformerTransformer)((StepSequenceTransformer)fitted).Steps[0].Transformer).Model.Backbone;
        Assert.NotEqual(published.WeightsHash, tuned.WeightsHash);
        int[][] codes = [.. view.ReadVectors("categorical").Select(r => r.Select(v => (int)v).ToArray())];
        float[][] numbers = [.. view.ReadVectors("continuous").Select(r => r.Select(v => (float)v).ToArray())];
        Assert.NotEqual(published.Embed(codes, numbers)[0], tuned.Embed(codes, numbers)[0]);
    }

    [Fact]
    public void Fit_UntrainedTokensOfABackboneWithoutSupport_SaysWhy()
    {
        using var folder = new TemporaryFolder();
        File.Copy(Path.Combine(Published, "backbone.safetensors"), Path.Combine(folder.Path, "backbone.safetensors"));

        var error = Assert.Throws<VerificationException>(() => StepRegistry.Default.Get("ft_fine_tune").Create(
            Context() with { BackboneFolder = folder.Path }, new FtFineTuneOptions { Freeze = new() { TrainUntrainedTokens = true } }));

        Assert.Contains("support.json", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FolderOf_Name_IsFoundAboveTheConfig()
    {
        var configs = Path.Combine(Binding.Repository, "configs");

        Assert.Equal(Published, PublishedBackbones.FolderOf(new() { Name = "qcd-ft66" }, configs));
        Assert.Null(PublishedBackbones.Problem(new() { Name = "qcd-ft66", WeightsHash = Hash }, configs));
        Assert.Equal(Published, PublishedBackbones.FolderOf(new() { Path = "../artifacts/backbones/qcd-ft66" }, configs));
    }

    [Theory]
    [InlineData(null, null, "backbone", "either path")]
    [InlineData("a", "b", "backbone", "either path")]
    [InlineData(null, "none-such", "backbone.name", "there is no backbone none-such")]
    [InlineData(null, "../x", "backbone.name", "is a path")]
    [InlineData("none", null, "backbone.path", "there is no folder")]
    public void Problem_WrongPlace_NamesTheKey(string? path, string? name, string key, string said)
    {
        var problem = PublishedBackbones.Problem(new PublishedBackboneConfig { Path = path, Name = name }, Binding.Repository)!.Value;

        Assert.Equal(key, problem.Key);
        Assert.Contains(said, problem.Message, StringComparison.Ordinal);
    }

    private static StepContext Context() => new() { Seed = 3, BackboneFolder = Published };

    private static IDataView Rows()
    {
        (string Host, string Dopant)[] pairs = [.. from h in new[] { "Ti", "Zr", "Fe" } from d in new[] { "V", "Ni", "Pd", "Pt", "Au", "Cu" } select (h, d)];
        var view = new ColumnarView(
        [
            ValueColumn.Text("host", [.. pairs.Select(p => p.Host)]),
            ValueColumn.Text("dopant", [.. pairs.Select(p => p.Dopant)]),
            ValueColumn.Single("n_atoms_1", [.. pairs.Select(_ => 12f)]),
            ValueColumn.Single("n_atoms_2", [.. pairs.Select(_ => 1f)]),
            ValueColumn.Doubles("targets", 2, [.. pairs.Select((_, i) => new[] { i % 6, i / 6.0 })]),
        ]);
        return new Learning.Descriptors.CompositionDescriptorEstimator(new()).Fit(view).Transform(view);
    }
}
