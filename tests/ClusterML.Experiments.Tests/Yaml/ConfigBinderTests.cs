using ClusterML.Experiments.Tests.Yaml.Support;
using ClusterML.Experiments.Yaml;

namespace ClusterML.Experiments.Tests.Yaml;

public sealed class ConfigBinderTests
{
    [Fact]
    public void Bind_EveryKindOfMember_ReadsItsValue()
    {
        var sample = Binding.Value<Sample>(
            """
            n_heads: 0x10
            rows: 1e3
            rate: 1
            weight: 2.5e-1
            fast: TRUE
            title: No
            note: "12"
            letter: b
            color: none
            other_color: deep_blue
            factors: [1, 2.5]
            names: [on, yes, "5"]
            counts: {a: 1, "b c": 2}
            point: {x12tm: 3, label: null}
            choice:
              name: c
              type: circle
              radius: 2
            choices:
              - {type: square, name: s, side: 1}
            any: [1, 2.5, true, x, null, {a: [1]}]
            """);
        Assert.Equal(16, sample.NHeads);
        Assert.Equal(1000, sample.Rows);
        Assert.Equal(1.0, sample.Rate);
        Assert.Equal(0.25f, sample.Weight);
        Assert.True(sample.Fast);
        Assert.Equal("No", sample.Title);
        Assert.Equal("12", sample.Note);
        Assert.Equal("abc", sample.Code);
        Assert.Equal(SampleColor.None, sample.Color);
        Assert.Equal(SampleColor.DeepBlue, sample.OtherColor);
        Assert.Equal([1, 2.5], sample.Factors);
        Assert.Equal(["on", "yes", "5"], sample.Names);
        Assert.Equal(2, sample.Counts["b c"]);
        Assert.Equal(new SamplePoint(3), sample.Point);
        Assert.Equal(new SampleCircle { Name = "c", Radius = 2 }, sample.Choice);
        Assert.Equal(new SampleSquare { Name = "s", Side = 1 }, Assert.Single(sample.Choices));
        Assert.Equal([1L, 2.5, true, "x", null], sample.Any.Take(5));
    }

    [Fact]
    public void Check_ManyMistakes_ReportsAllOfThemInTheOrderOfTheFile() => Assert.Equal(
        """
        f.yaml:1:1: n_hed: unknown key (did you mean n_heads?)
        f.yaml:2:10: n_heads: expected an integer, found "abc"
        f.yaml:3:7: rows: expected an integer, found "12" (leave out the quotes)
        f.yaml:4:7: rate: expected a finite number, found .nan
        f.yaml:5:9: weight: expected a finite number, found 1e99, which is too large
        f.yaml:6:7: fast: expected true or false, found "yes" (did you mean true?)
        f.yaml:7:8: title: expected text, found the number 5 (in quotes it would be text: "5")
        f.yaml:8:7: note: expected text, found true (in quotes it would be text: "true")
        f.yaml:9:7: code: must match [a-z]+, found "AB1"
        f.yaml:10:9: letter: must be one of a, b, found "c"
        f.yaml:11:8: color: expected one of red, deep_blue, none, found "deep-blue" (did you mean deep_blue?)
        f.yaml:12:14: other_color: expected one of red, deep_blue, none, found the number 7
        f.yaml:13:1: factors: must have at least 1 entry, found none
        f.yaml:14:8: names: expected a list, found "Ti" (write [Ti])
        f.yaml:15:13: counts.a: expected an integer, found "x"
        f.yaml:15:23: counts["b c"]: expected an integer, found the number 1.5
        f.yaml:16:23: point.r2: r2 must not exceed x12tm
        f.yaml:17:1: zzz: unknown key (allowed: n_heads, rows, rate, weight, fast, title, note, code, letter, color, other_color, factors, names, counts, point, choice, choices, any)
        """,
        Binding.Problems<Sample>(
            """
            n_hed: 4
            n_heads: abc
            rows: "12"
            rate: .nan
            weight: 1e99
            fast: yes
            title: 5
            note: true
            code: AB1
            letter: c
            color: deep-blue
            other_color: 7
            factors: []
            names: Ti
            counts: {a: x, "b c": 1.5}
            point: {x12tm: 1, r2: 5}
            zzz: 1
            """));

    [Theory]
    [InlineData("abc", "f.yaml:1:1: expected a mapping, found \"abc\"")]
    [InlineData("- 1", "f.yaml:1:1: expected a mapping, found a list")]
    [InlineData("n_heads: 100", "f.yaml:1:10: n_heads: must be between 1 and 64, found 100")]
    [InlineData("n_heads: 1.5", "f.yaml:1:10: n_heads: expected an integer, found the number 1.5")]
    [InlineData("n_heads: [1]", "f.yaml:1:1: n_heads: expected an integer, found a list")]
    [InlineData("n_heads: {a: 1}", "f.yaml:1:1: n_heads: expected an integer, found a mapping")]
    [InlineData("n_heads: -.inf", "f.yaml:1:10: n_heads: expected an integer, found -.inf")]
    [InlineData("n_heads:", "f.yaml:1:9: n_heads: expected an integer, found nothing")]
    [InlineData("n_heads: 99999999999", "f.yaml:1:10: n_heads: must be between -2147483648 and 2147483647, found 99999999999")]
    [InlineData("rate: 0", "f.yaml:1:7: rate: must be above 0 and at most 1, found 0")]
    [InlineData("rate: 1e999", "f.yaml:1:7: rate: expected a finite number, found 1e999, which is too large")]
    [InlineData("rate: '0.5'", "f.yaml:1:7: rate: expected a number, found \"0.5\" (leave out the quotes)")]
    [InlineData("rate: nan", "f.yaml:1:7: rate: expected a number, found \"nan\"")]
    [InlineData("rate: ~", "f.yaml:1:7: rate: expected a number, found ~")]
    [InlineData("fast: 1", "f.yaml:1:7: fast: expected true or false, found the number 1")]
    [InlineData("fast: 'true'", "f.yaml:1:7: fast: expected true or false, found \"true\" (leave out the quotes)")]
    [InlineData("title: ' '", "f.yaml:1:8: title: must not be empty")]
    [InlineData("title: [a]", "f.yaml:1:1: title: expected text, found a list")]
    [InlineData("code: ''", "f.yaml:1:7: code: must match [a-z]+, found \"\"")]
    [InlineData("color: 'redd'", "f.yaml:1:8: color: expected one of red, deep_blue, none, found \"redd\" (did you mean red?)")]
    [InlineData("names: [a, 5]", "f.yaml:1:12: names[1]: expected text, found the number 5 (in quotes it would be text: \"5\")")]
    [InlineData("factors: null", "f.yaml:1:10: factors: expected a list, found null")]
    [InlineData("counts: [a]", "f.yaml:1:1: counts: expected a mapping, found a list")]
    [InlineData("point: {}", "f.yaml:1:1: point: missing required key x12tm")]
    [InlineData("point: {x12tm: 1, r2: 11}", "f.yaml:1:23: point.r2: must be between 0 and 10, found 11")]
    [InlineData("any: [.nan]", "f.yaml:1:7: any[0]: expected a finite number, found .nan")]
    public void Check_OneMistake_SaysWhatIsThereAndWhatWouldBeRight(string text, string expected) =>
        Assert.Equal(expected, Binding.Problems<Sample>(text));

    [Fact]
    public void Bind_Mistakes_AreAllCarriedByTheException()
    {
        var thrown = Assert.Throws<ConfigException>(() => ConfigBinder.Bind<Sample>("f.yaml", "n_hed: 1\nfast: 2\n"));
        Assert.Equal(2, thrown.Problems.Count);
        Assert.Equal(new ConfigProblem("f.yaml", 1, 1, "n_hed", "unknown key (did you mean n_heads?)"), thrown.Problems[0]);
        Assert.Equal(string.Join('\n', thrown.Problems), thrown.Message);
    }

    [Fact]
    public void Positions_OfBoundValues_AreWhereTheyWereWritten()
    {
        var bound = ConfigBinder.Bind<Sample>("f.yaml", "choices:\n  - type: circle\n    name: a\ntitle: t\n");
        Assert.Equal(new SourcePosition("f.yaml", 3, 11), bound.Positions.At("choices[0].name"));
        Assert.Equal(new SourcePosition("f.yaml", 1, 1), bound.Positions.At("choices"));
        Assert.Equal(new SourcePosition("f.yaml", 2, 5), bound.Positions.At("choices[0].radius"));
        Assert.Equal(new SourcePosition("f.yaml", 1, 1), bound.Positions.At("rate"));
        Assert.False(bound.Positions.IsWritten("rate"));
        Assert.Equal("f.yaml:4:8: title: taken", bound.Positions.Problem("title", "taken").ToString());
    }
}
