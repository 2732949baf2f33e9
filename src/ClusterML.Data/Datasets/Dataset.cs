using ClusterML.Chemistry.Calculations;
using ClusterML.Data.Units;

namespace ClusterML.Data.Datasets;

/// <summary>A dataset: a folder with <c>dataset.json</c> and its rows, read when first asked for.</summary>
/// <remarks>
/// <c>calculations/**/*.json</c>, or <c>rows.csv</c> or <c>rows.parquet</c>; <c>splits/*.json</c> holds committed index lists, and
/// <c>DATA_CARD.md</c> is generated from all of it.
/// </remarks>
public sealed class Dataset
{
    /// <summary>The subfolder of calculations.</summary>
    public const string CalculationsFolder = "calculations";

    /// <summary>The subfolder of splits.</summary>
    public const string SplitsFolder = "splits";

    /// <summary>The generated card.</summary>
    public const string CardFile = "DATA_CARD.md";

    private static readonly string[] RowFiles = ["rows.csv", "rows.parquet"];
    private readonly Lazy<string> hash;

    private Dataset(string folder, DatasetDescription description, string source)
    {
        Folder = folder;
        Description = description;
        Source = source;
        hash = new(() => description.Kind == DatasetKind.Table ? Table().CanonicalHash : CalculationsHash.Of(description, source));
    }

    /// <summary>The folder, as it was given.</summary>
    public string Folder { get; }

    /// <summary>What <c>dataset.json</c> says.</summary>
    public DatasetDescription Description { get; }

    /// <summary>The file of rows, or the folder of calculations.</summary>
    public string Source { get; }

    /// <summary>
    /// SHA-256 of the content, lower-case hex: names, roles and units of the columns and all rows or calculations, whatever the
    /// order of rows, columns and keys, the spelling of numbers, and the kind of file.
    /// </summary>
    /// <remarks>Of a table it is <see cref="DataTable.CanonicalHash"/>. Calculations have a hash before and after the choices of <see cref="X12tmOptions"/>: this is the one before.</remarks>
    /// <exception cref="DataException">Rows cannot be read.</exception>
    public string Hash => hash.Value;

    /// <summary>Every file that <see cref="Table"/> reads, full or relative as the folder was given.</summary>
    public IEnumerable<string> Files => Description.Kind == DatasetKind.Table
        ? [Path.Combine(Folder, DatasetFile.FileName), Source]
        : [Path.Combine(Folder, DatasetFile.FileName), .. CalculationFiles.In(Source)];

    /// <summary>Files of committed splits, in ordinal order.</summary>
    public IReadOnlyList<string> SplitFiles => Directory.Exists(Path.Combine(Folder, SplitsFolder))
        ? [.. Directory.EnumerateFiles(Path.Combine(Folder, SplitsFolder), "*.json").Order(StringComparer.Ordinal)]
        : [];

    /// <summary>Whether a folder holds a dataset.</summary>
    public static bool IsAt(string folder) => File.Exists(Path.Combine(folder, DatasetFile.FileName));

    /// <summary>Opens a dataset: reads its description and looks for its rows.</summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="DataException">There is none, its description has mistakes (all are named), or its rows are not there.</exception>
    public static Dataset Open(string folder)
    {
        if (!IsAt(folder))
        {
            var what = Directory.Exists(folder) ? $"the folder has no {DatasetFile.FileName}" : "no such folder";
            throw new DataException([new DataProblem(folder, 0, 0, $"{what}; a dataset is a folder with {DatasetFile.FileName} and its rows")]);
        }

        var description = DatasetFile.Read(Path.Combine(folder, DatasetFile.FileName));
        return new(folder, description, FindRows(folder, description.Kind));
    }

    /// <summary>The rows.</summary>
    /// <param name="options">Which calculations count; not used for a table.</param>
    /// <exception cref="DataException">Rows cannot be used, or the columns are not those that <c>dataset.json</c> declares.</exception>
    public DataTable Table(X12tmOptions? options = null)
    {
        if (Description.Kind == DatasetKind.Calculations)
        {
            var table = X12tmTable.Load(Source, options, Description.Name);
            RequireSame(table);
            return table;
        }

        RequireDeclared();
        return DeclaredTable.Load(Source, [.. Description.Columns.Select(Column)], Description.Name, identities: Description.Identities);
    }

    /// <summary>A column of a file of rows, with its conversion.</summary>
    internal static TableColumn Column(DatasetColumn column) => new(column.Name, column.Role, column.Unit)
    {
        Factor = column.UnitInFile.Length == 0 ? 1 : UnitTable.Factor(UnitTable.Find(column.UnitInFile)!, UnitTable.Find(column.Unit)!)!.Value,
    };

    private static string FindRows(string folder, DatasetKind kind)
    {
        if (kind == DatasetKind.Calculations)
        {
            var calculations = Path.Combine(folder, CalculationsFolder);
            return Directory.Exists(calculations) ? calculations : throw Missing(folder, $"there is no folder {CalculationsFolder}");
        }

        string[] found = [.. RowFiles.Where(f => File.Exists(Path.Combine(folder, f)))];
        return found switch
        {
            [var only] => Path.Combine(folder, only),
            [] => throw Missing(folder, $"there is no {string.Join(" or ", RowFiles)}"),
            _ => throw Missing(folder, $"there are {string.Join(" and ", found)}; keep one"),
        };
    }

    private static DataException Missing(string folder, string message) => new([new DataProblem(folder, 0, 0, message)]);

    /// <summary>A column that nobody declared would be left out without a word.</summary>
    private void RequireDeclared()
    {
        using var file = Rows.RowFile.Open(Source);
        var undeclared = file.Header.Where(h => Description.Columns.All(c => c.Name != h)).ToList();
        if (undeclared.Count > 0)
        {
            throw new DataException([new DataProblem(
                Source, 1, 0, $"not declared in {DatasetFile.FileName}: {string.Join(", ", undeclared.Select(h => $"\"{h}\""))}; declare what should only be kept as metadata")]);
        }
    }

    private void RequireSame(DataTable table)
    {
        var problems = new List<DataProblem>();
        void Report(string message) => problems.Add(new(Path.Combine(Folder, DatasetFile.FileName), 0, 0, message));

        var made = X12tmColumns.All;
        foreach (var column in Description.Columns.Where(c => made.All(m => m.Name != c.Name)))
        {
            Report($"column {column.Name} is declared, and rows made from calculations have {string.Join(", ", made.Select(m => m.Name))}");
        }

        foreach (var column in made)
        {
            var declared = Description.Columns.FirstOrDefault(c => c.Name == column.Name);
            if (declared is null)
            {
                Report($"column {column.Name} is missing: role {DatasetFile.NameOf(column.Role)}, unit {column.Unit}");
            }
            else if ((declared.Role, declared.Unit, declared.UnitInFile) != (column.Role, column.Unit, ""))
            {
                Report($"column {column.Name} must have the role {DatasetFile.NameOf(column.Role)} and {(column.Unit.Length == 0 ? "no unit" : $"the unit {column.Unit}")}");
            }
        }

        if (problems.Count > 0)
        {
            throw new DataException(problems);
        }
    }
}
