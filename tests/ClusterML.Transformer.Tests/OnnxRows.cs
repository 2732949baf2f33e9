using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace ClusterML.Transformer.Tests;

/// <summary>Runs a written network in ONNX Runtime.</summary>
internal static class OnnxRows
{
    public static float[][] Run(InferenceSession session, int[][] codes, float[][] numbers, string output)
    {
        var inputs = new List<NamedOnnxValue>();
        if (session.InputMetadata.ContainsKey("x_cat"))
        {
            inputs.Add(NamedOnnxValue.CreateFromTensor("x_cat", new DenseTensor<long>(
                codes.SelectMany(r => r).Select(c => (long)c).ToArray(), [codes.Length, codes[0].Length])));
        }

        if (session.InputMetadata.ContainsKey("x_num"))
        {
            inputs.Add(NamedOnnxValue.CreateFromTensor("x_num", new DenseTensor<float>(
                numbers.SelectMany(r => r).ToArray(), [numbers.Length, numbers[0].Length])));
        }

        using var results = session.Run(inputs, [output]);
        var tensor = results[0].AsTensor<float>();
        return [.. tensor.ToArray().Chunk(tensor.Dimensions[1])];
    }
}
