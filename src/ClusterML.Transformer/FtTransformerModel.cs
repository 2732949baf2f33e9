using System.ComponentModel.DataAnnotations;
using ClusterML.Learning.Scaling;
using ClusterML.Transformer.Nn;

namespace ClusterML.Transformer;

/// <summary>A trained FT-Transformer with its head: a backbone, the head's weights and the scaling of the targets.</summary>
/// <remarks>The head has 4.47 of the 4.50 million weights with the paper's sizes; fine-tuning throws it away.</remarks>
public sealed class FtTransformerModel
{
    private const string Format = "clusterml-ft-transformer-1";
    private const string TargetCenter = "targets.center";
    private const string TargetScale = "targets.scale";
    private readonly Lazy<string> hash;

    internal FtTransformerModel(FtBackbone backbone, RobustScaler targets, IEnumerable<WeightTensor> head)
    {
        Backbone = backbone;
        Targets = targets;
        Head = FtBackbone.Matched(head, FtLayout.HeadLayers(backbone.Sizes, backbone.Options, TargetCount));
        hash = new(() => Safetensors.Hash(Tensors()));
    }

    /// <summary>The part that transfers.</summary>
    public FtBackbone Backbone { get; }

    /// <summary>Median and interquartile range of each target, in its own unit.</summary>
    public RobustScaler Targets { get; }

    /// <summary>Number of targets.</summary>
    public int TargetCount => Targets.Center.Length;

    /// <summary>SHA-256 over names, shapes and values of all weights and scalers, lower-case hexadecimal.</summary>
    public string WeightsHash => hash.Value;

    internal IReadOnlyList<WeightTensor> Head { get; }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The bytes are damaged, or hold something else.</exception>
    public static FtTransformerModel Load(byte[] safetensors)
    {
        var (tensors, metadata) = Safetensors.Read(safetensors);
        var description = FtDescription.Parse(metadata, Format);
        var isHead = tensors.Values.ToLookup(t => t.Name.StartsWith(FtLayout.Head, StringComparison.Ordinal));
        var rest = isHead[false].ToDictionary(t => t.Name);
        if (!rest.Remove(TargetCenter, out var center) || !rest.Remove(TargetScale, out var scale) || center.Values.Length != scale.Values.Length)
        {
            throw new InvalidDataException("model file: the scaling of the targets is missing");
        }

        try
        {
            var targets = new RobustScaler([.. center.Values.Select(v => (double)v)], [.. scale.Values.Select(v => (double)v)]);
            return new FtTransformerModel(FtBackbone.FromTensors(description, rest), targets, isHead[true]);
        }
        catch (Exception e) when (e is ValidationException or ArgumentException)
        {
            throw new InvalidDataException($"model file: {e.Message}", e);
        }
    }

    /// <summary>The model as a safetensors file; equal models give equal bytes.</summary>
    public byte[] Save() => Safetensors.Write(Tensors(), FtDescription.Of(Backbone).ToMetadata(Format));

    /// <summary>Predictions in the targets' units and embeddings, computed by torch in batches of 128.</summary>
    /// <param name="categorical">Codes of each row; a code outside its column's range reads as unknown (0).</param>
    /// <param name="continuous">Raw numbers of each row; NaN is missing (<see cref="FtTransformerOptions.Missing"/>).</param>
    /// <returns>For each row one prediction for each target, and the embedding.</returns>
    public (double[][] Predictions, float[][] Embeddings) Predict(IReadOnlyList<int[]> categorical, IReadOnlyList<float[]> continuous)
    {
        using var right = TorchThreads.Use();
        using var network = new FtNetwork(Backbone.Sizes, Backbone.Options, Backbone.Weights.Concat(Head), trainable: _ => false);
        var (embeddings, scaled) = FtInference.Run(network, new FtBatches(Backbone.Sizes, Backbone.Scaler, Backbone.Options.Missing), categorical, continuous);
        return ([.. scaled.Select(row => SinglePrecision.Invert(Targets, row))], embeddings);
    }

    /// <summary>The whole model as ONNX, with the outputs <c>prediction</c> and <c>embedding</c>.</summary>
    public byte[] ToOnnx() => FtOnnx.Export(Backbone, this);

    private IEnumerable<WeightTensor> Tensors() =>
    [
        .. Backbone.Tensors(),
        .. Head,
        new(TargetCenter, [TargetCount], [.. Targets.Center.Select(v => (float)v)]),
        new(TargetScale, [TargetCount], [.. Targets.Scale.Select(v => (float)v)]),
    ];
}
