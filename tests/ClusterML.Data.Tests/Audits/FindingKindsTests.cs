using System.Text.RegularExpressions;
using ClusterML.Data.Audits;
using ClusterML.Tests;

namespace ClusterML.Data.Tests.Audits;

public sealed class FindingKindsTests
{
    private const string End = "<!-- end -->";

    [Fact]
    public void All_Codes_AreSnakeCaseAndUnique()
    {
        Assert.All(FindingKinds.All, kind => Assert.Matches("^[a-z]+(_[a-z]+)*$", kind.Code));
        Assert.Equal(FindingKinds.All.Count, FindingKinds.All.Select(k => k.Code).Distinct().Count());
    }

    [Fact]
    public void All_HoldsEveryKindThatIsDeclared() => Assert.Equal(
        typeof(FindingKinds).GetFields().Where(f => f.FieldType == typeof(FindingKind)).Select(f => ((FindingKind)f.GetValue(null)!).Code).Order(),
        FindingKinds.All.Select(k => k.Code).Order());

    /// <summary>To write the list anew: run the tests with CLUSTERML_WRITE_DOCS=1.</summary>
    [Fact]
    public void Documentation_ListsExactlyTheKinds()
    {
        var file = Path.Combine(Published.Repository, "docs", "audit.md");
        var text = File.ReadAllText(file).ReplaceLineEndings("\n");
        var start = Regex.Match(text, "## Every finding\n<!--.*-->\n").Value;
        var head = text[..(text.IndexOf(start, StringComparison.Ordinal) + start.Length)];
        var expected = head + Table() + End + "\n";
        if (Environment.GetEnvironmentVariable("CLUSTERML_WRITE_DOCS") == "1")
        {
            File.WriteAllText(file, expected);
        }

        Assert.NotEmpty(start);
        Assert.Equal(expected, File.ReadAllText(file), ignoreLineEndingDifferences: true);
    }

    [Fact]
    public void Unknown_NearACode_NamesIt()
    {
        Assert.Equal("there is no finding duplicate_row (did you mean duplicate_rows?)", FindingKinds.Unknown("duplicate_row"));
        Assert.Equal("there is no finding xyz (docs/audit.md lists them)", FindingKinds.Unknown("xyz"));
    }

    private static string Table() => "| code | severity | what is found | why it matters | what to do |\n|---|---|---|---|---|\n" + string.Concat(
        FindingKinds.All.Select(k => $"| `{k.Code}` | {k.Severity.ToString().ToLowerInvariant()} | {k.Title} | {k.Why} | {k.Remedy} |\n"));
}
