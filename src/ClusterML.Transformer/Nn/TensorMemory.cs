using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace ClusterML.Transformer.Nn;

/// <summary>Torch's memory seen as spans.</summary>
internal static class TensorMemory
{
    /// <summary>The values of a contiguous single-precision tensor, in place; valid as long as the tensor lives.</summary>
    public static Span<float> Floats(Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.bytes);

    /// <summary>The values of a tensor of any layout, type and device, copied in single precision.</summary>
    public static float[] Copy(Tensor tensor)
    {
        using var scope = NewDisposeScope();
        return Floats(OnProcessor(tensor)).ToArray();
    }

    /// <summary>The value of a tensor with one element, in single precision.</summary>
    /// <remarks>Not <c>Tensor.item</c>: TorchSharp makes a Scalar there that the garbage collector may free while the native call still reads it, which ends in "Exception raised from toFloat".</remarks>
    public static float Value(Tensor tensor) => Copy(tensor) is [var value] ? value : throw new ArgumentException("the tensor has more elements than one", nameof(tensor));

    /// <summary>The tensor itself when its values can be read in place, else a copy of it on the processor, in single precision.</summary>
    public static Tensor OnProcessor(Tensor tensor) => tensor.detach().to(ScalarType.Float32).cpu().contiguous();

    /// <summary>Copies of the rows of a matrix.</summary>
    public static float[][] Rows(Tensor matrix)
    {
        using var scope = NewDisposeScope();
        var values = Floats(OnProcessor(matrix));
        var rows = new float[matrix.shape[0]][];
        var width = (int)matrix.shape[1];
        for (var row = 0; row < rows.Length; row++)
        {
            rows[row] = values.Slice(row * width, width).ToArray();
        }

        return rows;
    }
}
