namespace ClusterML.Experiments.Yaml.Starters;

/// <summary>Paths that a starter experiment names, as seen from its own folder. The defaults fit a file in <c>configs/</c>.</summary>
public sealed record StarterOptions
{
    /// <summary>The JSON Schema of experiments. Default <c>../schemas/experiment.schema.json</c>.</summary>
    public string SchemaFile { get; init; } = "../schemas/experiment.schema.json";

    /// <summary>The folder of pipelines. Default <c>../pipelines</c>.</summary>
    public string PipelinesFolder { get; init; } = "../pipelines";

    /// <summary>The published backbone. Default <c>../artifacts/backbones/qcd-ft66</c>.</summary>
    public string BackboneFolder { get; init; } = "../artifacts/backbones/qcd-ft66";

    /// <summary>The folder of X12TM calculations. Default <c>../data/x12tm/calculations</c>.</summary>
    public string CalculationsFolder { get; init; } = "../data/x12tm/calculations";

    /// <summary>The folder of tables that are not shipped. Default <c>../../shared/data</c>.</summary>
    public string DataRoot { get; init; } = "../../shared/data";
}
