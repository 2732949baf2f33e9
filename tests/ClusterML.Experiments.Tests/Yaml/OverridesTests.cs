using ClusterML.Experiments.Tests.Yaml.Support;
using ClusterML.Experiments.Yaml;

namespace ClusterML.Experiments.Tests.Yaml;

public sealed class OverridesTests
{
    private const string Text = "n_heads: 3\nchoices:\n  - {type: circle, name: a}\n";

    [Fact]
    public void Apply_Values_ReplaceAndAdd()
    {
        var sample = Binding.Value<Sample>(
            Text, "n_heads=4", "point.x12tm=2", "choices[0].radius=5", "choices[1]={type: square, name: b, side: 1}", "note=", "title=a=b", "counts[\"x.y\"]=3", "n_heads=7");
        Assert.Equal(7, sample.NHeads);
        Assert.Equal(2, sample.Point?.X12tm);
        Assert.Equal(5, Assert.IsType<SampleCircle>(sample.Choices[0]).Radius);
        Assert.Equal(2, sample.Choices.Count);
        Assert.Null(sample.Note);
        Assert.Equal("a=b", sample.Title);
        Assert.Equal(3, sample.Counts["x.y"]);
    }

    [Theory]
    [InlineData("n_hed=4", "--set n_hed=4: n_hed: unknown key (did you mean n_heads?)")]
    [InlineData("n_heads=many", "--set n_heads=many: n_heads: expected an integer, found \"many\"")]
    [InlineData("n_heads=100", "--set n_heads=100: n_heads: must be between 1 and 64, found 100")]
    [InlineData("choices[0].radus=3", "--set choices[0].radus=3: choices[0].radus: unknown key (did you mean radius?)")]
    [InlineData("choices[3].name=x", "--set choices[3].name=x: choices: has no entry 3: it has 1")]
    [InlineData("choices.x=1", "--set choices.x=1: choices: has no key x: it is a list")]
    [InlineData("n_heads.x=3", "--set n_heads.x=3: n_heads: has no key x: it is a single value")]
    [InlineData("n_heads[0]=3", "--set n_heads[0]=3: n_heads: has no entry 0: it is not a list")]
    [InlineData("nonsense", "--set nonsense: expected path=value, such as data.root=/data or protocols[0].folds=3")]
    [InlineData("=3", "--set =3: expected path=value, such as data.root=/data or protocols[0].folds=3")]
    [InlineData("a..b=3", "--set a..b=3: expected path=value, such as data.root=/data or protocols[0].folds=3")]
    [InlineData("factors=[1", "--set factors=[1: factors: not valid YAML: while parsing a flow sequence, did not find expected ',' or ']'")]
    [InlineData("rate=*x", "--set rate=*x: rate: aliases are not supported (*x); write the value out")]
    [InlineData("title=", "--set title=: title: expected text, found nothing")]
    [InlineData("title=~", "--set title=~: title: expected text, found ~")]
    [InlineData("point.label=x", "--set point.label=x: point: missing required key x12tm")]
    public void Apply_Mistake_NamesTheOverride(string assignment, string expected) =>
        Assert.Equal(expected, Binding.Problems<Sample>(Text, assignment));

    [Fact]
    public void Positions_OfAnOverride_NameIt()
    {
        var bound = ConfigBinder.Bind<Sample>("f.yaml", Text, overrides: ["rate=1"]);
        Assert.Equal("--set rate=1: rate: bad", bound.Positions.Problem("rate", "bad").ToString());
        Assert.Equal("f.yaml:1:10: n_heads: bad", bound.Positions.Problem("n_heads", "bad").ToString());
    }
}
