using ClusterML.Data.Views;
using ClusterML.Learning.Mapping;
using ClusterML.Learning.Onnx;
using ClusterML.Learning.Steps;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace ClusterML.Learning.Baselines.Trees;

/// <summary>Adds the mean over the trees of a forest.</summary>
/// <param name="features">Vector columns used as features, side by side.</param>
/// <param name="outputColumn">Column that is written.</param>
/// <param name="medians">Stand-in for a missing value of each feature; NaN where none was missing in training.</param>
/// <param name="targetCount">Number of targets.</param>
/// <param name="trees">The trees.</param>
public sealed class ExtraTreesTransformer(
    IReadOnlyList<string> features, string outputColumn, double[] medians, int targetCount, IReadOnlyList<RegressionTree> trees)
    : ColumnTransformer, IStatefulTransformer, IOnnxExportable
{
    private const string TreesFile = "trees.bin";

    /// <summary>The trees.</summary>
    public IReadOnlyList<RegressionTree> Trees { get; } = trees;

    /// <summary>Makes the transformer again.</summary>
    public static ExtraTreesTransformer FromState(StepState state)
    {
        var written = state.Read<State>();
        using var reader = new BinaryReader(new MemoryStream(state.Blob(TreesFile)));
        var trees = new RegressionTree[written.TreeCount];
        for (var t = 0; t < trees.Length; t++)
        {
            trees[t] = RegressionTree.Read(reader, written.TargetCount);
        }

        return new(written.Features, written.OutputColumn, written.Medians, written.TargetCount, trees);
    }

    /// <inheritdoc/>
    public StepState ToState()
    {
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream))
        {
            foreach (var tree in Trees)
            {
                tree.Write(writer);
            }
        }

        return StepState.Of(
            new State(features, outputColumn, medians, targetCount, Trees.Count),
            new Dictionary<string, byte[]> { [TreesFile] = stream.ToArray() });
    }

    /// <summary>The mean over the trees, [T]; NaN when a feature is missing that no training row missed.</summary>
    public double[] Predict(ReadOnlySpan<double> row)
    {
        var filled = row.ToArray();
        for (var j = 0; j < filled.Length; j++)
        {
            filled[j] = double.IsNaN(filled[j]) ? medians[j] : filled[j];
        }

        var mean = new double[targetCount];
        if (filled.Any(double.IsNaN))
        {
            Array.Fill(mean, double.NaN);
            return mean;
        }

        foreach (var tree in Trees)
        {
            var leaf = tree.Predict(filled);
            for (var t = 0; t < mean.Length; t++)
            {
                mean[t] += leaf[t] / Trees.Count;
            }
        }

        return mean;
    }

    /// <inheritdoc/>
    public void AddTo(OnnxGraphBuilder graph, OnnxColumns columns)
    {
        var raw = columns.Features(graph, features, OnnxElementType.Double);
        var filled = graph.Where(graph.IsNaN(raw), graph.Constant("medians", medians, medians.Length), raw);
        var sum = TreeGraph.Sum(graph, columns.RowCount, filled, [.. Trees.Select(t => t.ToGraph(targetCount))], inclusive: false);
        var mean = graph.Divide(sum, graph.Constant("count", [(double)Trees.Count]));
        var missing = graph.ReduceSum(graph.Cast(graph.IsNaN(filled), OnnxElementType.Single), graph.Constant("missing.axis", [1L], 1));
        var isMissing = graph.Greater(missing, graph.Constant("missing.none", [0f]));
        columns.Set(outputColumn, graph.Where(isMissing, graph.Constant("missing.prediction", [double.NaN]), mean), targetCount);
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<(string Name, DataViewType Type)> OutputColumns(DataViewSchema input)
    {
        FeatureMatrix.RequireSize(input, nameof(ExtraTreesTransformer), features, medians.Length);
        return [(outputColumn, new VectorDataViewType(NumberDataViewType.Double, targetCount))];
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<ValueColumn> Compute(IDataView input) =>
        [ValueColumn.Doubles(outputColumn, targetCount, [.. FeatureMatrix.Read(input, features).Select(row => Predict(row))])];

    private sealed record State(IReadOnlyList<string> Features, string OutputColumn, double[] Medians, int TargetCount, int TreeCount);
}
