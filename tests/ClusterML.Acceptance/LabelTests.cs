using System.Runtime.InteropServices;

namespace ClusterML.Acceptance;

/// <summary>A campaign with the real CP2K, through the command line: killed, resumed, asked how it is, exported.</summary>
public sealed class LabelTests : IDisposable
{
    private const string Config = """
        schema: clusterml/labels@1
        name: tungsten
        folder: campaign
        systems:
          hosts: [W]
          dopants: [Pd]
          references: []
          atom_box: 7
        engine:
          type: cp2k
          recipe:
            cutoff: 120
            rel_cutoff: 30
            eps_default: 1e-8
            poisson: periodic
            atoms: {minimizer: DIIS, eps_scf: 5e-5, max_scf: 40}
        run:
          niceness: 0
        """;

    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public void LabelRun_KilledWhileAnEngineRuns_LosesNothing()
    {
        RequiredProgram.OrSkip("cp2k.psmp");
        _workspace.Write("w.yaml", Config);
        using (var killed = _workspace.Start("label", "run", "w.yaml"))
        {
            killed.WaitUntil(() => File.Exists(_workspace.PathOf("campaign/work/W_atom/rung-0/process.json")), "the engine was started");
            killed.Kill();
            killed.Wait();
        }

        // The engine does not die with the program, and who asks is told.
        Assert.Matches("(?m)^(running      W_atom|done         1 of)", _workspace.Run("label", "status", "w.yaml").Ended(0).Out);
        using (var resumed = _workspace.Start("label", "run", "w.yaml"))
        {
            resumed.WaitUntil(() => File.Exists(_workspace.PathOf("campaign/work/W13/rung-0/process.json")), "the next calculation was started");
            resumed.Signal(PosixSignal.SIGTERM);
            var result = resumed.Wait().Ended(143);
            Assert.Contains("same command", result.Error, StringComparison.Ordinal);
            Assert.Contains("W_atom: still runs from an earlier start", result.Error, StringComparison.Ordinal);
        }

        var status = _workspace.Run("label", "status", "w.yaml", "--json").Ended(0).Json;
        Assert.Equal(1, status.GetProperty("counts").GetProperty("done").GetInt32());
        Assert.Equal(0, status.GetProperty("counts").GetProperty("running").GetInt32());
        _workspace.Run("label", "export", "w.yaml", "--out", "dataset").Ended(0);
        Assert.True(File.Exists(_workspace.PathOf("dataset/calculations/W_atom.json")));
        Assert.True(File.Exists(_workspace.PathOf("dataset/dataset.json")));
    }

    [Fact]
    public void LabelRun_BasisThatTheEngineHasNot_FailsAtOnceInTheEnginesWords()
    {
        RequiredProgram.OrSkip("cp2k.psmp");
        _workspace.Write("w.yaml", Config.Replace("cutoff: 120", "cutoff: 120\n    basis: NO-SUCH-BASIS", StringComparison.Ordinal));

        var run = _workspace.Run("label", "run", "w.yaml").Ended(1);

        Assert.Contains("no calculation of this run succeeded; the first that failed is W_atom: ", run.Error, StringComparison.Ordinal);
        Assert.Contains("CP2K aborted: The requested basis set <NO-SUCH-BASIS> for element <W> was not found", run.Error, StringComparison.Ordinal);
        Assert.Contains("--retry-failed tries again what failed", run.Error, StringComparison.Ordinal);
        Assert.Equal("rung-0", Path.GetFileName(Assert.Single(Directory.GetDirectories(_workspace.PathOf("campaign/work/W13")))));
    }

    [Fact]
    public void LabelPlan_BadConfig_NamesEveryProblemWithItsPlace()
    {
        _workspace.Write("w.yaml", Config.Replace("[W]", "[W, Lu, Xx]", StringComparison.Ordinal).Replace("references: []", "references: [vac, nest]", StringComparison.Ordinal));

        var result = _workspace.Run("label", "plan", "w.yaml").Ended(3);

        Assert.Contains("w.yaml:5:14: systems.hosts[1]: the engine has no basis set and pseudopotential for Lu", result.Error, StringComparison.Ordinal);
        Assert.Contains("w.yaml:5:18: systems.hosts[2]: host \"Xx\" is not an element", result.Error, StringComparison.Ordinal);
        Assert.Contains("there is no structure nest of X12", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void LabelPlan_Vasp_WritesInputsAndDoesNotRun()
    {
        _workspace.Write("v.yaml", Config[..Config.IndexOf("engine:", StringComparison.Ordinal)] + "engine:\n  type: vasp\n");

        _workspace.Run("label", "plan", "v.yaml", "--write-inputs", "inputs").Ended(0);
        var run = _workspace.Run("label", "run", "v.yaml").Ended(3);

        var incar = File.ReadAllLines(_workspace.PathOf("inputs/W12Pd_in/INCAR"));
        Assert.Contains("ENCUT = 500", incar);
        Assert.Contains("EDIFFG = -0.015", incar);
        Assert.Contains("ISPIN = 2", incar);
        Assert.StartsWith("Pd", File.ReadAllLines(_workspace.PathOf("inputs/W12Pd_in/POTCAR.txt"))[1], StringComparison.Ordinal);
        Assert.Contains("--write-inputs", run.Error, StringComparison.Ordinal);
    }
}
