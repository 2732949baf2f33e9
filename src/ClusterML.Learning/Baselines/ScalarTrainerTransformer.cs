using ClusterML.Data.Views;
using ClusterML.Learning.Baselines.Trees;
using ClusterML.Learning.Mapping;
using ClusterML.Learning.Onnx;
using ClusterML.Learning.Steps;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace ClusterML.Learning.Baselines;

/// <summary>Adds the predictions of one stock ML.NET model per target.</summary>
public sealed class ScalarTrainerTransformer : ColumnTransformer, IStatefulTransformer, IOnnxExportable
{
    private const string FeaturesName = "Features";
    private const string ScoreName = "Score";

    private readonly IReadOnlyList<string> features;
    private readonly string outputColumn;
    private readonly int width;
    private readonly double[] centers;

    internal ScalarTrainerTransformer(IReadOnlyList<string> features, string outputColumn, int width, double[] centers, IReadOnlyList<ITransformer?> models)
    {
        this.features = features;
        this.outputColumn = outputColumn;
        this.width = width;
        this.centers = centers;
        Models = models;
    }

    /// <summary>The stock models, one per target; each scores the target less its training mean. Null: the mean is the prediction.</summary>
    public IReadOnlyList<ITransformer?> Models { get; }

    /// <summary>Makes the transformer again.</summary>
    public static ScalarTrainerTransformer FromState(StepState state)
    {
        var written = state.Read<State>();
        var context = new MLContext();
        var models = written.HasModel.Select((has, t) =>
        {
            if (!has)
            {
                return null;
            }

            using var stream = new MemoryStream(state.Blob(FileName(t)));
            return context.Model.Load(stream, out _);
        }).ToArray();
        return new(written.Features, written.OutputColumn, written.Width, written.Centers, models);
    }

    /// <inheritdoc/>
    public StepState ToState()
    {
        var context = new MLContext();
        var schema = new ColumnarView([ValueColumn.Singles(FeaturesName, width, [])]).Schema;
        var blobs = new Dictionary<string, byte[]>();
        foreach (var (t, model) in Models.Index())
        {
            if (model is not null)
            {
                using var stream = new MemoryStream();
                context.Model.Save(model, schema, stream);
                blobs.Add(FileName(t), stream.ToArray());
            }
        }

        return StepState.Of(new State(features, outputColumn, width, centers, [.. Models.Select(m => m is not null)]), blobs);
    }

    /// <summary>The features of all rows as one single-precision vector column under the name that trainers expect.</summary>
    internal static ValueColumn FeatureColumn(IDataView input, IReadOnlyList<string> features)
    {
        var size = features.Sum(c => ((VectorDataViewType)input.Schema[c].Type).Size);
        return ValueColumn.Singles(FeaturesName, size, [.. FeatureMatrix.Read(input, features).Select(row => row.Select(v => (float)v).ToArray())]);
    }

    /// <inheritdoc/>
    /// <remarks>Sums of trees have an ONNX form; scores are rounded to single precision, as ML.NET rounds them.</remarks>
    public void AddTo(OnnxGraphBuilder graph, OnnxColumns columns)
    {
        var x = graph.As(columns.Features(graph, features, OnnxElementType.Single), OnnxElementType.Double);
        OnnxValue[] scores = [.. Models.Select((model, t) =>
        {
            using var scope = graph.Scope(FormattableString.Invariant($"target{t}."));
            if (model is null)
            {
                return graph.Expand(graph.Constant("score", [0.0], 1, 1), graph.Concat(0, columns.RowCount, graph.Constant("width", [1L], 1)));
            }

            var (trees, constant) = StockTrees.Of(model);
            var sum = graph.Add(TreeGraph.Sum(graph, columns.RowCount, x, trees, inclusive: true), graph.Constant("bias", [constant]));
            return graph.Cast(graph.Cast(sum, OnnxElementType.Single), OnnxElementType.Double);
        })];
        columns.Set(outputColumn, graph.Add(graph.Concat(1, scores), graph.Constant("centers", centers, centers.Length)), centers.Length);
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<(string Name, DataViewType Type)> OutputColumns(DataViewSchema input)
    {
        FeatureMatrix.RequireSize(input, nameof(ScalarTrainerTransformer), features, width);
        return [(outputColumn, new VectorDataViewType(NumberDataViewType.Double, centers.Length))];
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<ValueColumn> Compute(IDataView input)
    {
        var column = FeatureColumn(input, features);
        var rows = column.RowCount;
        var view = new ColumnarView([column]);
        var scores = Models.Select(m => m?.Transform(view).ReadNumbers(ScoreName) ?? new double[rows]).ToArray();
        return
        [
            ValueColumn.Doubles(
                outputColumn,
                centers.Length,
                [.. Enumerable.Range(0, rows).Select(i => scores.Select((s, t) => s[i] + centers[t]).ToArray())]),
        ];
    }

    private static string FileName(int target) => FormattableString.Invariant($"target{target}.zip");

    private sealed record State(IReadOnlyList<string> Features, string OutputColumn, int Width, double[] Centers, bool[] HasModel);
}
