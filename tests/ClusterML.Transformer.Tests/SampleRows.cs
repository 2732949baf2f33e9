using ClusterML.Data.Randomness;
using ClusterML.Data.Views;
using ClusterML.Learning.Scaling;
using Microsoft.ML;

namespace ClusterML.Transformer.Tests;

/// <summary>Small made-up tables and networks.</summary>
internal sealed record SampleRows(int[][] Categorical, float[][] Continuous, double[][] Targets)
{
    public static readonly FtTransformerOptions TinyNetwork = new() { NBlocks = 2, NHeads = 2, DToken = 4, DFeedForward = 8 };
    public static readonly int[] Cardinalities = [4, 3];

    /// <summary>Rows whose two targets depend on a code and on two of three numbers; a few numbers are missing.</summary>
    public static SampleRows Make(int count, int seed = 7, int continuous = 3)
    {
        var random = new Random(seed);
        var rows = new SampleRows(new int[count][], new float[count][], new double[count][]);
        for (var i = 0; i < count; i++)
        {
            int[] codes = [.. Cardinalities.Select(c => random.Next(c))];
            float[] numbers = [.. Enumerable.Range(0, continuous).Select(_ => (float)((random.NextDouble() * 400) - 100))];
            rows.Targets[i] = [codes[0] + (numbers[0] / 50), (2 * codes[0]) - (numbers[^1] / 100)];
            numbers[1] = i % 9 == 4 ? float.NaN : numbers[1];
            (rows.Categorical[i], rows.Continuous[i]) = (codes, numbers);
        }

        return rows;
    }

    public IDataView View() => new ColumnarView(
    [
        ValueColumn.Int32s("categorical", Categorical[0].Length, Categorical),
        ValueColumn.Singles("continuous", Continuous[0].Length, Continuous),
        ValueColumn.Doubles("targets", Targets[0].Length, Targets),
    ]);

    public static FtTrainingSetup Setup(int seed = 1) => new() { Seeds = new SeedStreams(seed), Cardinalities = Cardinalities };

    /// <summary>A backbone with random weights, norms included, and a scaler that is not the identity.</summary>
    public static FtBackbone Backbone(FtTransformerOptions options, FtSizes sizes, int seed = 3)
    {
        var random = new Random(seed);
        var scaler = new RobustScaler(
            [.. Enumerable.Range(0, sizes.ContinuousCount).Select(_ => random.NextDouble() * 100)],
            [.. Enumerable.Range(0, sizes.ContinuousCount).Select(_ => 50 + (random.NextDouble() * 100))]);
        var plain = FtBackbone.Random(sizes, options, scaler, seed);
        return new FtBackbone(sizes, options, scaler, plain.Weights.Select(w => w.Name.Contains("norm", StringComparison.Ordinal)
            ? w with { Values = [.. w.Values.Select(v => v + (float)(random.NextDouble() - 0.5))] }
            : w));
    }
}
