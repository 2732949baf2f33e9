using System.Diagnostics;
using ClusterML.Learning.Scaling;

namespace ClusterML.Transformer.Tests;

/// <summary>The same training in other processes: repeated, and killed and resumed.</summary>
/// <remarks>The other process is this test program with the one test of <see cref="TrainingProcess"/> asked for.</remarks>
[Collection("torch")]
public sealed class OtherProcessTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("clusterml-process-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Fit_InAnotherProcess_GivesTheSameWeights()
    {
        var here = TrainingProcess.Train(null, null).WeightsHash;

        using var process = Start(pause: 0);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(0, process.ExitCode);
        Assert.Equal(here, File.ReadAllText(TrainingProcess.Result(folder.FullName)));
    }

    [Fact]
    public async Task Fit_KilledInAnotherProcessAndResumedInAThird_GivesTheSameWeights()
    {
        var here = TrainingProcess.Train(null, null).WeightsHash;
        using (var killed = Start(pause: 300))
        {
            var marks = Path.Combine(folder.FullName, "epochs");
            while (!killed.HasExited && (!File.Exists(marks) || new FileInfo(marks).Length < 3))
            {
                await Task.Delay(20, TestContext.Current.CancellationToken);
            }

            killed.Kill(entireProcessTree: true);
            await killed.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        Assert.False(File.Exists(TrainingProcess.Result(folder.FullName)));
        Assert.True(File.Exists(TrainingProcess.Checkpoint(folder.FullName)));

        using var resumed = Start(pause: 0);
        await resumed.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(0, resumed.ExitCode);
        Assert.Equal(here, File.ReadAllText(TrainingProcess.Result(folder.FullName)));

        // One mark an epoch; resumed, so not all twelve epochs were run a second time.
        Assert.InRange(new FileInfo(Path.Combine(folder.FullName, "epochs")).Length, TrainingProcess.Epochs, TrainingProcess.Epochs + 2);
    }

    private Process Start(int pause)
    {
        var assembly = typeof(OtherProcessTests).Assembly.Location;
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
        {
            start.ArgumentList.Add(assembly);
        }

        foreach (var argument in new[] { "--explicit", "only", "--filter-class", typeof(TrainingProcess).FullName!, "--progress", "off", "--results-directory", folder.FullName })
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment[TrainingProcess.FolderVariable] = folder.FullName;
        start.Environment[TrainingProcess.PauseVariable] = $"{pause}";
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        return process;
    }
}

/// <summary>A training that <see cref="OtherProcessTests"/> runs in a process of its own.</summary>
[Collection("torch")]
public sealed class TrainingProcess
{
    public const string FolderVariable = "CLUSTERML_TEST_TRAINING";
    public const string PauseVariable = "CLUSTERML_TEST_PAUSE";
    public const int Epochs = 12;

    [Fact(Explicit = true)]
    public void Train_InTheFolderOfTheVariable_WritesTheHash()
    {
        var folder = Environment.GetEnvironmentVariable(FolderVariable);
        Assert.SkipWhen(folder is null, $"{FolderVariable} is not set");
        var pause = int.Parse(Environment.GetEnvironmentVariable(PauseVariable)!, System.Globalization.CultureInfo.InvariantCulture);

        var model = Train(new KeptInAFile(Checkpoint(folder!)), new Marks(Path.Combine(folder!, "epochs"), pause));

        File.WriteAllText(Result(folder!), model.WeightsHash);
    }

    public static string Checkpoint(string folder) => Path.Combine(folder, "checkpoint.bin");

    public static string Result(string folder) => Path.Combine(folder, "hash.txt");

    internal static FtTransformerModel Train(ITrainingCheckpoints? checkpoints, IProgress<EpochProgress>? progress)
    {
        var rows = SampleRows.Make(120);
        var network = SampleRows.TinyNetwork with { Tokenizer = FtTokenizer.Periodic, Missing = FtMissing.Token, AttentionDropout = 0.1 };
        var options = new FtTrainingOptions
        {
            MaxEpochs = Epochs,
            Patience = Epochs,
            BatchSize = 16,
            MaskProbability = 0.2,
            Schedule = FtSchedule.Cosine,
            WarmupEpochs = 1,
            GradientClip = 1,
        };
        var setup = SampleRows.Setup() with { Checkpoints = checkpoints, Progress = progress, ScalerFallback = new RobustScaler([0, 0, 0], [1, 1, 1]) };
        return new FtTransformerEstimator(network, options, setup).Fit(rows.View()).Model;
    }

    private sealed class Marks(string path, int pause) : IProgress<EpochProgress>
    {
        public void Report(EpochProgress value)
        {
            File.AppendAllText(path, ".");
            Thread.Sleep(pause);
        }
    }
}
