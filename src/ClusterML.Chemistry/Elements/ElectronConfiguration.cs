using System.Globalization;

namespace ClusterML.Chemistry.Elements;

/// <summary>Electrons of the valence shells that descriptors use, read from a configuration such as <c>[Kr]5s2 4d2</c>.</summary>
/// <remarks>
/// Only electrons written outside the noble-gas core count, as in the paper: Zr (<c>[Kr]5s2 4d2</c>) has N3d = 0, although its
/// core holds ten 3d electrons. Subshells other than these seven are read and checked, and not kept.
/// </remarks>
/// <param name="CoreElectrons">Electrons of the bracketed noble gas; 0 without one.</param>
/// <param name="N3d">3d electrons outside the core.</param>
/// <param name="N4s">4s electrons outside the core.</param>
/// <param name="N4d">4d electrons outside the core.</param>
/// <param name="N4f">4f electrons outside the core.</param>
/// <param name="N5s">5s electrons outside the core.</param>
/// <param name="N5d">5d electrons outside the core.</param>
/// <param name="N6s">6s electrons outside the core.</param>
public sealed record ElectronConfiguration(int CoreElectrons, int N3d, int N4s, int N4d, int N4f, int N5s, int N5d, int N6s)
{
    private static readonly string[] Remarks = ["(predicted)", "(calculated)"];

    private static readonly Dictionary<string, int> Cores = new(StringComparer.Ordinal)
    {
        ["He"] = 2,
        ["Ne"] = 10,
        ["Ar"] = 18,
        ["Kr"] = 36,
        ["Xe"] = 54,
        ["Rn"] = 86,
    };

    /// <summary>Reads a configuration; subshells come in any order, separated by spaces.</summary>
    /// <exception cref="FormatException">It is not one; the message quotes the token that is wrong.</exception>
    public static ElectronConfiguration Parse(string text)
    {
        var rest = WithoutRemark(text).Trim();
        if (rest.Length == 0)
        {
            throw Wrong(text, text, "is empty");
        }

        var core = 0;
        if (rest[0] == '[')
        {
            var end = rest.IndexOf(']', StringComparison.Ordinal);
            var gas = end < 0 ? rest : rest[1..end];
            if (end < 0 || !Cores.TryGetValue(gas.Trim(), out core))
            {
                throw Wrong(text, end < 0 ? rest : $"[{gas}]", "is not a noble-gas core");
            }

            rest = rest[(end + 1)..];
        }

        var shells = ReadShells(text, rest);
        int Count(string shell) => shells.GetValueOrDefault(shell);
        return new(core, Count("3d"), Count("4s"), Count("4d"), Count("4f"), Count("5s"), Count("5d"), Count("6s"));
    }

    private static Dictionary<string, int> ReadShells(string text, string rest)
    {
        var shells = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var token in rest.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var (shell, electrons) = ReadShell(text, token);
            if (!shells.TryAdd(shell, electrons))
            {
                throw Wrong(text, token, $"repeats the subshell {shell}");
            }
        }

        return shells;
    }

    private static (string Shell, int Electrons) ReadShell(string text, string token)
    {
        const string Letters = "spdf";
        var angular = token.Length < 3 ? -1 : Letters.IndexOf(token[1], StringComparison.Ordinal);
        if (angular < 0
            || token[0] is < '1' or > '9'
            || !int.TryParse(token.AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture, out var electrons))
        {
            throw Wrong(text, token, "is not a subshell such as 4d2");
        }

        if (angular >= token[0] - '0')
        {
            throw Wrong(text, token, $"names a subshell that does not exist ({token[..2]})");
        }

        var room = 2 * ((2 * angular) + 1);
        return electrons >= 1 && electrons <= room
            ? (token[..2], electrons)
            : throw Wrong(text, token, $"must hold 1 to {room} electrons");
    }

    private static string WithoutRemark(string text)
    {
        foreach (var remark in Remarks)
        {
            if (text.TrimEnd().EndsWith(remark, StringComparison.OrdinalIgnoreCase))
            {
                return text.TrimEnd()[..^remark.Length];
            }
        }

        return text;
    }

    private static FormatException Wrong(string text, string token, string what) =>
        new($"electron configuration \"{text}\": \"{token}\" {what}");
}
