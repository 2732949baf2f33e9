using ClusterML.Experiments.Stages;

namespace ClusterML.Experiments.Tests.Stages;

public sealed class ContentHashTests
{
    // FIPS 180-4, the example "abc".
    [Fact]
    public void OfText_PublishedExample_IsItsDigest() =>
        Assert.Equal("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", ContentHash.OfText("abc"));

    [Fact]
    public void OfParts_SameCharactersCutElsewhere_Differ() =>
        Assert.NotEqual(ContentHash.OfParts(("a", "bc"), ("d", "e")), ContentHash.OfParts(("a", "b"), ("cd", "e")));

    [Fact]
    public void OfFolder_RenamedFile_ChangesTheHash()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("a.json", "1");
        var before = ContentHash.OfFolder(folder.Path);

        File.Move(path, Path.Combine(folder.Path, "b.json"));

        Assert.NotEqual(before, ContentHash.OfFolder(folder.Path));
    }
}
