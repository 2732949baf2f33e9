using ClusterML.Learning.Embedding;
using ClusterML.Learning.Scaling;
using ClusterML.Transformer;
using ClusterML.Transformer.Nn;
using Microsoft.ML.OnnxRuntime;
using static TorchSharp.torch;

namespace ClusterML.Benchmarks.Transformer;

/// <summary>Rows for the paper's network (a thousand different ones, repeated) and the ways to embed them. Embeddings are summed, not kept.</summary>
internal sealed class InferenceInputs : IDisposable
{
    private const int Different = 1000;
    private readonly int rows;
    private readonly Tensor codes;
    private readonly Tensor numbers;
    private readonly long[] plainCodes;
    private readonly float[] plainNumbers;

    public InferenceInputs(int rows)
    {
        this.rows = rows;
        var sample = PaperModel.Rows(Math.Min(rows, Different));
        var batches = new FtBatches(PaperModel.Sizes, new RobustScaler(new double[PaperModel.Continuous], [.. Enumerable.Repeat(1.0, PaperModel.Continuous)]), FtMissing.Median);
        codes = batches.Codes(sample.Categorical, 0, sample.Count);
        numbers = batches.Numbers(sample.Continuous, 0, sample.Count);
        plainCodes = [.. sample.Categorical.SelectMany(r => r.Select(v => (long)v))];
        plainNumbers = [.. sample.Continuous.SelectMany(r => r)];
    }

    private int Sample => Math.Min(rows, Different);

    /// <summary>By torch, as FtInference runs it: 128 rows at a time.</summary>
    public float ByTorch(FtNetwork network)
    {
        var sum = 0f;
        using var noGradient = no_grad();
        for (var start = 0; start < rows; start += Sample)
        {
            for (var first = 0; first < Sample; first += FtBatches.InferenceRows)
            {
                using var scope = NewDisposeScope();
                var count = Math.Min(FtBatches.InferenceRows, Sample - first);
                sum += TensorMemory.Floats(network.Embed(codes.narrow(0, first, count), numbers.narrow(0, first, count)))[0];
            }
        }

        return sum;
    }

    /// <summary>By ONNX Runtime as it comes: all rows in one run.</summary>
    public float ByPlainRuntime(InferenceSession session)
    {
        var times = rows / Sample;
        using var codeValue = OrtValue.CreateTensorValueFromMemory(Repeated(plainCodes, times), [rows, 2]);
        using var numberValue = OrtValue.CreateTensorValueFromMemory(Repeated(plainNumbers, times), [rows, PaperModel.Continuous]);
        using var options = new RunOptions();
        using var results = session.Run(options, ["x_cat", "x_num"], [codeValue, numberValue], ["embedding"]);
        return results[0].GetTensorDataAsSpan<float>()[0];
    }

    /// <summary>By ONNX Runtime in chunks.</summary>
    public float ByRunner(OnnxBatchRunner runner)
    {
        var sum = 0f;
        runner.Run(
            rows,
            (first, chunkCodes, chunkNumbers) =>
            {
                for (var row = 0; row < chunkCodes.Length / 2; row++)
                {
                    var from = (first + row) % Sample;
                    plainCodes.AsSpan(from * 2, 2).CopyTo(chunkCodes[(row * 2)..]);
                    plainNumbers.AsSpan(from * PaperModel.Continuous, PaperModel.Continuous).CopyTo(chunkNumbers[(row * PaperModel.Continuous)..]);
                }
            },
            (_, embeddings) => sum = embeddings[0]);
        return sum;
    }

    private static T[] Repeated<T>(T[] values, int times) => times == 1 ? values : [.. Enumerable.Repeat(values, times).SelectMany(v => v)];

    public void Dispose()
    {
        codes.Dispose();
        numbers.Dispose();
    }
}
