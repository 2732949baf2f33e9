using System.Diagnostics;

namespace ClusterML.Acceptance;

public sealed class ExternalProgramTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public void CiRun_Syntax_IsValid()
    {
        RequiredProgram.OrSkip("bash");

        Assert.Empty(Output("bash", "-n", Path.Combine(Built.Repository, ".ci", "run")));
    }

    [Fact]
    public void Run_ConfigInAGitCheckout_RecordsTheCommit()
    {
        RequiredProgram.OrSkip("git");
        _workspace.WithAlloys();
        Git("init", "--quiet");
        Git("add", "configs", "pipelines", "alloys.csv");
        Git("-c", "user.name=Test", "-c", "user.email=test@localhost", "-c", "commit.gpgsign=false", "commit", "--quiet", "--message", "The experiment");
        var commit = Git("rev-parse", "HEAD").Trim();

        var clean = Recorded(_workspace.Run("run", "configs/alloys.yaml").Ended(0));
        File.AppendAllText(_workspace.PathOf("configs/alloys.yaml"), "# changed\n");
        var changed = Recorded(_workspace.Run("run", "configs/alloys.yaml").Ended(0));

        Assert.Equal((commit, false), clean);
        Assert.Equal((commit, true), changed);

        static (string? Commit, bool Dirty) Recorded(CommandResult run)
        {
            var environment = Workspace.ReadJson(run.LastLine, "environment.json");
            return (environment.GetProperty("git_commit").GetString(), environment.GetProperty("git_dirty").GetBoolean());
        }
    }

    private string Git(params string[] arguments) => Output("git", arguments);

    /// <summary>What the program says on both streams; it has to end well.</summary>
    private string Output(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = _workspace.Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var said = process.StandardOutput.ReadToEnd() + error.Result;
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)}\n{said}");
        return said;
    }
}
