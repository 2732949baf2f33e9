using ClusterML.Data.Audits.Identities;
using CsCheck;

namespace ClusterML.Data.Tests.Audits;

public sealed class IdentityTests
{
    [Theory]
    [InlineData("x = 1 + 2 * 3", 7)]
    [InlineData("x = (1 + 2) * 3", 9)]
    [InlineData("x = 8 - 4 - 2", 2)]
    [InlineData("x = 8 / 4 / 2", 1)]
    [InlineData("x = -2 ^ 2", -4)]
    [InlineData("x = 2 ^ 3 ^ 2", 512)]
    [InlineData("x = 2 ^ -1", 0.5)]
    [InlineData("x = abs(-3) + sqrt(16)", 7)]
    [InlineData("x = 1.5e-1 * .5 + a", 10.075)]
    [InlineData("x = \"column with spaces\" + a.b_2", 33)]
    [InlineData("x = - - 3", 3)]
    public void Sides_Expression_HasTheUsualPrecedence(string text, double expected)
    {
        var values = new Dictionary<string, double> { ["x"] = 0, ["a"] = 10, ["column with spaces"] = 11, ["a.b_2"] = 22 };

        Assert.Equal(expected, Identity.Parse(text).Sides(c => values[c]).Right, 12);
    }

    [Theory]
    [InlineData("a = b within 1e-4", 1, 1.00009, true)]
    [InlineData("a = b within 1e-4", 1, 1.00011, false)]
    [InlineData("a = b within 1 %", 100, 100.9, true)]
    [InlineData("a = b within 1 %", 100, 101.2, false)]
    [InlineData("a = b", 1, 1.0000009, true)]
    [InlineData("a = b", 1, 1.000002, false)]
    [InlineData("a = b within 0", 0.3, 0.30000000000000004, true)]
    [InlineData("a = b", double.NaN, 1, true)]
    [InlineData("a = b", double.PositiveInfinity, 1, false)]
    public void Holds_Tolerance_IsAbsoluteOrRelative(string text, double left, double right, bool holds) => Assert.Equal(holds, Identity.Parse(text).Holds(left, right));

    [Theory]
    [InlineData("", 1, "expected a column, a number or (")]
    [InlineData("a", 2, "expected = and the other side")]
    [InlineData("a = ", 5, "expected a column, a number or (")]
    [InlineData("a = b = c", 7, "an identity has one =")]
    [InlineData("a = (b + c", 11, "expected ) for the ( after column 5")]
    [InlineData("a = b )", 7, "unexpected ')', expected an operator, within or the end")]
    [InlineData("a = b c", 7, "unexpected 'c', expected an operator, within or the end")]
    [InlineData("a = b $ c", 7, "unexpected '$', expected an operator, within or the end")]
    [InlineData("a $ b", 3, "unexpected '$', expected an operator or =")]
    [InlineData("a = exp(b)", 5, "there is no function exp; functions: abs, sqrt")]
    [InlineData("a = \"b", 5, "a quoted column that is never closed")]
    [InlineData("a = b within", 13, "within needs a number, such as within 1e-4 or within 0.1 %")]
    [InlineData("a = b within c", 14, "within needs a number, such as within 1e-4 or within 0.1 %")]
    [InlineData("1 = 1", 1, "it names no column")]
    public void Parse_NotAnIdentity_NamesTheColumn(string text, int column, string problem)
    {
        var exception = Assert.Throws<IdentitySyntaxException>(() => Identity.Parse(text));

        Assert.Equal((column, problem), (exception.Column, exception.Problem));
    }

    [Fact]
    public void Parse_NestedWithoutEnd_IsRefusedAndDoesNotCrash() =>
        Assert.Contains("nested deeper", Assert.Throws<IdentitySyntaxException>(() => Identity.Parse("a = " + new string('(', 1000))).Message, StringComparison.Ordinal);

    [Fact]
    public void Parse_TooLong_IsRefused() =>
        Assert.Contains("longer than", Assert.Throws<IdentitySyntaxException>(() => Identity.Parse("a = b" + string.Concat(Enumerable.Repeat("+b", 5000)))).Message, StringComparison.Ordinal);

    [Fact]
    public void Parse_AnyText_EndsInAnIdentityOrASyntaxError() => Gen.String[Gen.Char["ab1.e-+*/^()=\"% within sqrt"], 0, 30].Sample(
        text =>
        {
            try
            {
                var identity = Identity.Parse(text);
                _ = identity.Sides(_ => 1.5);
                return identity.Columns.Count > 0;
            }
            catch (IdentitySyntaxException e)
            {
                return e.Column >= 1 && e.Column <= text.Length + 1;
            }
        },
        iter: 20000,
        seed: "0000KOaoK5v3");

    [Fact]
    public void All_KnownIdentities_NameColumns() => Assert.All(KnownIdentities.All, identity => Assert.NotEmpty(identity.Columns));
}
