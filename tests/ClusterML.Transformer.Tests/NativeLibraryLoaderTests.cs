using ClusterML.Transformer.Native;
using TorchSharp;

namespace ClusterML.Transformer.Tests;

// Torch counts tensors and sets threads for the whole process, so tests that touch it run one at a time.
[Collection("torch")]
public sealed class NativeLibraryLoaderTests
{
    private const string Shipped = "libLibTorchSharp.so";

    [Fact]
    public void Load_OnThisSystem_TorchComputes()
    {
        var status = NativeLibraryLoader.Load();

        Assert.True(status.Path is NativeLibraryPath.Plain or NativeLibraryPath.Patched, status.Message);
        Assert.Same(status, NativeLibraryLoader.Status);
        NativeLibraryLoader.EnsureLoaded();
        using var sum = torch.ones(3).sum();
        Assert.Equal(3f, sum.item<float>());
    }

    [Fact]
    public void Plan_PlainLoadWorks_TakesPlainPath() =>
        Assert.Equal(NativeLibraryPath.Plain, NativeLibraryPlan.For(null).Path);

    [Fact]
    public void Plan_OnlyTheUnusedVersionIsMissing_TakesPatchedPath()
    {
        var plan = NativeLibraryPlan.For(
            "/lib/x86_64-linux-gnu/libstdc++.so.6: version `GLIBCXX_3.4.32' not found (required by /app/libLibTorchSharp.so)");

        Assert.Equal(NativeLibraryPath.Patched, plan.Path);
        Assert.Contains("GLIBCXX_3.4.32", plan.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("libgomp.so.1: cannot open shared object file: No such file or directory", "libgomp1")]
    [InlineData("libstdc++.so.6: cannot open shared object file: No such file or directory", "libstdc++6")]
    [InlineData("/lib/libstdc++.so.6: version `GLIBCXX_3.4.29' not found (required by x)", "newer libstdc++6")]
    [InlineData("/lib/libc.so.6: version `GLIBC_2.34' not found (required by x)", "older than 2.34")]
    [InlineData("libtorch_cpu.so: cannot open shared object file", "libtorch-cpu")]
    public void Plan_OtherFailure_SaysWhatHelpsAndQuotesTheLoader(string error, string help)
    {
        var plan = NativeLibraryPlan.For(error);

        Assert.Equal(NativeLibraryPath.Failed, plan.Path);
        Assert.Contains(help, plan.Message, StringComparison.Ordinal);
        Assert.Contains(error, plan.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void MarkWeak_ShippedLibrary_ChangesOneFlagOnce()
    {
        var shipped = File.ReadAllBytes(Library());
        var patched = (byte[])shipped.Clone();
        var flags = ElfVersionNeeds.Find(shipped, NativeLibraryPlan.UnusedVersion)!.Value;

        Assert.Equal(1, ElfVersionNeeds.MarkWeak(patched, NativeLibraryPlan.UnusedVersion));

        Assert.Equal(0, BitConverter.ToUInt16(shipped, flags));
        Assert.Equal(ElfVersionNeeds.Weak, BitConverter.ToUInt16(patched, flags));
        Assert.Equal([flags], Enumerable.Range(0, shipped.Length).Where(i => shipped[i] != patched[i]));
        Assert.Equal(0, ElfVersionNeeds.MarkWeak(patched, NativeLibraryPlan.UnusedVersion));
    }

    [Fact]
    public void Find_VersionNotRequired_IsNull_AndMarkWeakSaysSo()
    {
        var shipped = File.ReadAllBytes(Library());

        Assert.Null(ElfVersionNeeds.Find(shipped, "GLIBCXX_9.9"));
        var error = Assert.Throws<InvalidDataException>(() => ElfVersionNeeds.MarkWeak(shipped, "GLIBCXX_9.9"));
        Assert.Contains("GLIBCXX_9.9", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Find_NoElfOrCutShort_IsRefused()
    {
        Assert.Throws<InvalidDataException>(() => ElfVersionNeeds.Find(new byte[100], "GLIBCXX_3.4.32"));
        Assert.Throws<InvalidDataException>(() => ElfVersionNeeds.Find(File.ReadAllBytes(Library())[..5000], "GLIBCXX_3.4.32"));
    }

    [Fact]
    public void PatchedCopy_IsPrivateAndRepairsWhatWasTamperedWith()
    {
        var folder = Directory.CreateTempSubdirectory("clusterml-native-test-");
        try
        {
            var copy = NativeLibraryLoader.PatchedCopy(Library(), folder.FullName);
            var bytes = File.ReadAllBytes(copy);
            File.WriteAllText(copy, "damaged");

            Assert.Equal(copy, NativeLibraryLoader.PatchedCopy(Library(), folder.FullName));

            Assert.Equal(bytes, File.ReadAllBytes(copy));
            Assert.Equal([copy], Directory.GetFiles(folder.FullName, "*", SearchOption.AllDirectories));
            if (!OperatingSystem.IsWindows())
            {
                var mode = File.GetUnixFileMode(Path.GetDirectoryName(copy)!);
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, mode);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("/var/cache/me", "/home/me", "/var/cache/me/clusterml/native")]
    [InlineData(null, "/home/me", "/home/me/.cache/clusterml/native")]
    [InlineData("relative", "/home/me", "/home/me/.cache/clusterml/native")]
    [InlineData(null, null, null)]
    public void CacheFolder_FollowsTheEnvironment(string? cache, string? home, string? expected) =>
        Assert.Equal(expected, NativeLibraryLoader.CacheFolder(name => name == "HOME" ? home : name == "XDG_CACHE_HOME" ? cache : null));

    private static string Library()
    {
        var path = Directory.GetFiles(AppContext.BaseDirectory, Shipped, SearchOption.AllDirectories).FirstOrDefault();
        if (path is null)
        {
            Assert.Skip($"{Shipped} is shipped for Linux only");
        }

        return path;
    }
}
