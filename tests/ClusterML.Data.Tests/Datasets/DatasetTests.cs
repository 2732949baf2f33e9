using ClusterML.Data.Datasets;
using ClusterML.Data.Rows;

namespace ClusterML.Data.Tests.Datasets;

public sealed class DatasetTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Table_DeclaredRoles_AreTaken()
    {
        var table = Dataset.Open(Samples.Write(folder)).Table();

        Assert.Equal("alloys", table.Name);
        Assert.Equal(["a", "b", "c"], table.RowIds);
        Assert.Equal("id", table.IdColumn);
        Assert.Equal(["phase"], table.CategoricalColumns);
        Assert.Equal(["family"], table.GroupColumns);
        Assert.Equal([1f, 2.5f, float.NaN], table.NumberColumns["x"]);
        Assert.Equal([new TargetColumn("energy", "eV")], table.Targets);
        Assert.Equal(["12", "", "checked"], table.MetadataColumns["note"]);
    }

    [Fact]
    public void Table_UnitInFile_IsConverted()
    {
        var columns = Samples.Description.Columns
            .Select(c => c.Name switch { "energy" => c with { UnitInFile = "Hartree" }, "x" => c with { UnitInFile = "pm" }, _ => c });
        var table = Dataset.Open(Samples.Write(folder, description: Samples.Description with { Columns = [.. columns] })).Table();

        Assert.Equal(-1.5 * 27.211386245981, table.TargetValues[0][0], 1e-12);
        Assert.Equal(0.025f, table.NumberColumns["x"][1]);
        Assert.Equal("eV", table.Targets[0].Unit);
    }

    [Fact]
    public void Hash_RowsColumnsAndSpelling_DoNotMatter()
    {
        var first = Dataset.Open(Samples.Write(folder)).Hash;
        var second = Dataset.Open(Samples.Write(
            folder,
            "other",
            "note,energy,id,x,family,phase\nchecked,0.002,c,,f2,fcc\n,1.0e-1,b,25e-1,f1,bcc\n1.2e1,-1.50,a,1.00e0,f1,fcc\n",
            Samples.Description with { Columns = [.. Samples.Description.Columns.Reverse()], Title = "Another title" })).Hash;

        Assert.Equal(first, second);
        Assert.Matches("^[0-9a-f]{64}$", first);
    }

    [Fact]
    public void Hash_Parquet_IsThatOfTheCsv()
    {
        var csv = Dataset.Open(Samples.Write(folder));
        var other = Path.Combine(folder.Path, "parquet");
        TableExport.Write(Path.Combine(other, "rows.parquet"), csv.Table(), csv.Description);

        var parquet = Dataset.Open(other);

        Assert.EndsWith("rows.parquet", parquet.Source, StringComparison.Ordinal);
        Assert.Equal(csv.Hash, parquet.Hash);
    }

    [Fact]
    public void Hash_UnitRoleOrValue_Matters()
    {
        DatasetDescription With(string name, Func<DatasetColumn, DatasetColumn> change) =>
            Samples.Description with { Columns = [.. Samples.Description.Columns.Select(c => c.Name == name ? change(c) : c)] };
        string[] hashes =
        [
            Hash("a"),
            Hash("b", description: With("energy", c => c with { Unit = "meV" })),
            Hash("c", description: With("x", c => c with { Unit = "pm" })),
            Hash("d", description: With("family", c => c with { Role = ColumnRole.Metadata })),
            Hash("e", rows: Samples.Rows.Replace("checked", "unchecked", StringComparison.Ordinal)),
            Hash("f", rows: Samples.Rows.Replace("2e-3", "2e-4", StringComparison.Ordinal)),
        ];

        Assert.Equal(hashes.Length, hashes.Distinct().Count());

        string Hash(string name, string? rows = null, DatasetDescription? description = null) => Dataset.Open(Samples.Write(folder, name, rows, description)).Hash;
    }

    [Fact]
    public void Open_NoDescriptionOrNoRows_SaysWhatIsMissing()
    {
        var path = Samples.Write(folder);
        File.Delete(Path.Combine(path, "rows.csv"));

        Assert.Equal("alloys: there is no rows.csv or rows.parquet", folder.Problems(() => Dataset.Open(path)));
        Assert.Equal("none: no such folder; a dataset is a folder with dataset.json and its rows", folder.Problems(() => Dataset.Open(Path.Combine(folder.Path, "none"))));
        Assert.Equal("FOLDER: the folder has no dataset.json; a dataset is a folder with dataset.json and its rows", folder.Problems(() => Dataset.Open(folder.Path)));
    }

    [Fact]
    public void Table_UndeclaredColumn_IsRefused()
    {
        var path = Samples.Write(folder, rows: "id,phase,family,x,energy,note,extra\na,fcc,f,1,1,,1\n");

        Assert.Equal(
            "alloys/rows.csv:1: not declared in dataset.json: \"extra\"; declare what should only be kept as metadata",
            folder.Problems(() => Dataset.Open(path).Table()));
    }

    [Fact]
    public void Table_Calculations_HaveTheDeclaredColumns()
    {
        var dataset = Dataset.Open(Path.Combine(Repository, "data", "x12tm"));
        var table = dataset.Table();

        Assert.True(table.IsComposition);
        Assert.Equal("x12tm", table.Name);
        Assert.Equal(dataset.Description.Columns.Select(c => c.Name), ColumnValues.Of(table).Select(c => c.Name));
        Assert.NotEqual(table.CanonicalHash, dataset.Hash);
    }

    [Fact]
    public void Hash_Calculations_LayoutOfFilesDoesNotMatter()
    {
        string Made(string name, string calculation)
        {
            folder.Write($"{name}/calculations/Ti_atom.json", calculation);
            DatasetFile.Write(Path.Combine(folder.Path, name, "dataset.json"), Samples.Description with { Kind = DatasetKind.Calculations, Columns = X12tmColumns.All });
            return Dataset.Open(Path.Combine(folder.Path, name)).Hash;
        }

        var hash = Made("a", "{\"energy_eV\": -1.50, \"method\": \"m\", \"gap\": NaN}");

        Assert.Equal(hash, Made("b", "{ \"method\" :\n\"m\", \"gap\": NaN, \"energy_eV\": -15e-1}"));
        Assert.NotEqual(hash, Made("c", "{\"energy_eV\": -1.51, \"method\": \"m\", \"gap\": NaN}"));
    }

    [Fact]
    public void Table_CalculationsWithOtherColumns_SaysWhichAreMade()
    {
        folder.Write("c/calculations/Ti_atom.json", "{}");
        var columns = X12tmColumns.All.Where(c => c.Name != "e_form_out").Select(c => c.Name == "e_form_in" ? c with { Unit = "meV" } : c).Append(new() { Name = "y", Role = ColumnRole.Target });
        var path = Path.Combine(folder.Path, "c");
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Repository, "data", "x12tm", "pilot", "calculations")))
        {
            File.Copy(file, Path.Combine(path, "calculations", Path.GetFileName(file)), overwrite: true);
        }

        DatasetFile.Write(Path.Combine(path, "dataset.json"), Samples.Description with { Kind = DatasetKind.Calculations, Columns = [.. columns] });

        Assert.Equal(
            """
            c/dataset.json: column y is declared, and rows made from calculations have row_id, host, dopant, n_atoms_1, n_atoms_2, e_form_in, e_form_out
            c/dataset.json: column e_form_in must have the role target and the unit eV
            c/dataset.json: column e_form_out is missing: role target, unit eV
            """,
            folder.Problems(() => Dataset.Open(path).Table()));
    }

    [Fact]
    public void RowFileWriter_Csv_KeepsTheTable()
    {
        var table = Dataset.Open(Samples.Write(folder)).Table();
        var path = Path.Combine(folder.Path, "out.csv");
        RowFileWriter.Write(path, ColumnValues.Of(table));

        Assert.Equal("id,phase,family,x,energy,note\na,fcc,f1,1,-1.5,12\nb,bcc,f1,2.5,0.1,\nc,fcc,f2,,0.002,checked\n", File.ReadAllText(path));
    }

    internal static string Repository { get; } = Find();

    private static string Find()
    {
        var at = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(at, "ClusterML.sln")))
        {
            at = Path.GetDirectoryName(at) ?? throw new InvalidOperationException("not below the repository");
        }

        return at;
    }
}
