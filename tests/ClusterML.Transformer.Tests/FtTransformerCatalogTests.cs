using System.ComponentModel.DataAnnotations;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace ClusterML.Transformer.Tests;

/// <summary>The trainer as ML.NET users meet it.</summary>
[Collection("torch")]
public sealed class FtTransformerCatalogTests
{
    private static readonly FtTransformerTrainerOptions Options = new()
    {
        Columns = new() { Categorical = ["Metal", "Site"], Continuous = ["Size", "Charges"], Targets = ["In", "Out"], Scores = ["InScore", "Score"], Weight = "Weight", Validation = "HeldOut" },
        Network = new() { NBlocks = 1, NHeads = 2, DToken = 8, DFeedForward = 16, HeadFactors = [0.5], Missing = FtMissing.Token },
        Training = new() { MaxEpochs = 30, BatchSize = 16, LearningRate = 5e-3, Schedule = FtSchedule.Cosine, WarmupEpochs = 1, GradientClip = 1, Optimizer = FtOptimizer.AdamW },
        Seed = 3,
    };

    [Fact]
    public void FtTransformer_InAnMlNetPipeline_FitsKeysScalarsAndVectorsAndIsEvaluated()
    {
        var context = new MLContext(1);
        var data = context.Data.LoadFromEnumerable(Rows(300));
        var pipeline = context.Transforms.Conversion.MapValueToKey("Metal").Append(context.Regression.Trainers.FtTransformer(Options));

        var model = pipeline.Fit(data);
        var scored = model.Transform(data);

        var metrics = context.Regression.Evaluate(scored, labelColumnName: "Out", scoreColumnName: "Score");
        Assert.True(metrics.RSquared > 0.8, $"R2 {metrics.RSquared:0.00}");
        Assert.Equal(2, ((VectorDataViewType)scored.Schema["prediction"].Type).Size);
        var trained = (FtTransformerTransformer)model.LastTransformer;
        Assert.Equal(["Metal", "Site"], trained.Model.Backbone.Sizes.CategoricalNames);
        Assert.Equal(["Size", "Charges 0", "Charges 1"], trained.Model.Backbone.Sizes.ContinuousNames);
        Assert.Equal([4, 3], trained.Model.Backbone.Sizes.Cardinalities);
        var again = FtTransformerTransformer.FromState(trained.ToState());
        Assert.Equal(scored.GetColumn<float>("Score"), again.Transform(model.Take(1).Single().Transform(data)).GetColumn<float>("Score"));
    }

    [Fact]
    public void GetOutputSchema_OfThePipeline_IsThatOfTheScoredView()
    {
        var context = new MLContext(1);
        var data = context.Data.LoadFromEnumerable(Rows(40));
        var pipeline = context.Transforms.Conversion.MapValueToKey("Metal").Append(context.Regression.Trainers.FtTransformer(Options with { Training = Options.Training with { MaxEpochs = 1 } }));

        var shape = pipeline.GetOutputSchema(SchemaShape(data.Schema));
        var scored = pipeline.Fit(data).Transform(data).Schema;

        foreach (var name in new[] { "prediction", "embedding", "InScore", "Score" })
        {
            var (promised, kept) = (shape.Single(c => c.Name == name), scored[name].Type);
            Assert.Equal(promised.ItemType, kept is VectorDataViewType vector ? vector.ItemType : kept);
            Assert.Equal(promised.Kind == Microsoft.ML.SchemaShape.Column.VectorKind.Vector, kept is VectorDataViewType);
        }
    }

    [Theory]
    [InlineData("Metal", "Int32 codes or keys")]
    [InlineData("In", "expected Double or Single")]
    [InlineData("Size", "expected")]
    [InlineData("Weight", "Weight")]
    [InlineData("HeldOut", "HeldOut")]
    public void GetOutputSchema_ColumnOfAnotherType_IsRefusedByName(string column, string said)
    {
        var context = new MLContext(1);
        var data = context.Data.LoadFromEnumerable(Rows(5));
        var wrong = context.Transforms.Conversion.MapValueToKey("Metal").Append(context.Transforms.CopyColumns(column, "Text"));
        var estimator = context.Regression.Trainers.FtTransformer(Options);
        var view = wrong.Fit(data).Transform(data);

        var early = Assert.Throws<ArgumentOutOfRangeException>(() => wrong.Append(estimator).GetOutputSchema(SchemaShape(data.Schema)));
        var late = Assert.Throws<ArgumentOutOfRangeException>(() => estimator.Fit(view));

        Assert.Contains(said, early.Message, StringComparison.Ordinal);
        Assert.Contains(said, late.Message, StringComparison.Ordinal);
        Assert.Contains(column, early.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FtTransformer_BadOptions_AreRefusedAtOnceAndTogether()
    {
        var error = Assert.Throws<ValidationException>(() => new MLContext().Regression.Trainers.FtTransformer(new()
        {
            Training = new() { LearningRate = -1, BatchSize = 0, GradientClip = -1 },
        }));

        Assert.All(new[] { "LearningRate", "BatchSize", "GradientClip" }, name => Assert.Contains(name, error.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void FtTransformer_NoOptions_ReadsTheDefaultColumns()
    {
        var shape = new MLContext().Regression.Trainers.FtTransformer().GetOutputSchema(SchemaShape(SampleRows.Make(3).View().Schema));

        Assert.Equal(["categorical", "continuous", "targets", "prediction", "embedding"], shape.Select(c => c.Name));
    }

    [Fact]
    public void Fit_Cuda_SaysThatThereIsNoneOrGivesTheSameWithinRounding()
    {
        var options = new FtTrainingOptions { MaxEpochs = 1, Device = FtDevice.Cuda };
        FtTransformerModel Fit(FtTrainingOptions training) => new FtTransformerEstimator(SampleRows.TinyNetwork, training, SampleRows.Setup()).Fit(SampleRows.Make(40).View()).Model;

        if (!TorchSharp.torch.cuda.is_available())
        {
            Assert.Contains("CUDA", Assert.Throws<PlatformNotSupportedException>(() => Fit(options)).Message, StringComparison.Ordinal);
            Assert.Equal(Fit(options with { Device = FtDevice.Cpu }).WeightsHash, Fit(options with { Device = FtDevice.Auto }).WeightsHash);
            return;
        }

        var (here, there) = (Fit(options with { Device = FtDevice.Cpu }), Fit(options));
        Assert.All(here.Head.Zip(there.Head), w => Assert.All(w.First.Values.Zip(w.Second.Values), v => Assert.Equal(v.First, v.Second, 1e-3f)));
    }

    private static SchemaShape SchemaShape(DataViewSchema schema) => Learning.Mapping.SchemaShapes.Extend(
        new SchemaShape([]), schema.Where(c => c.Type is not KeyDataViewType).Select(c => (c.Name, c.Type)));

    private static IEnumerable<Row> Rows(int count)
    {
        var random = new Random(2);
        for (var i = 0; i < count; i++)
        {
            var (metal, site, size) = (random.Next(3), random.Next(3), (float)random.NextDouble());
            yield return new Row
            {
                Metal = new[] { "Ti", "Zr", "Hf" }[metal],
                Text = "x",
                Site = site,
                Size = i % 11 == 0 ? float.NaN : size,
                Charges = [(float)random.NextDouble(), size],
                In = metal - size,
                Out = (2 * metal) + site,
                Weight = 1 + random.Next(2),
                HeldOut = i % 6 == 5,
            };
        }
    }

    private sealed class Row
    {
        public string Metal { get; set; } = string.Empty;

        public string Text { get; set; } = string.Empty;

        public int Site { get; set; }

        public float Size { get; set; }

        [VectorType(2)]
        public float[] Charges { get; set; } = [];

        public float In { get; set; }

        public float Out { get; set; }

        public float Weight { get; set; }

        public bool HeldOut { get; set; }
    }
}
