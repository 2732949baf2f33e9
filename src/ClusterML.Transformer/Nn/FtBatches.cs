using ClusterML.Learning.Scaling;

using static TorchSharp.torch;

namespace ClusterML.Transformer.Nn;

/// <summary>Turns rows of codes and raw numbers into the arrays that a network reads.</summary>
internal sealed class FtBatches(FtSizes sizes, RobustScaler scaler, FtMissing missing, Device? device = null)
{
    /// <summary>Rows that go through a network at once: one batch of sixteen thousand rows would take 20 GB.</summary>
    public const int InferenceRows = 128;

    private readonly int[] offsets = sizes.Offsets();

    /// <summary>Codes [B, C] into the shared table; a code outside its column's range reads as unknown.</summary>
    public Tensor Codes(IReadOnlyList<int[]> rows, int start, int count)
    {
        var width = offsets.Length;
        var codes = new long[count * width];
        for (var row = 0; row < count; row++)
        {
            var source = Checked(rows[start + row], width, "categorical", start + row);
            for (var column = 0; column < width; column++)
            {
                var known = (uint)source[column] < (uint)sizes.Cardinalities[column];
                codes[(row * width) + column] = offsets[column] + (known ? source[column] : 0);
            }
        }

        return Placed(tensor(codes, [count, width]));
    }

    /// <summary>Scaled numbers [B, N]; missing is 0, or NaN for a network with a token for it.</summary>
    public Tensor Numbers(IReadOnlyList<float[]> rows, int start, int count)
    {
        var width = sizes.ContinuousCount;
        var numbers = new float[count * width];
        var absent = missing == FtMissing.Token ? float.NaN : 0;
        for (var row = 0; row < count; row++)
        {
            SinglePrecision.Scale(scaler, Checked(rows[start + row], width, "continuous", start + row), numbers.AsSpan(row * width, width), absent);
        }

        return Placed(tensor(numbers, [count, width]));
    }

    private Tensor Placed(Tensor values) => device is null ? values : values.to(device);

    private static T[] Checked<T>(T[] row, int width, string what, int index) =>
        row.Length == width ? row : throw new ArgumentException($"row {index} has {row.Length} {what} values, expected {width}");
}
