using ClusterML.Data.Randomness;
using ClusterML.Transformer.Nn;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace ClusterML.Transformer.Training;

/// <summary>Masked-feature training: some features of unlabelled rows are hidden, and the network restores their numbers from the others.</summary>
/// <remarks>
/// A hidden number reads as missing, a hidden category as unknown; what is restored are the hidden scaled numbers that were measured, by Huber's loss:
/// a missing one that reads as the median is nothing to learn. So
/// every token gets gradients that the unlabelled rows give a value, whether or not labelled rows do. In the manner of VIME (Yoon et
/// al., NeurIPS 2020) and of the masking of Devlin et al. 2019 (arXiv:1810.04805), without the classification of what was hidden.
/// </remarks>
internal sealed class FeatureMasking
{
    private readonly FtTrainingOptions options;
    private readonly SeedStreams seeds;
    private readonly Tensor codes;
    private readonly Tensor numbers;
    private readonly Tensor? measured;
    private readonly long[] offsets;
    private readonly float absent;

    public FeatureMasking(FtTrainingOptions options, SeedStreams seeds, FtBatches batches, FtRows rows, FtSizes sizes, FtMissing missing)
    {
        this.options = options;
        this.seeds = seeds;
        codes = batches.Codes(rows.Categorical, 0, rows.Categorical.Count);
        numbers = batches.Numbers(rows.Continuous, 0, rows.Continuous.Count);
        measured = Measured(rows.Continuous) is { } known ? tensor(known, numbers.shape).to(numbers.device) : null;
        offsets = [.. sizes.Offsets().Select(o => (long)o)];
        absent = missing == FtMissing.Token ? float.NaN : 0;
    }

    /// <summary>The restoring loss of one step's rows, times its weight; null when nothing was hidden.</summary>
    public Tensor? Loss(FtNetwork network, int step, int batch, DropoutStream dropout)
    {
        var random = seeds.Generator(FormattableString.Invariant($"mask {step}"));
        var rows = tensor([.. Enumerable.Range(0, batch).Select(_ => (long)random.Next((int)numbers.shape[0]))]).to(numbers.device);
        var (wanted, read) = (numbers.index_select(0, rows), codes.index_select(0, rows));
        var hidden = Hidden(wanted.shape, random).to(numbers.device);
        var tokens = network.Blocks(
            where(Hidden(read.shape, random).to(numbers.device), tensor(offsets).to(numbers.device), read),
            where(hidden, tensor(absent).to(numbers.device), wanted),
            dropout);
        var counted = hidden.logical_and(wanted.isfinite());
        counted = measured is null ? counted : counted.logical_and(measured.index_select(0, rows));
        var count = TensorMemory.Value(counted.sum());
        if (count == 0)
        {
            return null;
        }

        var errors = F.huber_loss(network.Restore(tokens), wanted.nan_to_num(0), reduction: nn.Reduction.None);
        return (errors * counted).sum() * tensor((float)(options.MaskWeight / count)).to(errors.device);
    }

    /// <summary>Whether each number was measured, row after row; null where all were.</summary>
    private static bool[]? Measured(IReadOnlyList<float[]> rows)
    {
        bool[] known = [.. rows.SelectMany(row => row).Select(v => !float.IsNaN(v))];
        return known.All(k => k) ? null : known;
    }

    private Tensor Hidden(long[] shape, Random random)
    {
        var hidden = new bool[shape[0] * shape[1]];
        for (var i = 0; i < hidden.Length; i++)
        {
            hidden[i] = random.NextDouble() < options.MaskProbability;
        }

        return tensor(hidden, shape);
    }
}
