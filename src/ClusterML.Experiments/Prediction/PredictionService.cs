using ClusterML.Chemistry.Elements;
using ClusterML.Data;
using ClusterML.Data.Views;
using ClusterML.Experiments.Configuration;
using ClusterML.Experiments.Pipelines;
using ClusterML.Learning.Conformal;
using Microsoft.ML;

namespace ClusterML.Experiments.Prediction;

/// <summary>A fitted model, loaded from a run folder or its model folder, that predicts rows with intervals.</summary>
public sealed class PredictionService
{
    private readonly ModelPipeline pipeline;
    private readonly IIntervalTransformer head;

    private PredictionService(ModelManifest manifest, ModelPipeline pipeline, IIntervalTransformer head)
    {
        Manifest = manifest;
        this.pipeline = pipeline;
        this.head = head;
    }

    /// <summary>What the model is.</summary>
    public ModelManifest Manifest { get; }

    /// <summary>Loads a model.</summary>
    /// <param name="path">A run folder, or a folder with a manifest.</param>
    /// <exception cref="FileNotFoundException">There is no model.</exception>
    /// <exception cref="VerificationException">A file is not what the manifest says.</exception>
    public static PredictionService Load(string path)
    {
        var inner = Path.Combine(path, "model");
        var folder = Directory.Exists(inner) ? inner : path;
        var manifest = ModelFolder.Verify(folder);
        var registry = StepRegistry.Default;
        var steps = manifest.Steps.Select(step => new StepConfig(step.Type, Options(registry.Get(step.Type), step))).ToList();
        var table = new DataTable(manifest.Experiment, [])
        {
            IsComposition = manifest.IsComposition,
            CategoricalColumns = manifest.CategoricalColumns,
            NumericColumns = manifest.NumericColumns,
            Targets = [.. manifest.Targets.Select(t => new TargetColumn(t.Name, t.Unit))],
        };
        var pipeline = PipelineFactory.Create(
            new PipelineConfig { Steps = steps }, registry, table, new(manifest.Seed), manifest.Model, 0, manifest.BackboneHash is null ? null : folder);
        return new(manifest, pipeline, pipeline.Restore(ModelFolder.ReadHead(folder)));
    }

    /// <summary>Predicts rows given as text.</summary>
    /// <exception cref="DataException">Cells are missing or unusable; all of them are named.</exception>
    public IReadOnlyList<PredictionOutput> Predict(IReadOnlyList<PredictionRow> rows) =>
        Predict(new PredictionInputReader(Manifest).Read(rows));

    /// <summary>Predicts every target of every row, in order.</summary>
    public IReadOnlyList<PredictionOutput> Predict(IReadOnlyList<PredictionInput> inputs)
    {
        if (inputs.Count == 0)
        {
            return [];
        }

        var rows = pipeline.ApplyLeading(View(inputs)).All();
        var predicted = head.Transform(rows);
        var (centre, lower, upper) = (predicted.ReadVectors("prediction"), predicted.ReadVectors("lower"), predicted.ReadVectors("upper"));
        return [.. inputs.SelectMany((input, row) => Manifest.Targets.Select((target, t) => Output(input, target, centre[row][t], lower[row][t], upper[row][t])))];
    }

    private static object Options(StepDefinition step, ManifestStep saved) =>
        System.Text.Json.JsonSerializer.Deserialize(saved.Options, step.OptionsType, ModelManifest.Format)
        ?? throw new VerificationException($"{ModelManifest.FileName}: step {saved.Type} has no options");

    private PredictionOutput Output(PredictionInput input, ManifestTarget target, double centre, double lower, double upper)
    {
        var hostSeen = Saw("host", input.Host);
        var dopantSeen = Saw("dopant", input.Dopant);
        var known = Known(input);
        return new(
            input.RowId,
            input.Host,
            input.Dopant,
            target.Name,
            target.Unit,
            known ? centre : double.NaN,
            known ? lower : double.NaN,
            known ? upper : double.NaN,
            hostSeen,
            dopantSeen,
            known,
            Guarantee(input, hostSeen, dopantSeen, known, double.IsInfinity(upper)))
        {
            Groups = input.Groups,
        };
    }

    private bool Saw(string column, string value) => Manifest.Seen.TryGetValue(column, out var seen) && seen.Contains(value);

    // Elements have descriptors whether or not they were in training; a text of a plain table means nothing to the model before that.
    private bool Known(PredictionInput input) => Manifest.IsComposition
        ? ElementTable.Default.Find(input.Host) is not null && ElementTable.Default.Find(input.Dopant) is not null
        : input.Categories.All(c => Saw(c.Key, c.Value));

    private string Guarantee(PredictionInput input, bool hostSeen, bool dopantSeen, bool known, bool infinite)
    {
        if (!known && Manifest.IsComposition)
        {
            return "no prediction: the element is not in the element table";
        }

        var unseen = Manifest.IsComposition
            ? new[] { (hostSeen, $"host {input.Host}"), (dopantSeen, $"dopant {input.Dopant}") }
            : [.. input.Categories.Select(c => (Saw(c.Key, c.Value), $"{c.Key} {c.Value}"))];
        var names = unseen.Where(u => !u.Item1).Select(u => u.Item2).ToList();
        return names.Count > 0
            ? $"no {(known ? "guarantee" : "prediction")}: {string.Join(" and ", names)} {(names.Count == 1 ? "was" : "were")} not in training"
            : infinite
            ? FormattableString.Invariant($"no finite interval: {Manifest.TrainingRows} training rows are too few at alpha = {Manifest.Alpha}")
            : FormattableString.Invariant($"aims at {100 * (1 - Manifest.Alpha):0.#} % coverage; fast CV+ with a median centre has no finite-sample guarantee");
    }

    private IDataView View(IReadOnlyList<PredictionInput> inputs)
    {
        if (Manifest.IsComposition)
        {
            return CompositionTable.FromRows(inputs.Select(i => new CompositionRow(i.Host, i.Dopant, i.HostAtoms, i.DopantAtoms) { RowId = i.RowId })).ToView();
        }

        var columns = new List<ValueColumn> { ValueColumn.Text("row_id", [.. inputs.Select(i => i.RowId)]) };
        columns.AddRange(Manifest.CategoricalColumns.Select(c => ValueColumn.Text(c, [.. inputs.Select(i => i.Categories.GetValueOrDefault(c, string.Empty))])));
        columns.AddRange(Manifest.NumericColumns.Select(c => ValueColumn.Single(c, [.. inputs.Select(i => i.Numbers.GetValueOrDefault(c, float.NaN))])));
        return new ColumnarView(columns);
    }
}
