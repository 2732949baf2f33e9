using System.Text.Json.Nodes;
using ClusterML.Data.Views;
using ClusterML.Learning.Kernels;
using ClusterML.Learning.Mapping;
using ClusterML.Learning.Onnx;
using ClusterML.Learning.Steps;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace ClusterML.Learning.Selection;

/// <summary>Adds the mean of an ensemble's members and their standard deviation (divisor: members less one).</summary>
/// <param name="outputColumn">Column that is written, and that every member writes.</param>
/// <param name="targetCount">Number of targets.</param>
/// <param name="members">The fitted members; at least two.</param>
public sealed class BaggingTransformer(string outputColumn, int targetCount, IReadOnlyList<StepSequenceTransformer> members)
    : ColumnTransformer, IStatefulTransformer, IOnnxExportable, IDisposable
{
    /// <summary>The fitted members.</summary>
    public IReadOnlyList<StepSequenceTransformer> Members { get; } = members;

    private string DeviationColumn => outputColumn + KernelTransformer.DeviationSuffix;

    /// <summary>Makes the transformer again; <paramref name="restore"/> makes one member's sequence.</summary>
    public static BaggingTransformer FromState(StepState state, Func<StepState, StepSequenceTransformer> restore)
    {
        var written = state.Read<State>();
        return new(written.OutputColumn, written.TargetCount, [.. written.Members.Select((json, i) => restore(NestedState.Take(state, json, Prefix(i))))]);
    }

    /// <inheritdoc/>
    public StepState ToState()
    {
        var blobs = new Dictionary<string, byte[]>();
        JsonObject[] written = [.. Members.Select((m, i) => NestedState.Put(m, blobs, Prefix(i)))];
        return StepState.Of(new State(outputColumn, targetCount, written), blobs);
    }

    /// <inheritdoc/>
    public void AddTo(OnnxGraphBuilder graph, OnnxColumns columns)
    {
        OnnxValue[] predictions = [.. Members.Select((member, i) =>
        {
            // A member sees what was there before the ensemble, not what another member wrote.
            var own = new OnnxColumns(columns);
            own.Apply(member, graph, Prefix(i));
            return own.Numbers(outputColumn);
        })];
        var mean = graph.Divide(predictions.Aggregate(graph.Add), graph.Constant("members", [(double)predictions.Length]));
        var squares = predictions.Select(p =>
        {
            var difference = graph.Subtract(p, mean);
            return graph.Multiply(difference, difference);
        }).Aggregate(graph.Add);
        columns.Set(outputColumn, mean, targetCount);
        columns.Set(DeviationColumn, graph.Sqrt(graph.Divide(squares, graph.Constant("divisor", [predictions.Length - 1.0]))), targetCount);
    }

    /// <summary>Disposes the members.</summary>
    public void Dispose()
    {
        foreach (var member in Members)
        {
            member.Dispose();
        }
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<(string Name, DataViewType Type)> OutputColumns(DataViewSchema input)
    {
        foreach (var member in Members)
        {
            member.GetOutputSchema(input);
        }

        var type = new VectorDataViewType(NumberDataViewType.Double, targetCount);
        return [(outputColumn, type), (DeviationColumn, type)];
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<ValueColumn> Compute(IDataView input)
    {
        var predictions = Members.Select(m => m.Transform(input).ReadVectors(outputColumn)).ToArray();
        var (means, deviations) = (new double[predictions[0].Length][], new double[predictions[0].Length][]);
        for (var row = 0; row < means.Length; row++)
        {
            means[row] = [.. Enumerable.Range(0, targetCount).Select(t => predictions.Sum(p => p[row][t]) / predictions.Length)];
            deviations[row] = [.. means[row].Select((mean, t) => Math.Sqrt(predictions.Sum(p => (p[row][t] - mean) * (p[row][t] - mean)) / (predictions.Length - 1)))];
        }

        return [ValueColumn.Doubles(outputColumn, targetCount, means), ValueColumn.Doubles(DeviationColumn, targetCount, deviations)];
    }

    private static string Prefix(int member) => FormattableString.Invariant($"member{member}.");

    private sealed record State(string OutputColumn, int TargetCount, JsonObject[] Members);
}
