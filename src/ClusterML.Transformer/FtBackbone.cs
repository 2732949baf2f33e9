using System.ComponentModel.DataAnnotations;
using ClusterML.Data.Options;
using ClusterML.Data.Randomness;
using ClusterML.Learning.Scaling;
using ClusterML.Transformer.Nn;

namespace ClusterML.Transformer;

/// <summary>A frozen FT-Transformer without its head: weights, scaler, sizes and column names.</summary>
/// <remarks>The weights lie in managed memory; torch is loaded only by <see cref="Embed"/>.</remarks>
public sealed class FtBackbone
{
    private const string Format = "clusterml-ft-backbone-1";
    private const string ScalerCenter = "scaler.center";
    private const string ScalerScale = "scaler.scale";
    private readonly Lazy<string> hash;

    internal FtBackbone(FtSizes sizes, FtTransformerOptions options, RobustScaler scaler, IEnumerable<WeightTensor> weights)
    {
        Sizes = sizes;
        Options = options.Checked();
        Scaler = scaler;
        if (scaler.Center.Length != sizes.ContinuousCount || scaler.Scale.Length != sizes.ContinuousCount)
        {
            throw new ArgumentException($"the scaler has {scaler.Center.Length} columns, the network {sizes.ContinuousCount}", nameof(scaler));
        }

        if (scaler.Scale.Index().FirstOrDefault(s => !((float)s.Item > 0 && float.IsFinite((float)s.Item)), (-1, 0)) is { Index: >= 0 } bad)
        {
            throw new ArgumentException($"the scale of {sizes.ContinuousNames[bad.Index]} is {bad.Item}; it must be above zero", nameof(scaler));
        }

        Weights = Matched(weights, FtLayout.Backbone(sizes, options));
        hash = new(() => Safetensors.Hash(Tensors()));
    }

    /// <summary>Columns that go in.</summary>
    public FtSizes Sizes { get; }

    /// <summary>Sizes of the network.</summary>
    public FtTransformerOptions Options { get; }

    /// <summary>The scaler of pretraining; raw numbers pass through it first.</summary>
    public RobustScaler Scaler { get; }

    /// <summary>Width of an embedding: tokens times token width, or a token's width with another readout than flatten.</summary>
    public int EmbeddingSize => Options.EmbeddingSize(Sizes.Tokens);

    /// <summary>Number of frozen weights.</summary>
    public int WeightCount => Weights.Sum(w => w.Values.Length);

    /// <summary>SHA-256 over names, shapes and values of the weights and of the scaler, lower-case hexadecimal.</summary>
    /// <remarks>Values count in single precision, as the network uses them; metadata do not count.</remarks>
    public string WeightsHash => hash.Value;

    internal IReadOnlyList<WeightTensor> Weights { get; }

    /// <summary>A backbone that was never trained: the control that says what pretraining is worth.</summary>
    /// <param name="sizes">Columns that go in.</param>
    /// <param name="options">Sizes of the network.</param>
    /// <param name="scaler">The scaler, usually that of the backbone it is compared with.</param>
    /// <param name="seed">Seed of the weights; a training with the same seed starts from the same ones.</param>
    public static FtBackbone Random(FtSizes sizes, FtTransformerOptions options, RobustScaler scaler, int seed) =>
        new(sizes, options, scaler, FtLayout.Initial(FtLayout.Backbone(sizes, options.Checked()), options, new SeedStreams(seed)));

    /// <summary>The same network, scaler and bins with random weights, as <see cref="Random"/> draws them.</summary>
    public FtBackbone WithRandomWeights(int seed) => new(Sizes, Options, Scaler,
        Random(Sizes, Options, Scaler, seed).Weights.Select(w => FtLayout.IsFixed(w.Name) ? Weights.Single(own => own.Name == w.Name) : w));

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The bytes are damaged, or hold something else.</exception>
    public static FtBackbone Load(byte[] safetensors)
    {
        var (tensors, metadata) = Safetensors.Read(safetensors);
        return FromTensors(FtDescription.Parse(metadata, Format), tensors);
    }

    /// <summary>The backbone as a safetensors file; equal backbones give equal bytes.</summary>
    public byte[] Save() => Safetensors.Write(Tensors(), FtDescription.Of(this).ToMetadata(Format));

    /// <summary>Embeddings of rows, computed by torch in batches of 128.</summary>
    /// <param name="categorical">Codes of each row; a code outside its column's range reads as unknown (0).</param>
    /// <param name="continuous">Raw numbers of each row; NaN is missing (<see cref="FtTransformerOptions.Missing"/>).</param>
    /// <returns>One vector of <see cref="EmbeddingSize"/> for each row.</returns>
    public float[][] Embed(IReadOnlyList<int[]> categorical, IReadOnlyList<float[]> continuous)
    {
        using var right = TorchThreads.Use();
        using var network = new FtNetwork(Sizes, Options, Weights, trainable: _ => false);
        return FtInference.Run(network, new FtBatches(Sizes, Scaler, Options.Missing), categorical, continuous).Embeddings;
    }

    /// <summary>The backbone as an ONNX model; see <see cref="FtOnnx"/> for its inputs and outputs. Equal backbones give equal bytes.</summary>
    public byte[] ToOnnx() => FtOnnx.Export(this);

    internal static FtBackbone FromTensors(FtDescription description, IReadOnlyDictionary<string, WeightTensor> tensors)
    {
        try
        {
            var scaler = new RobustScaler(Doubles(tensors, ScalerCenter), Doubles(tensors, ScalerScale));
            var weights = tensors.Values.Where(t => t.Name is not (ScalerCenter or ScalerScale));
            return new FtBackbone(description.Sizes(), description.Network, scaler, weights);
        }
        catch (Exception e) when (e is ValidationException or ArgumentException)
        {
            throw new InvalidDataException($"backbone file: {e.Message}", e);
        }
    }

    /// <summary>The weights in the order of <paramref name="layout"/>, refused unless there is exactly one for each name and shape.</summary>
    internal static IReadOnlyList<WeightTensor> Matched(IEnumerable<WeightTensor> weights, IEnumerable<(string Name, int[] Shape)> layout)
    {
        var given = weights.ToDictionary(w => w.Name);
        var matched = new List<WeightTensor>();
        foreach (var (name, shape) in layout)
        {
            if (!given.Remove(name, out var weight) || !weight.Shape.SequenceEqual(shape))
            {
                throw new ArgumentException($"weight {name} of shape {string.Join('x', shape)} is missing or of another shape", nameof(weights));
            }

            matched.Add(weight);
        }

        return given.Count == 0
            ? matched
            : throw new ArgumentException($"weights that no network of these sizes has: {string.Join(", ", given.Keys)}", nameof(weights));
    }

    internal IEnumerable<WeightTensor> Tensors() =>
    [
        .. Weights,
        new(ScalerCenter, [Sizes.ContinuousCount], [.. Scaler.Center.Select(v => (float)v)]),
        new(ScalerScale, [Sizes.ContinuousCount], [.. Scaler.Scale.Select(v => (float)v)]),
    ];

    private static double[] Doubles(IReadOnlyDictionary<string, WeightTensor> tensors, string name) =>
        tensors.TryGetValue(name, out var tensor)
            ? [.. tensor.Values.Select(v => (double)v)]
            : throw new ArgumentException($"tensor {name} is missing");
}
