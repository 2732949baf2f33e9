using System.Globalization;
using System.Text.Json.Nodes;
using ClusterML.Learning.Onnx;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace ClusterML.Learning.Steps;

/// <summary>Fitted steps applied in order.</summary>
/// <remarks>
/// The sequence owns its steps: disposing it disposes those that hold more than memory, such as an embedding's ONNX session.
/// Views that it made cannot be computed after that.
/// </remarks>
/// <param name="steps">Registered type and transformer of each step, in order.</param>
public sealed class StepSequenceTransformer(IReadOnlyList<(string Type, ITransformer Transformer)> steps) : IStatefulTransformer, IOnnxExportable, IDisposable
{
    /// <summary>The fitted steps, in order.</summary>
    public IReadOnlyList<(string Type, ITransformer Transformer)> Steps { get; } = steps;

    /// <inheritdoc/>
    public bool IsRowToRowMapper => false;

    /// <summary>Makes the sequence again; <paramref name="restore"/> makes one step from its registered type and its state.</summary>
    public static StepSequenceTransformer FromState(StepState state, Func<string, StepState, ITransformer> restore)
    {
        var steps = state.Json["steps"]?.AsArray() ?? throw new InvalidDataException("the state of a sequence lacks its steps");
        return new([.. steps.Select((step, i) =>
        {
            var type = (string?)step!["type"] ?? throw new InvalidDataException($"step {i} has no type");
            return (type, restore(type, NestedState.Take(state, step["state"]!.AsObject(), Prefix(i))));
        })]);
    }

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">A step has no state of its own.</exception>
    public StepState ToState()
    {
        var blobs = new Dictionary<string, byte[]>();
        var written = new JsonArray();
        for (var i = 0; i < Steps.Count; i++)
        {
            var state = NestedState.Put(Steps[i].Transformer, blobs, Prefix(i));
            written.Add(new JsonObject { ["type"] = Steps[i].Type, ["state"] = state });
        }

        return new(new JsonObject { ["steps"] = written }, blobs);
    }

    /// <inheritdoc/>
    /// <exception cref="OnnxExportException">A step has no ONNX form; the message names its type.</exception>
    public void AddTo(OnnxGraphBuilder graph, OnnxColumns columns)
    {
        foreach (var (i, (type, transformer)) in Steps.Index())
        {
            try
            {
                columns.Apply(transformer, graph, Prefix(i));
            }
            catch (OnnxExportException e) when (!e.NamesStep)
            {
                throw new OnnxExportException($"step {type}: {e.Message}") { NamesStep = true };
            }
        }
    }

    /// <summary>Disposes the steps that can be disposed.</summary>
    public void Dispose()
    {
        foreach (var (_, transformer) in Steps)
        {
            (transformer as IDisposable)?.Dispose();
        }
    }

    /// <inheritdoc/>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) =>
        Steps.Aggregate(inputSchema, (schema, step) => step.Transformer.GetOutputSchema(schema));

    /// <inheritdoc/>
    public IDataView Transform(IDataView input) =>
        Steps.Aggregate(input, (view, step) => step.Transformer.Transform(view));

    /// <inheritdoc/>
    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) =>
        throw new InvalidOperationException($"a sequence computes whole columns; check {nameof(IsRowToRowMapper)} first");

    void ICanSaveModel.Save(ModelSaveContext ctx) =>
        throw new NotSupportedException("a sequence of steps cannot be saved into an ML.NET zip from outside ML.NET; export it to ONNX instead");

    private static string Prefix(int step) => string.Create(CultureInfo.InvariantCulture, $"step{step}.");
}
