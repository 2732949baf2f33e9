using ClusterML.Data;
using ClusterML.Experiments.Configuration;
using ClusterML.Experiments.Tests.Yaml.Support;
using ClusterML.Experiments.Yaml.Starters;

namespace ClusterML.Experiments.Tests.Yaml;

public sealed class StarterConfigTests
{
    private static readonly string[] Header = ["id", "host", "n", "T [K]", "note", "energy (eV)"];

    private static readonly string[][] Rows =
    [
        ["r1", "Ti", "12", "300.5", "", "1.5"],
        ["r2", "Fe", "12", "NA", "", "-1.5"],
        ["r3", "Ti", "54", "310", "", "0"],
        ["r4", "No", "54", "310", "", "0"],
    ];

    [Theory]
    [InlineData(StarterKind.X12tm)]
    [InlineData(StarterKind.Segregation)]
    [InlineData(StarterKind.Pretrain)]
    [InlineData(StarterKind.Csv)]
    public void Experiment_OfEachKind_BindsAndNamesItsSchema(StarterKind kind)
    {
        var text = StarterConfig.Experiment("my-run", kind, new StarterOptions { SchemaFile = "../../schemas/experiment.schema.json" });
        Assert.StartsWith("# yaml-language-server: $schema=../../schemas/experiment.schema.json\n", text, StringComparison.Ordinal);
        Assert.Equal(string.Empty, Binding.Problems<ExperimentConfig>(text));
        Assert.Equal("my-run", Binding.Value<ExperimentConfig>(text).Name);
        Assert.Contains("# Cross-validation folds.\n  folds: 5\n", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("My Run")]
    [InlineData("")]
    [InlineData("-a")]
    public void Experiment_NameThatWouldBeRefused_Throws(string name) =>
        Assert.Throws<ArgumentException>(() => StarterConfig.Experiment(name, StarterKind.X12tm));

    [Fact]
    public void FromTable_Sample_GuessesRolesAndSaysSo()
    {
        var text = StarterConfig.FromTable("../data/My table.csv", Header, Rows);
        var config = Binding.Value<ExperimentConfig>(text);
        Assert.Equal("my-table", config.Name);
        var table = Assert.IsType<CsvTableConfig>(config.Data.Table);
        Assert.Equal(
            [("id", CsvRole.Id, ""), ("host", CsvRole.Categorical, ""), ("n", CsvRole.Categorical, ""), ("T [K]", CsvRole.Numeric, "K"), ("energy (eV)", CsvRole.Target, "eV"), ("host", CsvRole.Group, "")],
            table.Columns.Select(c => (c.Name, c.Role, c.Unit)));
        Assert.Equal(
            """
            # Written from 4 sample rows of ../data/My table.csv.
            # CHECK THE COLUMNS: their roles and units are guesses; each says what was seen.
            # Left out: column "note" (empty in the sample).
            """,
            string.Join('\n', text.Split('\n')[1..4]));
        Assert.Contains("      # text, 3 distinct values; guessed categorical: text\n      - name: host\n", text, StringComparison.Ordinal);
        Assert.Contains("      # numbers from 300.5 to 310, 2 distinct values, 1 missing (leave such fields empty in place of NA); guessed\n", text, StringComparison.Ordinal);
        Assert.Contains("      # numbers from -1.5 to 1.5, 3 distinct values; guessed target: the last column of numbers\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void FromTable_NoNumbers_AsksForATarget()
    {
        var text = StarterConfig.FromTable("t.csv", ["a", "a", ""], [["x", "x", "1"], ["x", "y", "2"]], name: "t2");
        Assert.Equal(string.Empty, Binding.Problems<ExperimentConfig>(text));
        Assert.Contains("# NO TARGET: no column of numbers was seen. Give one column the role target.\n", text, StringComparison.Ordinal);
        Assert.Contains("# Left out: column \"a\" (the header stands twice).\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void FromTable_NothingUsable_Throws() =>
        Assert.Throws<ArgumentException>(() => StarterConfig.FromTable("t.csv", ["a"], [[""]]));
}
