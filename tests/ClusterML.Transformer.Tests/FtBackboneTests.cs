using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using ClusterML.Learning.Scaling;
using Microsoft.ML.OnnxRuntime;

namespace ClusterML.Transformer.Tests;

// Torch counts tensors and sets threads for the whole process, so tests that touch it run one at a time.
[Collection("torch")]
public sealed class FtBackboneTests
{
    public static TheoryData<int, int, int, int, int, int> Networks => new()
    {
        // blocks, heads, token width, feed-forward, categorical columns, continuous columns
        { 6, 8, 16, 128, 10, 56 },
        { 1, 1, 4, 8, 2, 3 },
        { 3, 2, 8, 16, 0, 5 },
        { 2, 4, 12, 20, 3, 0 },
    };

    [Theory]
    [MemberData(nameof(Networks))]
    public void Embed_RandomWeights_MatchesReferenceInDoublePrecision(int blocks, int heads, int width, int hidden, int categorical, int continuous)
    {
        var backbone = Make(blocks, heads, width, hidden, categorical, continuous);
        var (codes, numbers) = Rows(backbone.Sizes, 5);
        var reference = new ReferenceNetwork(backbone);

        var embeddings = backbone.Embed(codes, numbers);

        for (var row = 0; row < codes.Length; row++)
        {
            AssertClose(reference.Embed(codes[row], numbers[row]), embeddings[row], 1e-5);
        }
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void ToOnnx_RandomWeights_MatchesTorch(int blocks, int heads, int width, int hidden, int categorical, int continuous)
    {
        var backbone = Make(blocks, heads, width, hidden, categorical, continuous);
        using var session = new InferenceSession(backbone.ToOnnx());
        foreach (var count in new[] { 1, 7, 300 })
        {
            var (codes, numbers) = Rows(backbone.Sizes, count);
            var torch = backbone.Embed(codes, numbers);
            var onnx = OnnxRows.Run(session, codes, numbers, "embedding");
            for (var row = 0; row < count; row++)
            {
                AssertClose([.. torch[row].Select(v => (double)v)], onnx[row], 1e-5);
            }
        }
    }

    [Fact]
    public void ToOnnx_Twice_GivesSameBytesAndMetadata()
    {
        var backbone = Make(2, 2, 4, 8, 2, 3);

        var bytes = backbone.ToOnnx();

        Assert.Equal(bytes, FtBackbone.Load(backbone.Save()).ToOnnx());
        using var session = new InferenceSession(bytes);
        Assert.Equal(backbone.WeightsHash, session.ModelMetadata.CustomMetadataMap["weights_sha256"]);
        Assert.Equal(["x_cat", "x_num"], session.InputMetadata.Keys);
        Assert.Equal([-1, backbone.EmbeddingSize], session.OutputMetadata["embedding"].Dimensions);
    }

    [Fact]
    public void Embed_CodesOutOfRangeAndMissingNumbers_ReadAsUnknownAndMedian()
    {
        var backbone = Make(2, 2, 4, 8, 2, 3);
        float[] median = [.. backbone.Scaler.Center.Select(c => (float)c)];
        int[][] codes = [[-5, 99], [0, 0]];
        float[][] numbers = [[float.NaN, float.NaN, float.NaN], median];

        var embeddings = backbone.Embed(codes, numbers);

        AssertClose([.. embeddings[1].Select(v => (double)v)], embeddings[0], 1e-6);
        using var session = new InferenceSession(backbone.ToOnnx());
        var onnx = OnnxRows.Run(session, codes, numbers, "embedding");
        AssertClose([.. onnx[1].Select(v => (double)v)], onnx[0], 1e-6);
    }

    [Fact]
    public void Embed_RowsInAnotherOrder_GivesSameRows()
    {
        var backbone = Make(2, 2, 4, 8, 2, 3);
        var (codes, numbers) = Rows(backbone.Sizes, 200);

        var forward = backbone.Embed(codes, numbers);
        var backward = backbone.Embed([.. codes.Reverse()], [.. numbers.Reverse()]);

        for (var row = 0; row < codes.Length; row++)
        {
            AssertClose([.. forward[row].Select(v => (double)v)], backward[^(row + 1)], 1e-6);
        }
    }

    [Fact]
    public void Embed_NoRows_GivesNone() => Assert.Empty(Make(1, 1, 4, 8, 2, 3).Embed([], []));

    [Fact]
    public void WeightCount_PaperSizes_IsTheSumOfTheParts()
    {
        const int Codes = 155, Numbers = 2 * 56, Attention = (3 * 16 * 17) + (16 * 17), FeedForward = (128 * 17) + (16 * 129), Norms = 12;

        Assert.Equal(((Codes + Numbers) * 16) + (6 * (Attention + FeedForward)) + (Norms * 2 * 16), Make(6, 8, 16, 128, 10, 56).WeightCount);
    }

    [Fact]
    public void Random_SameSeed_SameHash_OtherSeedOtherHash()
    {
        var sizes = new FtSizes([4, 3], 3);
        var scaler = new RobustScaler([0, 0, 0], [1, 1, 1]);

        var hashes = new[] { 1, 1, 2 }.Select(seed => FtBackbone.Random(sizes, SampleRows.TinyNetwork, scaler, seed).WeightsHash).ToList();

        Assert.Equal(hashes[0], hashes[1]);
        Assert.NotEqual(hashes[0], hashes[2]);
    }

    [Fact]
    public void Load_Saved_IsTheSame()
    {
        var backbone = Make(2, 2, 4, 8, 2, 3);

        var loaded = FtBackbone.Load(backbone.Save());

        Assert.Equal(backbone.WeightsHash, loaded.WeightsHash);
        Assert.Equal(backbone.Save(), loaded.Save());
        Assert.Equal(backbone.Sizes.ContinuousNames, loaded.Sizes.ContinuousNames);
        var (codes, numbers) = Rows(backbone.Sizes, 9);
        Assert.Equal(backbone.Embed(codes, numbers), loaded.Embed(codes, numbers));
    }

    [Fact]
    public void Load_AnyDamage_IsRefused()
    {
        var bytes = Make(1, 1, 4, 8, 2, 3).Save();
        var original = FtBackbone.Load(bytes);
        var random = new Random(5);
        for (var i = 0; i < 300; i++)
        {
            var damaged = (byte[])bytes.Clone();
            damaged[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
            try
            {
                // A bit in a column's name does no harm; nothing else may pass.
                Assert.Equal(original.WeightsHash, FtBackbone.Load(damaged).WeightsHash);
            }
            catch (InvalidDataException)
            {
            }

            Assert.Throws<InvalidDataException>(() => FtBackbone.Load(bytes[..random.Next(bytes.Length)]));
        }
    }

    [Fact]
    public void Load_OtherFormat_SaysWhich()
    {
        var error = Assert.Throws<InvalidDataException>(() => FtBackbone.Load(Safetensors.Write([], new Dictionary<string, string> { ["format"] = "other" })));

        Assert.Equal("the file is of format other, expected clusterml-ft-backbone-1", error.Message);
    }

    [Fact]
    public void Options_HeadsDoNotDivideWidth_SaysSo()
    {
        var error = Assert.Throws<ValidationException>(
            () => FtBackbone.Random(new FtSizes([2], 1), new FtTransformerOptions { DToken = 10, NHeads = 4 }, new RobustScaler([0], [1]), 1));

        Assert.Contains("DToken is 10 and NHeads is 4", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WeightsHash_IsSha256OverNamesShapesAndBytes()
    {
        WeightTensor[] tensors = [new("b", [1], [2f]), new("a", [1, 2], [1f, -1f])];
        byte[] expected = [.. "a\n1x2\n"u8, 0, 0, 0x80, 0x3f, 0, 0, 0x80, 0xbf, .. "b\n1\n"u8, 0, 0, 0, 0x40];

        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(expected)), Safetensors.Hash(tensors));
    }

    private static FtBackbone Make(int blocks, int heads, int width, int hidden, int categorical, int continuous) => SampleRows.Backbone(
        new FtTransformerOptions { NBlocks = blocks, NHeads = heads, DToken = width, DFeedForward = hidden },
        new FtSizes([.. Enumerable.Range(0, categorical).Select(i => 2 + (i * 3))], continuous));

    private static (int[][] Codes, float[][] Numbers) Rows(FtSizes sizes, int count)
    {
        var random = new Random(11);
        int[][] codes = [.. Enumerable.Range(0, count).Select(_ => sizes.Cardinalities.Select(c => random.Next(-1, c + 1)).ToArray())];
        float[][] numbers = [.. codes.Select(_ => Enumerable.Range(0, sizes.ContinuousCount)
            .Select(i => random.Next(12) == 0 ? float.NaN : (float)((random.NextDouble() * 400) - 100)).ToArray())];
        return (codes, numbers);
    }

    private static void AssertClose(double[] expected, float[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        var worst = expected.Zip(actual, (e, a) => Math.Abs(e - a)).Max();
        Assert.True(worst <= tolerance, $"largest difference {worst:g3}");
    }
}
