using ClusterML.Experiments.Engine;
using ClusterML.Experiments.Pipelines;
using ClusterML.Experiments.Yaml;

namespace ClusterML.Experiments.Tests.Engine;

public sealed class ExperimentLoaderTests : IDisposable
{
    private const string Table = """
        data:
          table:
            type: csv
            path: rows.csv
            columns:
              - {name: a, role: numeric}
              - {name: g, role: group}
              - {name: y, role: target}
        """;

    private readonly TemporaryFolder folder = new();

    public ExperimentLoaderTests()
    {
        folder.Write("rows.csv", "a,g,y\n1,p,2\n");
        folder.Write("mean.yaml", "schema: clusterml/pipeline@1\nsteps:\n  - type: mean\n");
    }

    [Fact]
    public void Load_WholeConfig_HasTheModelFirstAndThenTheBaselines()
    {
        var experiment = Load($"""
            name: study
            {Table}
            model: [pipeline, mean.yaml]
            """.Replace("[pipeline, mean.yaml]", "{name: main, pipeline: mean.yaml}", StringComparison.Ordinal) + """

            protocols:
              - {type: k_fold, name: folds}
            baselines:
              - {name: other, pipeline: mean.yaml, seeds: 2}
            """);

        Assert.Equal([("main", 1, true), ("other", 2, false)], experiment.Models.Select(m => (m.Name, m.Seeds, m.IsMain)));
    }

    [Fact]
    public void Load_SeveralMistakesAcrossTheConfig_NamesAllWithTheirPlaces()
    {
        folder.Write("late.yaml", "schema: clusterml/pipeline@1\nsteps:\n  - type: mean\n  - type: one_hot\n");

        var problems = Problems($$"""
            name: study
            {{Table}}
            model: {name: main, pipeline: missing.yaml}
            protocols:
              - {type: leave_one_group_out, name: groups, column: nothing}
              - {type: k_fold, name: groups}
            baselines:
              - {name: main, pipeline: late.yaml}
            """);

        Assert.Equal(
            [
                "study.yaml:10:31: model.pipeline: there is no file FOLDER/missing.yaml",
                "study.yaml:15:12: baselines[0].name: another model is called main already",
                "study.yaml:13:26: protocols[1].name: another protocol is called groups already",
                "study.yaml:12:55: protocols[0].column: the table has no group column nothing; it has g",
                $"study.yaml:15:28: baselines[0].pipeline: the last step of late.yaml is one_hot, which does not predict; end with one of {string.Join(", ", StepRegistry.Default.Predicting)}",
                "study.yaml:15:28: baselines[0].pipeline: mean predicts and must be the last step of late.yaml",
            ],
            problems);
    }

    [Theory]
    [InlineData("{alpha: 1.5}", ":20: intervals.alpha: must be above 0 and below 1, found 1.5")]
    [InlineData("{alpha: [0.1, 1]}", ":26: intervals.alpha[1]: must be above 0 and below 1, found 1")]
    [InlineData("{alpha: [0.1, 0.1]}", "intervals.alpha[1]: 0.1 is there twice")]
    [InlineData("{alpha: []}", "must have at least 1 entry")]
    [InlineData("{type: jackknife}", "jackknife_plus")]
    [InlineData("{type: fast_cv_plus, groups: column}", "fast_cv_plus knows the groups none, mixed_mondrian; found column")]
    [InlineData("{type: split, groups: column}", "groups: column needs the name of the column")]
    [InlineData("{type: split, groups: column, group_column: h}", "the table has no group column h; it has g")]
    [InlineData("{type: conformalised_ridge, score: normalised}", "conformalised_ridge does not normalise scores")]
    [InlineData("{also: [{type: conformalised_quantile, groups: outlier_score}]}", "intervals.also[0].groups: conformalised_quantile knows the groups none, column")]
    public void Load_IntervalsThatCannotBe_AreNamed(string intervals, string message)
    {
        var problems = Problems($$"""
            name: study
            {{Table}}
            model: {name: main, pipeline: mean.yaml}
            intervals: {{intervals}}
            protocols:
              - {type: k_fold, name: folds}
            """);

        Assert.Contains(message, Assert.Single(problems), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_ConfigThatDoesNotBind_StillNamesTheProblemsOfItsPipelines()
    {
        folder.Write("broken.yaml", "schema: clusterml/pipeline@1\nsteps:\n  - type: meen\n");

        var problems = Problems($$"""
            name: study
            sede: 1
            {{Table}}
            model: {name: main, pipeline: broken.yaml}
            protocols:
              - {type: k_fold, name: folds}
            baselines:
              - {name: other, pipeline: missing.yaml}
            """).ToList();

        Assert.Contains(problems, p => p.StartsWith("study.yaml:2:1: sede: unknown key (did you mean seed?)", StringComparison.Ordinal));
        Assert.Contains(problems, p => p.Contains("broken.yaml:3:", StringComparison.Ordinal) && p.Contains("meen", StringComparison.Ordinal));
        Assert.Contains(problems, p => p.Contains("there is no file FOLDER/missing.yaml", StringComparison.Ordinal));
    }

    [Fact]
    public void Load_CompositionStepOnACsvTable_SaysWhatToUse()
    {
        folder.Write("chemistry.yaml", "schema: clusterml/pipeline@1\nsteps:\n  - type: composition_descriptors\n  - type: mean\n");

        var problem = Assert.Single(Problems($$"""
            name: study
            {{Table}}
            model: {name: main, pipeline: chemistry.yaml}
            protocols:
              - {type: k_fold, name: folds}
            """));

        Assert.EndsWith("composition_descriptors in chemistry.yaml reads host and dopant, which a csv table does not have; use table_descriptors", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_EmbeddingWithoutABackbone_IsRefused()
    {
        folder.Write("ft.yaml", "schema: clusterml/pipeline@1\nsteps:\n  - type: table_descriptors\n  - type: ft_embedding\n  - type: mean\n");

        Assert.Contains(
            "ft_embedding in ft.yaml needs a backbone, and the experiment has none",
            Assert.Single(Problems($$"""
                name: study
                {{Table}}
                model: {name: main, pipeline: ft.yaml}
                protocols:
                  - {type: k_fold, name: folds}
                """)),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Load_PublishedTableIsMissing_SaysWhereItIsFrom()
    {
        var problem = Assert.Single(Problems("""
            name: study
            data:
              root: nowhere
              table: {type: segregation}
            model: {name: main, pipeline: mean.yaml}
            protocols:
              - {type: k_fold, name: folds}
            """));

        Assert.StartsWith("study.yaml:4:3: data.table.file: there is no FOLDER/nowhere/segregation/ruban1999_tidy.csv; the table is not shipped", problem, StringComparison.Ordinal);
        Assert.Contains("Phys. Rev. B 59, 15990 (1999)", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_NothingToDo_IsRefused() =>
        Assert.Equal(["study.yaml:1:1: nothing to do: give model, or a backbone of type pretrain"], Problems("name: study\n"));

    public void Dispose() => folder.Dispose();

    private LoadedExperiment Load(string yaml) =>
        new ExperimentEngine(new EngineOptions { ArtifactsRoot = Path.Combine(folder.Path, "artifacts"), DataRoot = null })
            .Load(folder.Write("study.yaml", yaml), []);

    private IEnumerable<string> Problems(string yaml) =>
        Assert.Throws<ConfigException>(() => Load(yaml)).Problems.Select(p => p.ToString()
            .Replace(folder.Path + "/study.yaml", "study.yaml", StringComparison.Ordinal)
            .Replace(folder.Path, "FOLDER", StringComparison.Ordinal));
}
