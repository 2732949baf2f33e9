using ClusterML.Data.Errors;
using ClusterML.Experiments.Yaml.Nodes;
using ClusterML.Experiments.Yaml.Shapes;

namespace ClusterML.Experiments.Tests.Yaml;

public sealed class NamesAndPathsTests
{
    [Theory]
    [InlineData("NBlocks", "n_blocks")]
    [InlineData("DToken", "d_token")]
    [InlineData("DFeedForward", "d_feed_forward")]
    [InlineData("WeightsHash", "weights_hash")]
    [InlineData("X12tm", "x12tm")]
    [InlineData("R2", "r2")]
    [InlineData("MaeR2", "mae_r2")]
    [InlineData("MSELoss", "mse_loss")]
    [InlineData("UseL2Norm", "use_l2_norm")]
    [InlineData("Name", "name")]
    public void Snake_NameInCode_IsLowerSnake(string name, string expected) => Assert.Equal(expected, KeyNames.Snake(name));

    [Theory]
    [InlineData("n_hed", "n_heads")]
    [InlineData("NHeads", "n_heads")]
    [InlineData("n-heads", "n_heads")]
    [InlineData("n_haeds", "n_heads")]
    [InlineData("columns", null)]
    [InlineData("x", null)]
    public void Nearest_Name_IsFoundWhenNear(string found, string? expected) =>
        Assert.Equal(expected, NearestName.Of(found, ["n_heads", "d_token", "to"]));

    [Theory]
    [InlineData("No", "Text")]
    [InlineData("on", "Text")]
    [InlineData("yes", "Text")]
    [InlineData("tRUE", "Text")]
    [InlineData("nan", "Text")]
    [InlineData("1_000", "Text")]
    [InlineData("12:30", "Text")]
    [InlineData("1e", "Text")]
    [InlineData("True", "Boolean")]
    [InlineData("~", "Null")]
    [InlineData("0x1F", "Integer")]
    [InlineData("-3", "Integer")]
    [InlineData("1.", "Number")]
    [InlineData(".5e-3", "Number")]
    [InlineData("-.Inf", "NotFinite")]
    public void KindOf_PlainScalar_FollowsTheCoreSchema(string text, string expected) =>
        Assert.Equal(expected, CoreSchema.KindOf(text).ToString());

    [Theory]
    [InlineData("a.b[2].c", 4)]
    [InlineData("[\"x.y\"].z", 2)]
    [InlineData("a[\"b c\"][0]", 3)]
    public void Parse_Path_IsWrittenBackTheSame(string path, int steps)
    {
        var parsed = NodePath.Parse(path);
        Assert.NotNull(parsed);
        Assert.Equal(steps, parsed.Count);
        Assert.Equal(path, NodePath.Format(parsed, parsed.Count));
        Assert.Equal(NodePath.Format(parsed, steps - 1), NodePath.Parent(path));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a..b")]
    [InlineData("a[")]
    [InlineData("a[x]")]
    [InlineData("a[-1]")]
    [InlineData("a[0]b")]
    [InlineData("a b")]
    public void Parse_BrokenPath_IsNull(string path) => Assert.Null(NodePath.Parse(path));
}
