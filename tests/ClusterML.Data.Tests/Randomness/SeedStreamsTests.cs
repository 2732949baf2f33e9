using System.Security.Cryptography;
using ClusterML.Data.Randomness;

namespace ClusterML.Data.Tests.Randomness;

public sealed class SeedStreamsTests
{
    [Fact]
    public void Seed_IsTheHashOfRootAndName()
    {
        var digest = SHA256.HashData("7/fold 3"u8);
        var expected = digest[0] | (digest[1] << 8) | (digest[2] << 16) | ((digest[3] & 0x7f) << 24);
        Assert.Equal(expected, new SeedStreams(7).Seed("fold 3"));
    }

    [Fact]
    public void Seed_StreamsAndRoots_AreApart()
    {
        int[] seeds = [new SeedStreams(1).Seed("split"), new SeedStreams(1).Seed("init"), new SeedStreams(2).Seed("split")];
        Assert.Equal(3, seeds.Distinct().Count());
        Assert.All(seeds, seed => Assert.True(seed >= 0));
    }
}
