using System.Text.Json.Nodes;
using ClusterML.Data.Views;
using ClusterML.Learning.Onnx;
using ClusterML.Learning.Steps;
using Microsoft.ML;

namespace ClusterML.Learning.Conformal;

/// <summary>The models of a conformal method: those that left rows out, and the one that gives the centre.</summary>
internal abstract class LeftOutModels : IDisposable
{
    /// <summary>The model that gives the centre.</summary>
    internal abstract ITransformer Whole { get; }

    /// <summary>[models][m][T]: predictions of each model that left rows out.</summary>
    internal abstract double[][][] Predict(IDataView rows);

    /// <summary>[models][m][T]: standard deviations that the models give; null where they give none.</summary>
    internal abstract double[][][]? Deviations(IDataView rows);

    /// <summary>The centre [batch, T], each model's prediction [batch, T, models], and standard deviations likewise where models give them.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="columns">The columns that the models read.</param>
    internal abstract (OnnxValue Centre, OnnxValue ByModel, OnnxValue? Deviations) AddTo(OnnxGraphBuilder graph, OnnxColumns columns);

    /// <inheritdoc/>
    public abstract void Dispose();

    /// <summary>Writes the models into a state.</summary>
    internal abstract void Put(JsonObject json, Dictionary<string, byte[]> blobs);

    /// <summary>[m][T]: the centre.</summary>
    internal double[][] Centre(IDataView rows) => Whole.Transform(rows).ReadVectors(IntervalColumns.Prediction);

    /// <summary>Makes the models again.</summary>
    internal static LeftOutModels Take(StepState state, Func<StepState, ITransformer> restore, Func<StepState, ILeaveOneOutTransformer> restoreClosedForm)
    {
        JsonObject Part(JsonNode? node) => node?.AsObject() ?? throw new InvalidDataException("the state lacks a model");
        if (state.Json["closed_form"] is { } closed)
        {
            return new ClosedFormModels(restoreClosedForm(NestedState.Take(state, closed.AsObject(), "closed.")));
        }

        var models = state.Json["models"]?.AsArray() ?? throw new InvalidDataException("the state lacks its models");
        var restored = models.Select((m, k) => restore(NestedState.Take(state, Part(m), Prefix(k)))).ToArray();
        var whole = state.Json["whole"] is { } written ? restore(NestedState.Take(state, Part(written), "whole.")) : null;
        return new RefittedModels(restored, whole);
    }

    private static string Prefix(int model) => FormattableString.Invariant($"model{model}.");

    /// <summary>A model fitted for each fold.</summary>
    internal sealed class RefittedModels(IReadOnlyList<ITransformer> models, ITransformer? whole) : LeftOutModels
    {
        internal override ITransformer Whole => whole ?? models[0];

        internal override double[][][] Predict(IDataView rows) => [.. models.Select(m => m.Transform(rows).ReadVectors(IntervalColumns.Prediction))];

        internal override double[][][]? Deviations(IDataView rows)
        {
            var transformed = models.Select(m => m.Transform(rows)).ToList();
            return transformed.TrueForAll(t => t.Schema.GetColumnOrNull(DeviationColumn) is not null)
                ? [.. transformed.Select(t => t.ReadVectors(DeviationColumn))]
                : null;
        }

        internal override (OnnxValue Centre, OnnxValue ByModel, OnnxValue? Deviations) AddTo(OnnxGraphBuilder graph, OnnxColumns columns)
        {
            OnnxColumns Apply(ITransformer model, string scope)
            {
                var inner = new OnnxColumns(columns);
                inner.Apply(model, graph, scope);
                return inner;
            }

            var outputs = models.Select((m, k) => Apply(m, Prefix(k))).ToList();
            var centre = whole is null ? outputs[0] : Apply(whole, "whole.");
            var shape = graph.Constant("models.shape", [0L, centre.Width(IntervalColumns.Prediction), 1], 3);
            OnnxValue All(string column) =>
                graph.Concat(2, [.. outputs.Select(o => graph.Reshape(graph.As(o.Numbers(column), OnnxElementType.Double), shape))]);
            return (
                graph.As(centre.Numbers(IntervalColumns.Prediction), OnnxElementType.Double),
                All(IntervalColumns.Prediction),
                outputs.TrueForAll(o => o.HasNumbers(DeviationColumn)) ? All(DeviationColumn) : null);
        }

        public override void Dispose()
        {
            foreach (var model in models.Append(whole))
            {
                (model as IDisposable)?.Dispose();
            }
        }

        internal override void Put(JsonObject json, Dictionary<string, byte[]> blobs)
        {
            json["models"] = new JsonArray([.. models.Select((m, k) => (JsonNode)NestedState.Put(m, blobs, Prefix(k)))]);
            if (whole is not null)
            {
                json["whole"] = NestedState.Put(whole, blobs, "whole.");
            }
        }
    }

    /// <summary>One fit that knows its leave-one-out predictions.</summary>
    internal sealed class ClosedFormModels(ILeaveOneOutTransformer model) : LeftOutModels
    {
        internal override ITransformer Whole => model;

        internal override double[][][] Predict(IDataView rows) => model.LeaveOneOutPredictions(rows);

        internal override double[][][]? Deviations(IDataView rows) => null;

        internal override (OnnxValue Centre, OnnxValue ByModel, OnnxValue? Deviations) AddTo(OnnxGraphBuilder graph, OnnxColumns columns)
        {
            if (model is not ILeaveOneOutGraph leftOut)
            {
                throw new OnnxExportException($"{model.GetType().Name} without one of its rows has no ONNX form");
            }

            var inner = new OnnxColumns(columns);
            using (graph.Scope("closed."))
            {
                var byModel = leftOut.AddLeftOut(graph, inner);
                return (inner.Numbers(IntervalColumns.Prediction), byModel, null);
            }
        }

        public override void Dispose() => (model as IDisposable)?.Dispose();

        internal override void Put(JsonObject json, Dictionary<string, byte[]> blobs) => json["closed_form"] = NestedState.Put(model, blobs, "closed.");
    }

    /// <summary>Column of a model's own standard deviations.</summary>
    internal const string DeviationColumn = "prediction_sd";
}
