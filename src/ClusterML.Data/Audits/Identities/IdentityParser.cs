using System.Globalization;
using System.Text.RegularExpressions;

namespace ClusterML.Data.Audits.Identities;

/// <summary>Reads an identity by recursive descent.</summary>
internal sealed partial class IdentityParser(string text)
{
    /// <summary>Deeper nesting is refused: an identity of a table has no need of it, and the stack has an end.</summary>
    private const int Deepest = 64;

    /// <summary>A long chain of operators is as deep a tree as nested parentheses are.</summary>
    private const int Longest = 2000;

    private static readonly Dictionary<string, Func<double, double>> Functions = new(StringComparer.Ordinal) { ["abs"] = Math.Abs, ["sqrt"] = Math.Sqrt };

    private int at;
    private int depth;

    /// <summary>The identity.</summary>
    public Identity Parse()
    {
        if (text.Length > Longest)
        {
            throw Wrong(Longest, FormattableString.Invariant($"longer than {Longest} characters"));
        }

        var left = Sum();
        if (!Take('='))
        {
            throw Wrong(at, AtEnd() ? "expected = and the other side" : $"unexpected '{text[at]}', expected an operator or =");
        }

        var right = Sum();
        var (tolerance, isRelative) = Tolerance();
        if (!AtEnd())
        {
            throw Wrong(at, text[at] == '=' ? "an identity has one =" : $"unexpected '{text[at]}', expected an operator, within or the end");
        }

        var identity = new Identity(text, left, right, tolerance, isRelative);
        return identity.Columns.Count > 0 ? identity : throw Wrong(0, "it names no column");
    }

    private (double Tolerance, bool IsRelative) Tolerance()
    {
        Skip();
        if (!Within().IsMatch(text, at))
        {
            return (Identity.DefaultTolerance, false);
        }

        at += "within".Length;
        Skip();
        var start = at;
        var tolerance = Number() ?? throw Wrong(start, "within needs a number, such as within 1e-4 or within 0.1 %");
        return Take('%') ? (tolerance / 100, true) : (tolerance, false);
    }

    private Expression Sum()
    {
        var value = Product();
        while (true)
        {
            if (Take('+'))
            {
                value = new Expression.Binary((a, b) => a + b, value, Product());
            }
            else if (Take('-'))
            {
                value = new Expression.Binary((a, b) => a - b, value, Product());
            }
            else
            {
                return value;
            }
        }
    }

    private Expression Product()
    {
        var value = Signed();
        while (true)
        {
            if (Take('*'))
            {
                value = new Expression.Binary((a, b) => a * b, value, Signed());
            }
            else if (Take('/'))
            {
                value = new Expression.Binary((a, b) => a / b, value, Signed());
            }
            else
            {
                return value;
            }
        }
    }

    private Expression Signed() => Nested(() =>
        Take('-') ? new Expression.Unary(v => -v, Signed())
        : Take('+') ? Signed()
        : Power());

    private Expression Power()
    {
        var value = Primary();
        return Take('^') ? new Expression.Binary(Math.Pow, value, Signed()) : value;
    }

    private Expression Primary()
    {
        Skip();
        var start = at;
        if (AtEnd())
        {
            throw Wrong(at, "expected a column, a number or (");
        }

        if (Take('('))
        {
            return Nested(() => Closed(start));
        }

        if (Number() is { } number)
        {
            return new Expression.Number(number);
        }

        if (text[at] == '"')
        {
            return new Expression.Column(Quoted());
        }

        var name = Name().Match(text, at);
        if (!name.Success || name.Value == "within")
        {
            throw Wrong(at, $"unexpected '{text[at]}', expected a column, a number or (");
        }

        at += name.Length;
        Skip();
        if (at >= text.Length || text[at] != '(')
        {
            return new Expression.Column(name.Value);
        }

        var function = Functions.GetValueOrDefault(name.Value) ?? throw Wrong(start, $"there is no function {name.Value}; functions: {string.Join(", ", Functions.Keys)}");
        at++;
        return new Expression.Unary(function, Nested(() => Closed(start)));
    }

    private Expression Closed(int opened)
    {
        var inner = Sum();
        return Take(')') ? inner : throw Wrong(at, FormattableString.Invariant($"expected ) for the ( after column {opened + 1}"));
    }

    private Expression Nested(Func<Expression> read)
    {
        if (++depth > Deepest)
        {
            throw Wrong(at, FormattableString.Invariant($"nested deeper than {Deepest} levels"));
        }

        var value = read();
        depth--;
        return value;
    }

    private string Quoted()
    {
        var end = text.IndexOf('"', at + 1);
        if (end < 0)
        {
            throw Wrong(at, "a quoted column that is never closed");
        }

        var name = text[(at + 1)..end];
        at = end + 1;
        return name;
    }

    private double? Number()
    {
        var match = Numbers().Match(text, at);
        if (!match.Success)
        {
            return null;
        }

        at += match.Length;
        return double.Parse(match.Value, CultureInfo.InvariantCulture);
    }

    private bool Take(char sign)
    {
        Skip();
        if (at >= text.Length || text[at] != sign)
        {
            return false;
        }

        at++;
        return true;
    }

    private bool AtEnd()
    {
        Skip();
        return at >= text.Length;
    }

    private void Skip()
    {
        while (at < text.Length && char.IsWhiteSpace(text[at]))
        {
            at++;
        }
    }

    private IdentitySyntaxException Wrong(int where, string problem) => new(text, where + 1, problem);

    [GeneratedRegex(@"\G(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?", RegexOptions.CultureInvariant)]
    private static partial Regex Numbers();

    [GeneratedRegex(@"\G[\p{L}_][\p{L}\p{Nd}_.]*", RegexOptions.CultureInvariant)]
    private static partial Regex Name();

    [GeneratedRegex(@"\Gwithin\b", RegexOptions.CultureInvariant)]
    private static partial Regex Within();
}
