using ClusterML.Chemistry.Elements;
using ClusterML.Data;
using ClusterML.Data.Views;
using ClusterML.Experiments.Configuration;
using ClusterML.Experiments.Export;
using ClusterML.Experiments.Pipelines;
using ClusterML.Experiments.Runs;
using ClusterML.Learning.Conformal;
using Microsoft.ML;

namespace ClusterML.Experiments.Prediction;

/// <summary>A fitted model, loaded from a run folder or its model folder, that predicts rows with intervals.</summary>
public sealed class PredictionService
{
    private readonly ModelPipeline pipeline;
    private readonly IIntervalTransformer head;

    internal PredictionService(ModelManifest manifest, ModelPipeline pipeline, IIntervalTransformer head)
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
        var folder = FolderOf(path);
        ModelFolder.Verify(folder);
        return Read(folder);
    }

    /// <summary>The model folder of a run folder, or the folder itself.</summary>
    internal static string FolderOf(string path) => Path.Combine(path, "model") is var inner && Directory.Exists(inner) ? inner : path;

    /// <summary>Loads a model whose files were checked, or are to be tried as they are.</summary>
    internal static PredictionService Read(string folder)
    {
        var (manifest, _) = ModelFolder.Compare(folder);
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

        var predicted = head.Transform(pipeline.ApplyLeading(View(inputs)).All());
        var values = Values(inputs, predicted);
        var alphas = head.Alphas;
        var further = Enumerable.Range(1, alphas.Count - 1).Select(a => (
            Alpha: alphas[a], Lower: predicted.ReadVectors(IntervalColumns.Lower(alphas, a)), Upper: predicted.ReadVectors(IntervalColumns.Upper(alphas, a)))).ToList();
        var decisions = DecisionRecord.Read(predicted);
        var groups = predicted.Schema.GetColumnOrNull(IntervalColumns.Group) is null ? null : predicted.ReadTexts(IntervalColumns.Group);
        return
        [
            .. inputs.SelectMany((input, row) => Manifest.Targets.Select((target, t) => Output(input, target, values[row][t], Group(groups?[row], t)) with
            {
                Further = [.. further.Select(f => Known(input) ? new FurtherBounds(f.Alpha, f.Lower[row][t], f.Upper[row][t]) : new(f.Alpha, double.NaN, double.NaN))],
                Decision = decisions.Count > 0 && Known(input) ? decisions[row] : null,
            })),
        ];
    }

    /// <summary>The model in the forms that other programs load.</summary>
    internal ModelExport Export()
    {
        // What comes first learns nothing from rows, but wants their columns.
        var row = new PredictionInput { RowId = "row", Host = "Ti", Dopant = "Fe" };
        using var leading = pipeline.FitLeading(View([row]));
        return ModelExport.Of(Manifest, leading, head);
    }

    /// <summary>These rows with their predictions.</summary>
    internal GoldenBatch Golden(IReadOnlyList<PredictionInput> rows) => new() { Rows = rows, Outputs = Compute(rows) };

    /// <summary>[row][target][centre, lower, upper].</summary>
    internal double[][][] Compute(IReadOnlyList<PredictionInput> inputs) => Values(inputs, head.Transform(pipeline.ApplyLeading(View(inputs)).All()));

    private double[][][] Values(IReadOnlyList<PredictionInput> inputs, IDataView predicted)
    {
        var parts = new[] { "prediction", "lower", "upper" }.Select(name => predicted.ReadVectors(name)).ToArray();
        return [.. inputs.Select((input, row) => Manifest.Targets.Select((_, t) => parts.Select(part => Known(input) ? part[row][t] : double.NaN).ToArray()).ToArray())];
    }

    private static object Options(StepDefinition step, ManifestStep saved) =>
        System.Text.Json.JsonSerializer.Deserialize(saved.Options, step.OptionsType, ModelManifest.Format)
        ?? throw new VerificationException($"{ModelManifest.FileName}: step {saved.Type} has no options");

    private PredictionOutput Output(PredictionInput input, ManifestTarget target, double[] values, string group)
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
            values[0],
            values[1],
            values[2],
            hostSeen,
            dopantSeen,
            known,
            Guarantee(input, hostSeen, dopantSeen, known, double.IsInfinity(values[2]), group))
        {
            Groups = input.Groups,
        };
    }

    private bool Saw(string column, string value) => Manifest.Seen.TryGetValue(column, out var seen) && seen.Contains(value);

    // Elements have descriptors whether or not they were in training; a text of a plain table means nothing to the model before that.
    private bool Known(PredictionInput input) => Manifest.IsComposition
        ? ElementTable.Default.Find(input.Host) is not null && ElementTable.Default.Find(input.Dopant) is not null
        : Manifest.CategoricalColumns.All(c => Saw(c, input.Categories.GetValueOrDefault(c, string.Empty)));

    /// <summary>The group of one target, from the names of all of them.</summary>
    private string Group(string? names, int target) =>
        names?.Split('|') is { } each && each.Length == Manifest.Targets.Count ? each[target] : names ?? string.Empty;

    private string Guarantee(PredictionInput input, bool hostSeen, bool dopantSeen, bool known, bool infinite, string group)
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
            : IntervalColumns.PolicyOf(group) is { } policy
            ? $"{(infinite ? "no finite interval" : "no guarantee")}: {policy}"
            : infinite
            ? FormattableString.Invariant($"no finite interval: {Manifest.TrainingRows} training rows are too few at alpha = {Manifest.Alpha}")
            : Promise();
    }

    /// <summary>The weakest promise of the model's groups at its first miscoverage.</summary>
    private string Promise()
    {
        var weakest = head.Guarantees.Where(g => g.Alpha == head.Alphas[0]).OrderBy(g => g.Bound ?? -1).First();
        return weakest.Method == IntervalMethod.FastCvPlus
            ? FormattableString.Invariant($"aims at {100 * (1 - Manifest.Alpha):0.#} % coverage; fast CV+ with a median centre has no finite-sample guarantee")
            : weakest.Statement;
    }

    private IDataView View(IReadOnlyList<PredictionInput> inputs)
    {
        if (Manifest.IsComposition)
        {
            return CompositionTable.FromRows(inputs.Select(i => new CompositionRow(i.Host, i.Dopant, i.HostAtoms, i.DopantAtoms) { RowId = i.RowId })).ToView();
        }

        var columns = new List<ValueColumn> { ValueColumn.Text("row_id", [.. inputs.Select(i => i.RowId)]) };
        columns.AddRange(Manifest.CategoricalColumns.Select(c => ValueColumn.Text(c, [.. inputs.Select(i => i.Categories.GetValueOrDefault(c, string.Empty))])));
        columns.AddRange(Manifest.GroupColumns.Except(Manifest.NumericColumns).Select(c => ValueColumn.Text(c, [.. inputs.Select(i => i.Groups.GetValueOrDefault(c, string.Empty))])));
        columns.AddRange(Manifest.NumericColumns.Select(c => ValueColumn.Single(c, [.. inputs.Select(i => i.Numbers.GetValueOrDefault(c, float.NaN))])));
        return new ColumnarView(columns);
    }
}
