using System.Security.Cryptography;
using System.Text;
using ClusterML.Data.Datasets;

namespace ClusterML.Data.Tests.Datasets;

public sealed class CalculationsHashTests : IDisposable
{
    private const string Columns = """
        ["dopant","categorical",""]
        ["e_form_in","target","eV"]
        ["e_form_out","target","eV"]
        ["host","categorical",""]
        ["n_atoms_1","numeric","1"]
        ["n_atoms_2","numeric","1"]
        ["row_id","id",""]

        """;

    private readonly TemporaryFolder folder = new();

    public CalculationsHashTests()
    {
        DatasetFile.Write(Path.Combine(folder.Path, "dataset.json"), Samples.Description with { Kind = DatasetKind.Calculations, Columns = X12tmColumns.All });
        folder.Write("calculations/Ti_atom.json", """{"name": "Ti_atom", "energy_eV": -1.50}""");
        folder.Write("calculations/Pt_atom.json", """{"energy_eV": -2}""");
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Hash_FlatFolder_IsOverNamesAndContent() =>
        Assert.Equal(
            Of("""Pt_atom.json {"energy_eV":-2}""", """Ti_atom.json {"energy_eV":-1.5,"name":"Ti_atom"}"""),
            Dataset.Open(folder.Path).Hash);

    [Fact]
    public void Hash_Subfolder_CountsWithThePathsOfItsFiles()
    {
        folder.Write("calculations/fe/Ti_atom.json", """{"energy_eV": -3}""");

        Assert.Equal(
            Of("""Pt_atom.json {"energy_eV":-2}""", """Ti_atom.json {"energy_eV":-1.5,"name":"Ti_atom"}""", """fe/Ti_atom.json {"energy_eV":-3}"""),
            Dataset.Open(folder.Path).Hash);
    }

    [Fact]
    public void Files_Subfolder_AreListed()
    {
        folder.Write("calculations/fe/Ti_atom.json", "{}");

        Assert.Equal(
            ["dataset.json", "calculations/Pt_atom.json", "calculations/Ti_atom.json", "calculations/fe/Ti_atom.json"],
            Dataset.Open(folder.Path).Files.Select(f => Path.GetRelativePath(folder.Path, f).Replace('\\', '/')));
    }

    private static string Of(params string[] files) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Columns.ReplaceLineEndings("\n") + string.Concat(files.Select(f => f + "\n")))));
}
