using System.Text.Json.Nodes;
using ClusterML.Data.Views;
using ClusterML.Learning.Mapping;
using ClusterML.Learning.Onnx;
using ClusterML.Learning.Steps;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace ClusterML.Learning.Selection;

/// <summary>Adds the prediction of the chosen candidate, or the weighted mean of several.</summary>
/// <param name="outputColumn">Column that is written.</param>
/// <param name="members">The candidates that predict, fitted on all training rows.</param>
/// <param name="weights">[T][member].</param>
/// <param name="innerErrors">Mean |error| of every candidate on rows left out inside the training rows, by name.</param>
public sealed class NestedSelectionTransformer(
    string outputColumn, IReadOnlyList<(string Name, StepSequenceTransformer Fitted)> members, double[][] weights, IReadOnlyDictionary<string, double> innerErrors)
    : ColumnTransformer, IStatefulTransformer, IOnnxExportable, IDisposable
{
    /// <summary>The candidates that predict.</summary>
    public IReadOnlyList<(string Name, StepSequenceTransformer Fitted)> Members { get; } = members;

    /// <summary>[T][member]: not negative, of sum 1.</summary>
    public IReadOnlyList<double[]> Weights { get; } = weights;

    /// <summary>Mean |error| of every candidate on rows left out inside the training rows, by name.</summary>
    public IReadOnlyDictionary<string, double> InnerErrors { get; } = innerErrors;

    /// <summary>Makes the transformer again; <paramref name="restore"/> makes one member's sequence.</summary>
    public static NestedSelectionTransformer FromState(StepState state, Func<StepState, StepSequenceTransformer> restore)
    {
        var written = state.Read<State>();
        return new(
            written.OutputColumn,
            [.. written.Names.Select((name, i) => (name, restore(NestedState.Take(state, written.Members[i], Prefix(i)))))],
            written.Weights,
            written.InnerErrors);
    }

    /// <inheritdoc/>
    public StepState ToState()
    {
        var blobs = new Dictionary<string, byte[]>();
        JsonObject[] written = [.. Members.Select((m, i) => NestedState.Put(m.Fitted, blobs, Prefix(i)))];
        return StepState.Of(new State(outputColumn, [.. Members.Select(m => m.Name)], written, [.. Weights], InnerErrors), blobs);
    }

    /// <inheritdoc/>
    public void AddTo(OnnxGraphBuilder graph, OnnxColumns columns)
    {
        OnnxValue? sum = null;
        foreach (var (i, (_, fitted)) in Members.Index())
        {
            using var scope = graph.Scope(FormattableString.Invariant($"member{i}"));
            var own = new OnnxColumns(columns);
            fitted.AddTo(graph, own);

            // A member without weight has no say even where it predicts NaN, and 0 times NaN is NaN.
            var weight = graph.Constant("weight", [.. Weights.Select(w => w[i])], 1, Weights.Count);
            var none = graph.Constant("none", [0.0], 1);
            var share = graph.Where(graph.Greater(weight, none), graph.Multiply(own.Numbers(outputColumn), weight), none);
            sum = sum is null ? share : graph.Add(sum, share);
        }

        columns.Set(outputColumn, sum!, Weights.Count);
    }

    /// <summary>Disposes the members.</summary>
    public void Dispose()
    {
        foreach (var (_, fitted) in Members)
        {
            fitted.Dispose();
        }
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<(string Name, DataViewType Type)> OutputColumns(DataViewSchema input)
    {
        foreach (var (_, fitted) in Members)
        {
            fitted.GetOutputSchema(input);
        }

        return [(outputColumn, new VectorDataViewType(NumberDataViewType.Double, Weights.Count))];
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<ValueColumn> Compute(IDataView input)
    {
        var predictions = Members.Select(m => m.Fitted.Transform(input).ReadVectors(outputColumn)).ToArray();
        return
        [
            ValueColumn.Doubles(
                outputColumn,
                Weights.Count,
                [.. predictions[0].Select((_, row) => Weights.Select((w, t) => w.Index().Where(m => m.Item > 0).Sum(m => m.Item * predictions[m.Index][row][t])).ToArray())]),
        ];
    }

    private static string Prefix(int member) => FormattableString.Invariant($"member{member}.");

    private sealed record State(string OutputColumn, string[] Names, JsonObject[] Members, double[][] Weights, IReadOnlyDictionary<string, double> InnerErrors);
}
