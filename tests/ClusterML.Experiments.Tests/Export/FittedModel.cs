using ClusterML.Chemistry.Elements;
using ClusterML.Experiments.Configuration;
using ClusterML.Experiments.Engine;
using ClusterML.Experiments.Export;
using ClusterML.Experiments.Pipelines;
using ClusterML.Experiments.Prediction;
using ClusterML.Experiments.Stages;
using ClusterML.Experiments.Tests.Yaml.Support;
using ClusterML.Learning.Onnx;

namespace ClusterML.Experiments.Tests.Export;

/// <summary>The model folder of a config of the repository, fitted without evaluating anything.</summary>
internal sealed class FittedModel : IDisposable
{
    private readonly TemporaryFolder folder = new();

    /// <param name="config">Name of the config.</param>
    /// <param name="sets">Values to override.</param>
    public FittedModel(string config, params string[] sets)
    {
        var engine = new ExperimentEngine(new EngineOptions { ArtifactsRoot = Path.Combine(folder.Path, "artifacts"), DataRoot = null, Parallelism = 1 });
        var experiment = engine.Load(Path.Combine(Binding.Repository, "configs", $"{config}.yaml"), sets);
        var model = experiment.Models.Single(m => m.IsMain);
        var backbone = experiment.Config.Backbone is PublishedBackboneConfig published ? Path.GetFullPath(published.Path!, experiment.ConfigFolder) : null;
        backbone = model.Pipeline.Steps.Any(s => StepRegistry.Default.Get(s.Type).NeedsBackbone) ? backbone : null;
        var pipeline = PipelineFactory.Create(model.Pipeline, StepRegistry.Default, experiment.Table, experiment.Seeds, model.Name, 0, backbone);
        Folder = Directory.CreateDirectory(Path.Combine(folder.Path, "model")).FullName;
        ModelStages.Fit(experiment, model, pipeline, backbone, "hash", new StageWork(Folder, _ => throw new InvalidOperationException(), (_, _) => { }, CancellationToken.None));
        Service = PredictionService.Load(Folder);
    }

    /// <summary>The model folder.</summary>
    public string Folder { get; }

    /// <summary>The model by the .NET path.</summary>
    public PredictionService Service { get; }

    /// <summary>Bytes of <c>model.onnx</c>.</summary>
    public byte[] Onnx => File.ReadAllBytes(Path.Combine(Folder, ModelExport.OnnxFile));

    /// <summary>[row][target][part] of ONNX Runtime.</summary>
    public double[][][] InOnnx(IReadOnlyList<PredictionInput> rows, int chunk = 256)
    {
        using var session = new OnnxModelSession(Onnx, new OnnxModelSessionOptions { ChunkRows = chunk, Threads = 1 });
        var outputs = session.Run(ModelColumns.Inputs(Service.Manifest, rows));
        return
        [
            .. rows.Select((_, row) => Service.Manifest.Targets.Select(target =>
                ModelColumns.Of(target).Select(name => (double)((float[])outputs[name])[row]).ToArray()).ToArray()),
        ];
    }

    /// <summary>Random pairs of elements, the first one a row of training.</summary>
    public static IReadOnlyList<PredictionInput> Pairs(int count)
    {
        var random = new Random(7);
        var elements = ElementTable.Default.All;
        return
        [
            new() { RowId = "training", Host = "Ti", Dopant = "Zr" },
            .. Enumerable.Range(1, count - 1).Select(i => new PredictionInput
            {
                RowId = FormattableString.Invariant($"r{i}"),
                Host = elements[random.Next(elements.Count)].Symbol,
                Dopant = elements[random.Next(elements.Count)].Symbol,
                HostAtoms = random.Next(1, 55),
                DopantAtoms = random.Next(1, 4),
            }),
        ];
    }

    public void Dispose() => folder.Dispose();
}
