using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace ClusterML.Acceptance;

public sealed class InterruptionTests : IDisposable
{
    private readonly Workspace _workspace = new Workspace().WithPretraining();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public void Run_KilledWhilePretraining_EndsWithTheSameWeights()
    {
        using var undisturbed = new Workspace().WithPretraining();
        var expected = WeightsHash(undisturbed.Run("run", "configs/backbone.yaml").Ended(0).LastLine);

        double reached;
        using (var killed = _workspace.Start("run", "configs/backbone.yaml"))
        {
            killed.WaitUntil(() => Progress().Count >= 5, "five steps of pretraining were logged");
            killed.Kill();
            killed.Wait();
            reached = Progress()[^1];
        }

        var before = Progress().Count;
        var resumed = _workspace.Run("run", "configs/backbone.yaml").Ended(0);

        Assert.Equal(Assert.Single(_workspace.RunFolders), resumed.LastLine);
        Assert.Equal(expected, WeightsHash(resumed.LastLine));

        // Had it begun anew, the first fraction after the restart would be that of the first epoch.
        Assert.True(Progress()[before] > reached / 2, string.Create(CultureInfo.InvariantCulture, $"killed at {reached}, went on at {Progress()[before]}"));
    }

    [Theory]
    [InlineData(PosixSignal.SIGINT, 130)]
    [InlineData(PosixSignal.SIGTERM, 143)]
    public void Run_Signalled_GoesOnInTheSameRunFolder(PosixSignal signal, int exitCode)
    {
        using (var command = _workspace.Start("run", "configs/backbone.yaml"))
        {
            command.WaitUntil(() => Progress().Count >= 3, "three steps of pretraining were logged");
            command.Signal(signal);
            var result = command.Wait().Ended(exitCode);
            Assert.Contains("same command", result.Error, StringComparison.Ordinal);
            Assert.Empty(result.Out);
        }

        var resumed = _workspace.Run("run", "configs/backbone.yaml").Ended(0);

        Assert.Equal(Assert.Single(_workspace.RunFolders), resumed.LastLine);
    }

    [Fact]
    public void Run_BudgetUsedUp_IsResumable()
    {
        _workspace.Run("run", "configs/backbone.yaml", "--budget", "0.01s").Ended(75);

        // Even if the budget ended before the run folder was made, the same command must go on.
        Assert.True(_workspace.RunFolders.Count <= 1);
        _workspace.Run("run", "configs/backbone.yaml").Ended(0);
        Assert.Single(_workspace.RunFolders);
    }

    private static string WeightsHash(string runFolder) => Workspace.ReadJson(runFolder, "metrics.json").GetProperty("backbone").GetProperty("weights_hash").GetString()!;

    /// <summary>Fractions of the pretraining stage in the run's log, in order; a line still being written does not count.</summary>
    private List<double> Progress()
    {
        var fractions = new List<double>();
        foreach (var log in _workspace.RunFolders.Select(r => Path.Combine(r, "log.ndjson")).Where(File.Exists))
        {
            using var reader = new StreamReader(new FileStream(log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
            foreach (var line in reader.ReadToEnd().Split('\n')[..^1])
            {
                var entry = JsonDocument.Parse(line).RootElement;
                if (entry.GetProperty("event").GetString() == "stage_progress" && entry.GetProperty("stage").GetString() == "pretrain")
                {
                    fractions.Add(entry.GetProperty("fraction").GetDouble());
                }
            }
        }

        return fractions;
    }
}
