using ClusterML.Data.Randomness;
using ClusterML.Learning.Scaling;
using ClusterML.Transformer;
using ClusterML.Transformer.Training;

namespace ClusterML.Benchmarks.Transformer;

/// <summary>The paper's network on rows drawn at random: 2 categorical and 64 continuous columns, 4.50 million weights.</summary>
internal static class PaperModel
{
    public const int Continuous = 64;

    public static readonly int[] Cardinalities = [31, 31];

    public static FtSizes Sizes { get; } = new(Cardinalities, Continuous);

    /// <summary>Rows with two targets.</summary>
    public static TrainingRows Rows(int count)
    {
        var random = new SeedStreams(1).Generator("rows");
        return new TrainingRows(
            [.. Enumerable.Range(0, count).Select(_ => new[] { random.Next(1, 31), random.Next(1, 31) })],
            [.. Enumerable.Range(0, count).Select(_ => Enumerable.Range(0, Continuous).Select(_ => (float)((2 * random.NextDouble()) - 1)).ToArray())],
            [.. Enumerable.Range(0, count).Select(_ => new[] { random.NextDouble(), random.NextDouble() })]);
    }

    /// <summary>A backbone at random weights.</summary>
    public static FtBackbone Backbone() => FtBackbone.Random(
        Sizes, new FtTransformerOptions(), new RobustScaler(new double[Continuous], [.. Enumerable.Repeat(1.0, Continuous)]), 1);
}
