using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using ClusterML.Chemistry.Elements;
using ClusterML.Experiments.Prediction;
using ClusterML.Learning.Onnx;
using Microsoft.ML;

namespace ClusterML.Experiments.Export;

/// <summary>The whole way from a table's columns to predictions and interval bounds as one ONNX graph.</summary>
/// <remarks>
/// Inputs: one column [batch] each. A composition has <c>host_z</c>, <c>dopant_z</c> (int64) and <c>n_atoms_1</c>, <c>n_atoms_2</c>
/// (float); a plain table its categorical columns (string) and its numeric columns (float, missing is NaN). Outputs: for each target
/// <c>T</c>, <c>T_lower</c>, <c>T_upper</c> (float, [batch], in the target's unit), <c>embedding</c> (float, [batch, E]) where the pipeline
/// has one for all folds, and <c>known</c> (int64, [batch]). Numbers are NaN where <c>known</c> is 0, and where an atom count is no positive number.
/// </remarks>
internal sealed class ModelGraph
{
    private readonly OnnxGraphBuilder graph;
    private readonly ModelManifest manifest;
    private readonly OnnxValue column;
    private readonly OnnxValue vector;

    private ModelGraph(ModelManifest manifest)
    {
        this.manifest = manifest;
        graph = new(manifest.Model)
        {
            Documentation = $"{manifest.Experiment}: {string.Join(", ", manifest.Targets.Select(t => $"{t.Name} in {t.Unit}"))}",
        };

        // The inputs first: no constant can then take their names.
        Inputs = Declare();
        column = graph.Constant("column", [-1L, 1L], 2);
        vector = graph.Constant("vector", [-1L], 1);
    }

    private IReadOnlyDictionary<string, OnnxValue> Inputs { get; }

    /// <summary>The graph as bytes.</summary>
    /// <param name="manifest">What the model is.</param>
    /// <param name="leading">Steps before the intervals; null for none.</param>
    /// <param name="head">Writes <c>prediction</c>, <c>lower</c> and <c>upper</c>.</param>
    /// <exception cref="OnnxExportException">The model has no ONNX form; the message is the reason.</exception>
    public static byte[] Build(ModelManifest manifest, ITransformer? leading, ITransformer head)
    {
        if (ModelColumns.Names(manifest).GroupBy(n => n, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { Key: var twice })
        {
            throw new OnnxExportException($"the name {twice} would stand for two inputs or outputs; rename a column of the table");
        }

        return new ModelGraph(manifest).Build(leading, head);
    }

    private byte[] Build(ITransformer? leading, ITransformer head)
    {
        var columns = new OnnxColumns(graph.RowCount(Inputs.First().Value));
        var known = manifest.IsComposition ? Composition(columns) : Table(columns);
        var usable = manifest.IsComposition ? graph.And(known, graph.And(IsCount(columns, ModelColumns.HostAtoms), IsCount(columns, ModelColumns.DopantAtoms))) : known;
        if (leading is not null)
        {
            columns.Apply(leading, graph, "features.");
        }

        columns.Apply(head, graph, "head.");
        var nothing = graph.Constant("nothing", [float.NaN]);
        OnnxValue Usable(string name) => graph.Where(usable, graph.As(columns.Numbers(name), OnnxElementType.Single), nothing);
        OnnxValue[] parts = [Usable("prediction"), Usable("lower"), Usable("upper")];
        foreach (var (t, target) in manifest.Targets.Index())
        {
            var position = graph.Constant(FormattableString.Invariant($"target{t}"), [(long)t]);
            foreach (var (name, part) in ModelColumns.Of(target).Zip(parts))
            {
                graph.Output(name, graph.Gather(part, position, axis: 1), OnnxDimension.Batch);
            }
        }

        if (columns.HasNumbers(ModelColumns.Embedding))
        {
            graph.Output(ModelColumns.Embedding, Usable(ModelColumns.Embedding), OnnxDimension.Batch, columns.Width(ModelColumns.Embedding));
        }

        graph.Output(ModelColumns.Known, graph.Reshape(graph.Cast(known, OnnxElementType.Int64), vector), OnnxDimension.Batch);
        Describe();
        return graph.ToModel();
    }

    private Dictionary<string, OnnxValue> Declare() => manifest.IsComposition
        ? new()
        {
            [ModelColumns.Host] = graph.Input(ModelColumns.Host, OnnxElementType.Int64, OnnxDimension.Batch),
            [ModelColumns.Dopant] = graph.Input(ModelColumns.Dopant, OnnxElementType.Int64, OnnxDimension.Batch),
            [ModelColumns.HostAtoms] = graph.Input(ModelColumns.HostAtoms, OnnxElementType.Single, OnnxDimension.Batch),
            [ModelColumns.DopantAtoms] = graph.Input(ModelColumns.DopantAtoms, OnnxElementType.Single, OnnxDimension.Batch),
        }
        : new(
        [
            .. manifest.CategoricalColumns.Select(c => KeyValuePair.Create(c, graph.Input(c, OnnxElementType.String, OnnxDimension.Batch))),
            .. manifest.NumericColumns.Select(c => KeyValuePair.Create(c, graph.Input(c, OnnxElementType.Single, OnnxDimension.Batch))),
        ]);

    /// <summary>Sets host, dopant and counts; whether both are elements, [batch, 1].</summary>
    private OnnxValue Composition(OnnxColumns columns)
    {
        (string Symbol, long Number)[] elements = [.. ElementTable.Default.All.Select(e => (e.Symbol, (long)e.AtomicNumber))];
        string[] symbols = [.. elements.Select(e => e.Symbol)];
        foreach (var name in new[] { ModelColumns.HostAtoms, ModelColumns.DopantAtoms })
        {
            columns.Set(name, Column(name), 1);
        }

        OnnxValue Known(string name, string input)
        {
            var texts = OnnxTexts.Coded(Column(input), elements);
            columns.Set(name, texts);
            return IsAmong(texts, input, symbols);
        }

        return graph.And(Known("host", ModelColumns.Host), Known("dopant", ModelColumns.Dopant));
    }

    /// <summary>Sets the columns of a plain table; whether training held all categories of the row, [batch, 1].</summary>
    private OnnxValue Table(OnnxColumns columns)
    {
        foreach (var name in manifest.NumericColumns)
        {
            columns.Set(name, Column(name), 1);
        }

        OnnxValue? known = null;
        foreach (var (i, name) in manifest.CategoricalColumns.Index())
        {
            var texts = OnnxTexts.Of(Column(name));
            columns.Set(name, texts);
            var seen = IsAmong(texts, FormattableString.Invariant($"categorical{i}"), manifest.Seen.GetValueOrDefault(name, []));
            known = known is null ? seen : graph.And(known, seen);
        }

        return known ?? graph.Expand(
            graph.Cast(graph.Constant("known.all", [1L], 1, 1), OnnxElementType.Boolean),
            graph.Concat(0, columns.RowCount, graph.Constant("known.width", [1L], 1)));
    }

    private OnnxValue Column(string input) => graph.Reshape(Inputs[input], column);

    private OnnxValue IsAmong(OnnxTexts texts, string name, IReadOnlyList<string> values) =>
        graph.Less(texts.IndexIn(graph, $"known.{name}", values), graph.Constant($"known.{name}.count", [(long)values.Count]));

    private OnnxValue IsCount(OnnxColumns columns, string name) => graph.And(
        graph.Greater(columns.Numbers(name), graph.Constant($"{name}.none", [0f])),
        graph.Less(columns.Numbers(name), graph.Constant($"{name}.infinite", [float.PositiveInfinity])));

    private void Describe()
    {
        var relaxed = new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        string Json<T>(T value) => JsonSerializer.Serialize(value, relaxed);
        graph.AddMetadata("schema", "clusterml/onnx@1");
        graph.AddMetadata("version", typeof(ModelGraph).Assembly.GetName().Version?.ToString(3) ?? string.Empty);
        graph.AddMetadata("experiment", manifest.Experiment);
        graph.AddMetadata("model", manifest.Model);
        graph.AddMetadata("config_hash", manifest.ConfigHash);
        graph.AddMetadata("data_hash", manifest.DataHash);
        graph.AddMetadata("backbone_hash", manifest.BackboneHash ?? string.Empty);
        graph.AddMetadata("training_rows", manifest.TrainingRows.ToString(CultureInfo.InvariantCulture));
        graph.AddMetadata("seed", manifest.Seed.ToString(CultureInfo.InvariantCulture));
        graph.AddMetadata("alpha", manifest.Alpha.ToString("R", CultureInfo.InvariantCulture));
        graph.AddMetadata("targets", Json(manifest.Targets.Select(t => t.Name)));
        graph.AddMetadata("units", Json(manifest.Targets.ToDictionary(t => t.Name, t => t.Unit)));
        graph.AddMetadata("seen", Json(manifest.Seen));
        if (manifest.IsComposition)
        {
            graph.AddMetadata("elements", Json(ElementTable.Default.All.Select(e => e.Symbol)));
        }
    }
}
