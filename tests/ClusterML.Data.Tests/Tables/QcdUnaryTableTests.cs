using System.ComponentModel.DataAnnotations;
using System.Globalization;
using ClusterML.Chemistry.Elements;
using ClusterML.Tests;

namespace ClusterML.Data.Tests.Tables;

public sealed class QcdUnaryTableTests : IDisposable
{
    private const string Header = "symbol,n_atoms,energy_total_eV,e_atom_vise_eV\n";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Load_PublishedTable_HasTheRowsOfTheRule()
    {
        var table = QcdUnaryTable.Load(Published.Table("qcd", "qcd_unary.csv"));
        var leftOut = table.LeftOut.Count(row => !row.Reason.Contains("not among those chosen", StringComparison.Ordinal));

        // 44 metals, N = 3 to 55 each: every size is a row or was left out with a reason.
        Assert.Equal(44 * 53, table.RowCount + leftOut);
        Assert.Equal(2195, table.RowCount);
        Assert.Equal(44, table.TextColumns["host"].Distinct().Count());
        Assert.Equal(table.TextColumns["host"], table.TextColumns["dopant"]);
        Assert.Equal(8, table.LeftOut.Count(row => row.Reason.Contains("is held out", StringComparison.Ordinal)));
        Assert.DoesNotContain(table.RowIds, id => id is "Ti13" or "Ti14" or "Fe13" or "Fe14");
        Assert.Contains("Ti15", table.RowIds);
    }

    [Fact]
    public void Load_PublishedTable_AgreesWithItsDerivedColumn()
    {
        var path = Published.Table("qcd", "qcd_unary.csv");
        var table = QcdUnaryTable.Load(path);
        var lines = File.ReadAllLines(path).Select(line => line.Split(',')).ToArray();
        int Column(string name) => Array.IndexOf(lines[0], name);
        var derived = lines.Skip(1).Where(f => f[Column("is_lowest")] == "1" && f[Column("unary_formation_energy_eV")].Length > 0)
            .ToDictionary(f => f[0] + f[Column("n_atoms")], f => double.Parse(f[Column("unary_formation_energy_eV")], CultureInfo.InvariantCulture));
        for (var row = 0; row < table.RowCount; row++)
        {
            Assert.Equal(derived[table.RowIds[row]], table.TargetValues[row][0], 2e-6);
            Assert.Equal(table.TargetValues[row][0], table.TargetValues[row][1]);
        }
    }

    [Fact]
    public void Load_PublishedTable_GivesTheFormationOfTi13()
    {
        var table = QcdUnaryTable.Load(Published.Table("qcd", "qcd_unary.csv"), new() { HeldOutHosts = [], Elements = ["Ti"] });
        Assert.Equal(-5.21, table.TargetValues[table.RowIds.ToList().IndexOf("Ti13")][0], 0.005);
    }

    [Fact]
    public void Metals_AreMetalsOfTheElementTable() =>
        Assert.All(QcdUnaryOptions.Metals, symbol => Assert.True(ElementTable.Default.Find(symbol)!.IsMetal, symbol));

    [Fact]
    public void Load_TakesTheLowestIsomers_AndDropsWhereTheEnergyBends()
    {
        // Sc: the lowest of two at N = 5; second difference 4 eV at N = 6, so that 6 and 7 go and 8 stays.
        var table = QcdUnaryTable.Load(folder.Write("q.csv", Header
            + "Sc,3,-10,-2\nSc,4,-15,-2\nSc,5,-19,-2\nSc,5,-20,-2\nSc,6,-27,-2\nSc,7,-30,-2\nSc,8,-35,-2\nLi,9,-1,\nLi,10,-2,\n"));
        Assert.Equal(["Sc4", "Sc5", "Sc8"], table.RowIds);
        Assert.Equal([-3.0, -3.0, -3.0], table.TargetValues.Select(v => v[0]));
        Assert.Equal([3f, 4f, 7f], table.NumberColumns["n_atoms_1"]);
        Assert.Equal(
            [
                "q.csv:9: Li9: no Li8 to compare with",
                "q.csv:10: Li10: no energy of the free atom (e_atom_vise_eV)",
                "q.csv:2: Sc3: fewer than 4 atoms",
                "q.csv:6: Sc6: the second difference of the energy at N = 6 is 4.00 eV, more than 3 eV",
                "q.csv:7: Sc7: the second difference of the energy at N = 6 is 4.00 eV, more than 3 eV",
            ],
            table.LeftOut.Select(row => row.ToString()[(folder.Path.Length + 1)..]));
    }

    [Fact]
    public void Load_NonMetals_AreLeftOutByElement()
    {
        var table = QcdUnaryTable.Load(folder.Write("q.csv", Header + "Sc,3,-10,-2\nSc,4,-15,-2\nC,3,-1,-1\nC,4,-1,-1\n"));
        Assert.Contains(table.LeftOut, row => row.Reason == "C: 2 clusters, the element is not among those chosen" && row.Source.EndsWith("q.csv:4", StringComparison.Ordinal));
    }

    [Fact]
    public void Load_Mistakes_AreReportedTogether() => Assert.Equal(
        """
        q.csv:2:1: symbol "Xx" is not an element (did you mean Xe?)
        q.csv:3:2: n_atoms "2.5" is not a number of atoms
        q.csv:4:3: energy_total_eV is NaN, it must be finite
        q.csv:5:4: e_atom_vise_eV "?" is not a number
        """,
        folder.Problems(() => QcdUnaryTable.Load(folder.Write("q.csv", Header + "Xx,3,1,1\nTi,2.5,1,1\nTi,3,NaN,1\nTi,4,1,?\n"))));

    [Fact]
    public void Load_NoSuchFile_SaysWhatToFetch()
    {
        var message = folder.Problems(() => QcdUnaryTable.Load(Path.Combine(folder.Path, "q.csv")));
        Assert.StartsWith("q.csv: no such file. It is made from the Quantum Cluster Database, Manna et al., Sci. Data 10, 308 (2023), doi 10.1038/s41597-023-02200-4", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_OptionsOutOfRange_AreRefused() =>
        Assert.Throws<ValidationException>(() => QcdUnaryTable.Load("q.csv", new() { MaxSecondDifference = -1 }));
}
