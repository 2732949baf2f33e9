using ClusterML.Data;
using ClusterML.Experiments.Engine;
using ClusterML.Experiments.Tests.Yaml.Support;
using ClusterML.Experiments.Yaml;

namespace ClusterML.Experiments.Tests.Engine;

/// <summary>What is found before a run once the rows are known.</summary>
public sealed class CheckDataTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void CheckData_DecisionThatDecidesNothing_IsRefused() => Assert.Equal(
        [
            "intervals.decision.subtrahend: e_form_in less itself is always 0; name another target, or leave it out to decide by the sign of e_form_in",
            "intervals.decision.positive: both verdicts are called in; give them different names",
        ],
        Assert.Throws<ConfigException>(() => Check("intervals.decision={minuend: e_form_in, subtrahend: e_form_in, negative: in, positive: in}"))
            .Problems.Select(p => $"{p.Path}: {p.Message}"));

    [Fact]
    public void CheckData_ExternalPredictionsThatDoNotFit_AreRefusedBeforeAnythingStarts()
    {
        var file = Path.Combine(folder.Path, "theirs.csv");
        File.WriteAllText(file, "row_id,split,target,y_pred\nnobody,nowhere,e_form_in,1\n");
        Assert.Contains("there is no split nowhere", Assert.Throws<DataException>(() => Check($"baselines=[{{name: theirs, predictions: {file}}}]")).Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetDirectories(folder.Path));
    }

    [Fact]
    public void CheckData_NewGroupThatTheColumnDoesNotHave_IsRefusedWithTheNearestName()
    {
        var problem = Assert.Single(Assert.Throws<ConfigException>(() => Check("protocols=[{type: adaptation, name: new, column: host, groups: [Ti, Tii], test_rows: 3}]")).Problems);

        Assert.Equal("protocols[0].groups[1]", problem.Path);
        Assert.Equal("column host has no Tii (did you mean Ti?)", problem.Message);
    }

    [Fact]
    public void CheckData_MoreFoldsThanRows_AreNamedByTheMethodThatHasThem()
    {
        const string Set = "intervals.also=[{type: split}, {type: cv_plus, folds: 100}]";

        var problem = Assert.Single(Assert.Throws<DataException>(() => Check(Set)).Problems);

        Assert.StartsWith("intervals.also[1].folds: ", problem.Message, StringComparison.Ordinal);
        Assert.Contains("rows are too few for 100 folds; give at most ", problem.Message, StringComparison.Ordinal);
        Assert.Contains("intervals.also=", problem.File, StringComparison.Ordinal);
    }

    [Fact]
    public void CheckData_GroupsThatThePolicyRefuses_AreNamedWithProtocolAndSplitBeforeAnythingStarts()
    {
        var refusal = Assert.Throws<DataException>(() => Check("intervals={type: cv_plus, groups: column, group_column: host, unseen_group: error, small_group: error}"));
        Assert.Contains("training rows needed, and small_group is error", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetDirectories(folder.Path));
    }

    private void Check(string set)
    {
        var engine = new ExperimentEngine(new EngineOptions { ArtifactsRoot = Path.Combine(folder.Path, "artifacts"), DataRoot = null, Parallelism = 1 });
        engine.CheckData(engine.Load(Path.Combine(Binding.Repository, "configs", "smoke.yaml"), [set]));
    }
}
