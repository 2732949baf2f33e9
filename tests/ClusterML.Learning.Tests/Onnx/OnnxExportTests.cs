using ClusterML.Chemistry.Elements;
using ClusterML.Data.Views;
using ClusterML.Learning.Baselines;
using ClusterML.Learning.Conformal;
using ClusterML.Learning.Descriptors;
using ClusterML.Learning.Onnx;
using ClusterML.Learning.Ridge;
using ClusterML.Learning.Scaling;
using ClusterML.Learning.Steps;
using ClusterML.Learning.Tests.Contracts;
using ClusterML.Learning.Tokens;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace ClusterML.Learning.Tests.Onnx;

public sealed class OnnxExportTests
{
    [Fact]
    public void CompositionDescriptors_EveryPairOfElementsAndUnknownOnes_AreTheSame()
    {
        string[] symbols = [.. ElementTable.Default.All.Select(e => e.Symbol), "Xx"];
        var pairs = symbols.SelectMany(h => symbols.Select(d => (h, d))).ToArray();
        ValueColumn[] columns =
        [
            ValueColumn.Text("host", [.. pairs.Select(p => p.h)]),
            ValueColumn.Text("dopant", [.. pairs.Select(p => p.d)]),
            ValueColumn.Single("n_atoms_1", [.. pairs.Select((_, i) => i % 3 == 0 ? float.NaN : 11f + (i % 3))]),
            ValueColumn.Single("n_atoms_2", [.. pairs.Select(_ => 1f)]),
        ];

        OnnxContract.Check(new CompositionDescriptorTransformer(new CompositionDescriptorOptions()), columns);
    }

    [Fact]
    public void Vocabularies_TextsThatTrainingDidNotHold_AreTheSame()
    {
        var view = new ColumnarView(Samples.Compositions());
        var options = new TableDescriptorOptions { Categorical = ["host", "dopant"], Numeric = ["n_atoms_2"] };
        ValueColumn[] unseen =
        [
            ValueColumn.Text("host", ["Ti", "Xx", string.Empty, "Pt"]),
            ValueColumn.Text("dopant", ["Ti", "Sc", "Fe", "nonsense"]),
            ValueColumn.Single("n_atoms_2", [1, float.NaN, 3, 4]),
        ];

        OnnxContract.Check(new TableDescriptorEstimator(options).Fit(view), unseen);
        OnnxContract.Check(new GroupMeanEstimator(new GroupMeanOptions { Column = "dopant" }).Fit(view), unseen);
        OnnxContract.Check(new AdditiveEstimator(new AdditiveOptions()).Fit(view), unseen);
        OnnxContract.Check(new MeanEstimator(new MeanOptions()).Fit(view), unseen);
    }

    [Theory]
    [InlineData(MissingValues.Keep)]
    [InlineData(MissingValues.Median)]
    public void RobustScaling_MissingValues_AreTheSame(MissingValues missing)
    {
        var columns = Samples.Compositions();

        OnnxContract.Check(new RobustScalingEstimator(new RobustScalingOptions { Missing = missing }).Fit(new ColumnarView(columns)), columns);
    }

    [Fact]
    public void OneHot_CodesThatTrainingDidNotHold_AreTheSame()
    {
        var fitted = new OneHotEstimator(new OneHotOptions()).Fit(new ColumnarView(Samples.Compositions()));

        OnnxContract.Check(fitted, [ValueColumn.Int32s("categorical", 2, [[0, 1], [9, 9], [-1, 8]])]);
    }

    [Theory]
    [InlineData(ConformalGroups.None, "embedding", false, 5, 5)]
    [InlineData(ConformalGroups.MixedMondrian, null, false, 5, 5)]
    [InlineData(ConformalGroups.MixedMondrian, "embedding", false, 4, 5)]
    [InlineData(ConformalGroups.MixedMondrian, "embedding", true, 3, 1)]
    [InlineData(ConformalGroups.MixedMondrian, "continuous", true, 2, 100)]
    public void CvPlus_TrainingRowsFarRowsAndMissingValues_AreTheSame(ConformalGroups groups, string? column, bool scale, int folds, int neighbours)
    {
        var training = Samples.Compositions(1);
        var fitted = new CvPlusEstimator(_ => new RidgeEstimator(new RidgeOptions()), new CvPlusOptions
        {
            Groups = groups,
            NeighbourColumn = column,
            ScaleNeighbours = scale,
            Folds = folds,
            Neighbours = neighbours,
            Alpha = 0.2,
        }).Fit(new ColumnarView(training));
        OnnxContract.Check(fitted, training);

        var other = Samples.Compositions(2);
        var embedding = other.Single(c => c.Name == "embedding");
        var rows = new ColumnarView([embedding]).ReadVectors("embedding");
        float[][] moved = [.. rows.Select((r, i) => r.Select(v => i == 3 ? float.NaN : (float)v * (i % 4)).ToArray())];
        ValueColumn[] columns = [.. other.Where(c => c.Name is not ("embedding" or "targets")), ValueColumn.Singles("embedding", 7, moved)];
        if (groups == ConformalGroups.MixedMondrian)
        {
            var named = fitted.Transform(new ColumnarView(columns)).ReadTexts("interval_group").SelectMany(g => g.Split('|')).Distinct().ToList();
            Assert.Contains("undefined", named);
            Assert.True(named.Count >= 4, $"the rows are only in {string.Join(", ", named)}");
        }

        OnnxContract.Check(fitted, columns);
    }

    [Theory]
    [InlineData(ConformalGroups.None, null)]
    [InlineData(ConformalGroups.MixedMondrian, null)]
    [InlineData(ConformalGroups.MixedMondrian, 1)]
    public void CvPlus_SeveralMiscoveragesAndADecision_AreTheSame(ConformalGroups groups, int? subtrahend)
    {
        var columns = Samples.Compositions();
        var fitted = new CvPlusEstimator(_ => new RidgeEstimator(new RidgeOptions()), new CvPlusOptions
        {
            Groups = groups,
            FurtherAlphas = [0.2, 0.4],
            Decision = new SignDecision(0, subtrahend),
        }).Fit(new ColumnarView(columns));

        Assert.Contains(fitted.GetOutputSchema(new ColumnarView(columns).Schema), c => c.Name == "upper_0.4");
        OnnxContract.Check(fitted, columns);
    }

    [Fact]
    public void CvPlus_TooFewRows_HasInfiniteBoundsInBoth()
    {
        var columns = Samples.Compositions();
        var fitted = new CvPlusEstimator(_ => new RidgeEstimator(new RidgeOptions()), new CvPlusOptions { Alpha = 0.01 }).Fit(new ColumnarView(columns));

        Assert.True(double.IsPositiveInfinity(fitted.Transform(new ColumnarView(columns)).ReadVectors("upper")[0][0]));
        OnnxContract.Check(fitted, columns);
    }

    [Fact]
    public void StepSequence_StepWithoutOnnxForm_NamesIt()
    {
        var sequence = new StepSequenceTransformer([("robust_scaling", new Opaque())]);
        var graph = new OnnxGraphBuilder("none");
        var columns = new OnnxColumns(graph.Constant("rows", [1L], 1));

        var error = Assert.Throws<OnnxExportException>(() => columns.Apply(sequence, graph, "a."));

        Assert.Equal("step robust_scaling: Opaque has no ONNX form", error.Message);
    }

    [Fact]
    public void Columns_ThatTheGraphDoesNotHave_AreNamed()
    {
        var graph = new OnnxGraphBuilder("none");
        var columns = new OnnxColumns(graph.Constant("rows", [1L], 1));
        columns.Set("x", graph.Constant("x", [1f], 1, 1), 1);

        Assert.Equal("number column y is no input of the model; its number columns are x", Assert.Throws<OnnxExportException>(() => columns.Numbers("y")).Message);
        Assert.Equal("text column host is no input of the model; its text columns are none", Assert.Throws<OnnxExportException>(() => columns.Texts("host")).Message);
    }

    [Fact]
    public void Import_DamagedOrForeignFile_IsRefused()
    {
        var graph = new OnnxGraphBuilder("inner");
        graph.Output("y", graph.Abs(graph.Input("x", OnnxElementType.Single, OnnxDimension.Batch, 2)), OnnxDimension.Batch, 2);
        var bytes = graph.ToModel();
        var outer = new OnnxGraphBuilder("outer");
        var x = outer.Input("x", OnnxElementType.Single, OnnxDimension.Batch, 2);

        Assert.Equal(OnnxElementType.Single, outer.Import(bytes, new Dictionary<string, OnnxValue> { ["x"] = x })["y"].Type);
        Assert.Throws<InvalidDataException>(() => outer.Import(bytes, new Dictionary<string, OnnxValue>()));
        Assert.Throws<InvalidDataException>(() => outer.Import(bytes[..^3], new Dictionary<string, OnnxValue> { ["x"] = x }));
        Assert.Throws<InvalidDataException>(() => outer.Import("no model"u8.ToArray(), new Dictionary<string, OnnxValue> { ["x"] = x }));
    }

    private sealed class Opaque : ITransformer
    {
        public bool IsRowToRowMapper => false;

        public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => inputSchema;

        public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => throw new NotSupportedException();

        public IDataView Transform(IDataView input) => input;

        void ICanSaveModel.Save(ModelSaveContext ctx) => throw new NotSupportedException();
    }
}
