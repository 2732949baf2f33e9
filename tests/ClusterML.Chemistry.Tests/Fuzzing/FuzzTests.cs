using ClusterML.Fuzzing;

namespace ClusterML.Chemistry.Tests.Fuzzing;

/// <summary>The same damaged files in every run; <c>CLUSTERML_FUZZ_SEED</c>, a number, draws others.</summary>
public sealed class FuzzTests
{
    private static readonly ulong Seed = ulong.TryParse(Environment.GetEnvironmentVariable("CLUSTERML_FUZZ_SEED"), out var seed) ? seed : 20250701;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static TheoryData<string> Names => [.. FuzzTargets.All.Select(t => t.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Read_DamagedFiles_AreReadOrRefused(string name)
    {
        var target = Assert.Single(FuzzTargets.All, t => t.Name == name);

        var report = new FuzzRun(target, Seed, Patience).Run();

        Assert.True(report.Failures.Count == 0, string.Join("\n\n", report.Failures));
        Assert.True(report.Accepted > target.Seeds.Count && report.Refused > target.Mutations / 10, $"{report.Accepted} read, {report.Refused} refused");
    }

    [Fact]
    public void All_Together_AreAtLeastOneHundredThousandMutations() => Assert.True(FuzzTargets.All.Sum(t => t.Mutations) >= 100_000);

    [Fact]
    public void Mutate_SameSeed_GivesTheSameFiles()
    {
        byte[][] seeds = ["1 2 3\n4 5 6\n"u8.ToArray(), "another file, 7.5\n"u8.ToArray()];
        byte[][] Files() => [.. Enumerable.Range(0, 1000).Select(i => Mutator.Mutate(seeds, FuzzRandom.Of(7, "x", i)))];

        Assert.Equal(Files(), Files());
        Assert.True(Files().DistinctBy(Convert.ToHexString).Count() > 500);
    }

    [Fact]
    public void Run_ReaderThatForgetsToCheck_IsCaught()
    {
        var report = Run(input => _ = input.Bytes[20]);

        Assert.Contains(report.Failures, f => f.Why.Contains("IndexOutOfRangeException", StringComparison.Ordinal));
    }

    [Fact]
    public void Run_ReaderThatBelievesACount_IsCaught()
    {
        var report = Run(input => GC.KeepAlive(new byte[Math.Min(input.Bytes.Count(b => b == '9') * 10_000_000, 100_000_000)]));

        Assert.Contains(report.Failures, f => f.Why.Contains("allocates", StringComparison.Ordinal));
    }

    [Fact]
    public void Run_ReaderThatDoesNotComeBack_IsCaught()
    {
        using var end = new ManualResetEventSlim();
        var report = new FuzzRun(Target(input => { if (!input.Bytes.Contains((byte)'7')) { end.Wait(); } }), Seed, TimeSpan.FromMilliseconds(500)).Run();
        end.Set();

        Assert.Contains(report.Failures, f => f.Why.Contains("does not come back", StringComparison.Ordinal));
    }

    [Fact]
    public void Run_ErrorWithoutFileOrLine_IsCaught()
    {
        var noFile = Run(input => { if (input.Bytes.Length < 10) { throw new MalformedFileException("", 1, 1, "wrong"); } });
        var noLine = Run(input => { if (input.Bytes.Length < 10) { throw new MalformedFileException(input.File, 0, 0, "wrong"); } });

        Assert.Contains(noFile.Failures, f => f.Why.Contains("names the file", StringComparison.Ordinal));
        Assert.Contains(noLine.Failures, f => f.Why.Contains("no line", StringComparison.Ordinal));
    }

    [Fact]
    public void Run_IntactFileRefused_IsCaught()
    {
        var report = Run(input => throw new MalformedFileException(input.File, 1, 1, "no"));

        Assert.Contains(report.Failures, f => f.Why.Contains("intact", StringComparison.Ordinal));
    }

    private static FuzzReport Run(Action<FuzzInput> read) => new FuzzRun(Target(read), Seed, Patience).Run();

    private static FuzzTarget Target(Action<FuzzInput> read) => new()
    {
        Name = "broken",
        Seeds = ["7 lines of 9 numbers, and more\n"u8.ToArray()],
        Read = read,
        Complaint = FuzzTargets.Refusal(),
        Mutations = 500,
    };
}
