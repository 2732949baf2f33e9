using System.CommandLine;
using ClusterML.Data;
using ClusterML.Data.Datasets;

namespace ClusterML.Cli.Verbs.Datasets;

/// <summary>Options of the form <c>COLUMN=VALUE</c>.</summary>
internal static class ColumnChoices
{
    private static readonly string[] Roles = [.. Enum.GetValues<ColumnRole>().Select(DatasetFile.NameOf)];

    /// <summary><c>--unit COLUMN=UNIT</c>.</summary>
    public static Option<string[]> Unit() => Option("--unit", "COLUMN=UNIT", "Unit that a column of a table has in the sources, such as energy=Hartree; may be repeated.");

    /// <summary><c>--role COLUMN=ROLE</c>.</summary>
    public static Option<string[]> Role()
    {
        var option = Option("--role", "COLUMN=ROLE", $"Role of a column of a table, instead of a guess ({string.Join(", ", Roles)}); may be repeated.");
        option.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(t => t.Value.IndexOf('=') > 0 && !Roles.Contains(t.Value[(t.Value.IndexOf('=') + 1)..])))
            {
                result.AddError($"--role {token.Value}: the role is one of {string.Join(", ", Roles)}");
            }
        });
        return option;
    }

    /// <summary>The values by column; the last one of a column counts.</summary>
    public static Dictionary<string, string> Read(string[]? choices)
    {
        var read = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var choice in choices ?? [])
        {
            var sign = choice.IndexOf('=', StringComparison.Ordinal);
            read[choice[..sign]] = choice[(sign + 1)..];
        }

        return read;
    }

    /// <summary>The roles by column.</summary>
    public static Dictionary<string, ColumnRole> ReadRoles(string[]? choices) =>
        Read(choices).ToDictionary(c => c.Key, c => Enum.GetValues<ColumnRole>().First(r => DatasetFile.NameOf(r) == c.Value));

    private static Option<string[]> Option(string name, string form, string description)
    {
        var option = new Option<string[]>(name) { Description = description, HelpName = form, DefaultValueFactory = _ => [] };
        option.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(t => t.Value.IndexOf('=') <= 0))
            {
                result.AddError($"{name} {token.Value}: expected {form}");
            }
        });
        return option;
    }
}
