using ClusterML.Experiments.Tests.Yaml.Support;
using ClusterML.Experiments.Yaml;
using CsCheck;

namespace ClusterML.Experiments.Tests.Yaml;

public sealed class YamlSourceTests
{
    [Theory]
    [InlineData("", "f.yaml:1:1: the file is empty; expected a mapping")]
    [InlineData("# nothing\n---\n", "f.yaml:1:1: the file is empty; expected a mapping")]
    [InlineData("n_heads: 1\n\tfast: true\n", "f.yaml:2:1: a tab in the indentation; indent with spaces")]
    [InlineData("point:\n \tx12tm: 3\n", "f.yaml:2:2: a tab in the indentation; indent with spaces")]
    [InlineData("n_heads: [1, 2\nfast: true\n", "f.yaml:1:12: not valid YAML: it cannot be read from here on; is a bracket or a quote left open?")]
    [InlineData("n_heads: 1\n fast: true\n", "f.yaml:2:6: not valid YAML: a colon is not expected here; check the indentation, and put text that holds \": \" in quotes")]
    [InlineData("title: @x\n", "f.yaml:1:8: not valid YAML: text cannot start with @; put it in quotes")]
    [InlineData("title: \"abc\n", "f.yaml:1:8: not valid YAML: the quote that opens here is not closed")]
    [InlineData("- a\nb: 1\n", "f.yaml:2:1: not valid YAML: while parsing a block collection, did not find expected '-' indicator")]
    [InlineData("n_heads: 1\n---\nfast: true\n", "f.yaml:2:1: a second document starts here; a file holds one")]
    [InlineData("title: &x abc\n", "f.yaml:1:8: title: anchors are not supported (&x); write the value out")]
    [InlineData("n_heads: *x\n", "f.yaml:1:10: n_heads: aliases are not supported (*x); write the value out")]
    [InlineData("code: !!str abc\n", "f.yaml:1:7: code: tags are not supported (!!str); write the value without it")]
    [InlineData("letter: !foo a\n", "f.yaml:1:9: letter: tags are not supported (!foo); write the value without it")]
    [InlineData("? [a]\n: 1\n", "f.yaml:2:3: a key must be a name, not a list or a mapping")]
    [InlineData("n_heads: 1\nn_heads: 3\n", "f.yaml:2:1: n_heads: duplicate key (first at line 1)")]
    [InlineData("point: {x12tm: 2, x12tm: 3}\n", "f.yaml:1:19: point.x12tm: duplicate key (first at line 1)")]
    public void Parse_WhatConfigurationsCannotUse_IsAProblem(string text, string expected) =>
        Assert.Equal(expected, Binding.Problems<Sample>(text));

    [Theory]
    [InlineData("title: |\n  a\n  \tb\n")]
    [InlineData("n_heads:\t4\n")]
    [InlineData("\ufefftitle: a\r\nfast: true\r\n")]
    [InlineData("--- # start\ntitle: 'a: b' # comment\n...\n")]
    public void Parse_UnusualButValidText_HasNoProblems(string text) => Assert.Empty(Binding.Problems<Sample>(text));

    [Fact]
    public void Parse_DeepNesting_IsAProblem()
    {
        var problem = Assert.Single(YamlSource.Parse("f.yaml", new string('[', 20000)).Problems);
        Assert.Equal("f.yaml:1:51: not valid YAML: nested deeper than 50 levels", problem.ToString());
    }

    [Fact]
    public void Parse_AnyText_NeverThrows()
    {
        const string letters = " \t\n:-?[]{},#&*!|>'\"%@`ab1.~\\\r";
        Gen.Int[0, letters.Length - 1].Select(i => letters[i]).Array[0, 40].Sample(c => YamlSource.Parse("f.yaml", new string(c)), iter: 5000);
    }
}
