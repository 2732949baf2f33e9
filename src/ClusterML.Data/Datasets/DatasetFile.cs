using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ClusterML.Chemistry.Files;
using ClusterML.Data.Audits.Identities;
using ClusterML.Data.Json;
using ClusterML.Data.Units;

namespace ClusterML.Data.Datasets;

/// <summary>Reads and writes <c>dataset.json</c>.</summary>
public static partial class DatasetFile
{
    /// <summary>Name of the file in a dataset's folder.</summary>
    public const string FileName = "dataset.json";

    private static readonly Dictionary<string, DatasetKind> Kinds = new()
    {
        ["calculations"] = DatasetKind.Calculations,
        ["table"] = DatasetKind.Table,
    };

    private static readonly OrderedDictionary<string, ColumnRole> Roles =
        new(Enum.GetValues<ColumnRole>().Select(r => KeyValuePair.Create(NameOf(r), r)));

    /// <summary>A role as files write it: <c>numeric</c>.</summary>
    public static string NameOf(ColumnRole role) => role.ToString().ToLowerInvariant();

    /// <summary>A kind as files write it: <c>table</c>.</summary>
    public static string NameOf(DatasetKind kind) => kind.ToString().ToLowerInvariant();

    /// <summary>Reads a description.</summary>
    /// <exception cref="DataException">It is not one; every problem is named with line and column.</exception>
    public static DatasetDescription Read(string path)
    {
        var problems = new List<DataProblem>();
        var file = new ObjectReader(path, "", PlacedJson.Read(path), problems);
        if (file.Text("schema") is { Length: > 0 } schema && schema != DatasetDescription.SchemaName)
        {
            file.Report("schema", $"\"{schema}\" is not {DatasetDescription.SchemaName}");
        }

        var name = file.Text("name");
        if (name.Length > 0 && !Name().IsMatch(name))
        {
            file.Report("name", $"\"{name}\": a name has small letters, digits, hyphens and underscores, and starts with a letter or digit");
        }

        var description = new DatasetDescription
        {
            Name = name,
            Title = file.Text("title"),
            Version = file.Text("version"),
            Licence = file.Text("licence"),
            Citation = file.Text("citation"),
            Description = file.Text("description", ""),
            Row = file.Text("row", ""),
            Kind = file.Choice("kind", Kinds, DatasetKind.Table),
            Columns = ReadColumns(file),
            Identities = ReadIdentities(file),
            HowToRemake = file.Text("how_to_remake", ""),
        };
        file.Finish();
        return problems.Count == 0 ? description : throw new DataException([.. problems.OrderBy(p => p.Line).ThenBy(p => p.Column)]);
    }

    /// <summary>Writes a description; what is empty is left out.</summary>
    public static void Write(string path, DatasetDescription description) => AtomicFile.WriteText(path, Text(description));

    internal static string Text(DatasetDescription description)
    {
        var document = Members(
            ("schema", description.Schema),
            ("name", description.Name),
            ("title", description.Title),
            ("version", description.Version),
            ("licence", description.Licence),
            ("citation", description.Citation),
            ("description", description.Description),
            ("row", description.Row),
            ("kind", NameOf(description.Kind)));
        document["columns"] = new JsonArray([.. description.Columns.Select(c => Members(
            ("name", c.Name),
            ("role", NameOf(c.Role)),
            ("unit", c.Unit),
            ("unit_in_file", c.UnitInFile),
            ("description", c.Description),
            ("provenance", c.Provenance)))]);
        if (description.Identities.Count > 0)
        {
            document["identities"] = new JsonArray([.. description.Identities.Select(i => (JsonNode)i)]);
        }

        if (description.HowToRemake.Length > 0)
        {
            document["how_to_remake"] = description.HowToRemake;
        }

        var options = new JsonSerializerOptions { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" };
        return document.ToJsonString(options) + "\n";
    }

    private static JsonObject Members(params (string Name, string Value)[] members)
    {
        var written = new JsonObject();
        foreach (var (name, value) in members.Where(m => m.Value.Length > 0))
        {
            written[name] = value;
        }

        return written;
    }

    private static IReadOnlyList<string> ReadIdentities(ObjectReader file)
    {
        var identities = file.Texts("identities", required: false);
        foreach (var text in identities)
        {
            try
            {
                _ = Identity.Parse(text);
            }
            catch (IdentitySyntaxException e)
            {
                file.Report("identities", e.Message);
            }
        }

        return [.. identities];
    }

    private static IReadOnlyList<DatasetColumn> ReadColumns(ObjectReader file)
    {
        var columns = new List<DatasetColumn>();
        foreach (var column in file.Objects("columns", required: true))
        {
            var read = new DatasetColumn
            {
                Name = column.Text("name"),
                Role = column.Choice("role", Roles, ColumnRole.Metadata),
                Unit = column.Text("unit", ""),
                UnitInFile = column.Text("unit_in_file", ""),
                Description = column.Text("description", ""),
                Provenance = column.Text("provenance", ""),
            };
            Check(read, columns, column);
            columns.Add(read);
            column.Finish();
        }

        if (columns.Count == 0)
        {
            file.Report("columns", "there must be a column");
        }

        return columns;
    }

    private static void Check(DatasetColumn column, IReadOnlyList<DatasetColumn> earlier, ObjectReader at)
    {
        if (column.Name.Length > 0 && earlier.Any(c => c.Name == column.Name && !IsCategoryAndGroup(c.Role, column.Role)))
        {
            at.Report("name", $"column {column.Name} is declared twice");
        }

        if (column.Role is ColumnRole.Id or ColumnRole.Weight && earlier.FirstOrDefault(c => c.Role == column.Role) is { } first)
        {
            at.Report("role", $"{first.Name} has the role {NameOf(column.Role)} already; there can be one");
        }

        if (column.Role is not (ColumnRole.Id or ColumnRole.Weight or ColumnRole.Target) && DataTable.ReservedNames.Contains(column.Name))
        {
            at.Report("name", $"{column.Name} is a name that is taken ({string.Join(", ", DataTable.ReservedNames)}); rename the column");
        }

        var isNumber = column.Role is ColumnRole.Numeric or ColumnRole.Target or ColumnRole.Metadata;
        if (!isNumber && column.Unit.Length > 0 && column.Unit != "1")
        {
            at.Report("unit", $"a column with the role {NameOf(column.Role)} has no unit");
        }

        var (unit, inFile) = (UnitTable.Find(column.Unit), UnitTable.Find(column.UnitInFile));
        foreach (var (key, symbol, found) in new[] { ("unit", column.Unit, unit), ("unit_in_file", column.UnitInFile, inFile) })
        {
            if (symbol.Length > 0 && found is null)
            {
                at.Report(key, UnitTable.Unknown(symbol));
            }
        }

        if (column.UnitInFile.Length > 0 && column.Unit.Length == 0)
        {
            at.Report("unit_in_file", "needs unit, the unit to convert to");
        }
        else if (column.UnitInFile.Length > 0 && column.Role == ColumnRole.Metadata)
        {
            at.Report("unit_in_file", "metadata is kept as it is written: leave it out");
        }
        else if (unit is not null && inFile is not null && UnitTable.Factor(inFile, unit) is null)
        {
            at.Report("unit_in_file", $"{inFile} ({inFile.Dimension}) does not convert to {unit} ({unit.Dimension})");
        }
    }

    private static bool IsCategoryAndGroup(ColumnRole one, ColumnRole other) =>
        (one, other) is (ColumnRole.Categorical, ColumnRole.Group) or (ColumnRole.Group, ColumnRole.Categorical);

    [GeneratedRegex(DatasetDescription.NameForm)]
    private static partial Regex Name();
}
