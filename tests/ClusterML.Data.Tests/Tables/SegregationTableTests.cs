using ClusterML.Tests;

namespace ClusterML.Data.Tests.Tables;

public sealed class SegregationTableTests : IDisposable
{
    private const string Header = "host,surface,dopant,e_seg_eV,is_surface_energy_diagonal\n";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Load_PublishedTable_Has552Pairs()
    {
        var table = SegregationTable.Load(Published.Table("segregation", "ruban1999_tidy.csv"));
        Assert.Equal(552, table.RowCount);
        Assert.Equal(24, table.TextColumns["host"].Distinct().Count());
        Assert.Equal(24, table.TextColumns["dopant"].Distinct().Count());
        Assert.Equal(600 - 552, table.LeftOut.Count);

        // The lowest published value, -2.37 eV, is one of Fe(100).
        Assert.Equal((-2.15, 1.37), (table.TargetValues.Min(v => v[0]), table.TargetValues.Max(v => v[0])));
        Assert.All(table.NumberColumns["n_atoms_1"], n => Assert.Equal(12f, n));
    }

    [Fact]
    public void Load_DiagonalAndOpenSurface_AreLeftOutWithReasons()
    {
        var table = SegregationTable.Load(folder.Write("s.csv", Header + "Ti,,Ti,1.2,1\nTi,,V,0.1,0\nFe,bcc100,V,0.1,0\nFe,bcc110,V,0.2,0\n"));
        Assert.Equal(["Ti-V", "Fe-V"], table.RowIds);
        Assert.Equal(
            ["s.csv:2: Ti in Ti is the surface energy of the pure host", "s.csv:4: V in Fe: surface bcc100 is not the close-packed one"],
            table.LeftOut.Select(row => row.ToString()[(folder.Path.Length + 1)..]));
    }

    [Fact]
    public void Load_Mistakes_AreReportedTogether() => Assert.Equal(
        """
        s.csv:2:1: host "Xx" is not an element (did you mean Xe?)
        s.csv:3:4: e_seg_eV is NaN, it must be finite
        s.csv:5:3: the pair Ti, V repeats line 4
        """,
        folder.Problems(() => SegregationTable.Load(folder.Write("s.csv", Header + "Xx,,V,0.1,0\nTi,,Cr,NaN,0\nTi,,V,1,0\nTi,,V,2,0\n"))));

    [Fact]
    public void Load_NoSuchFile_SaysWhatToFetch()
    {
        var message = folder.Problems(() => SegregationTable.Load(Path.Combine(folder.Path, "s.csv")));
        Assert.StartsWith("s.csv: no such file. It is the table of surface segregation energies of Ruban, Skriver and Norskov, Phys. Rev. B 59, 15990 (1999)", message, StringComparison.Ordinal);
        Assert.Contains("host,surface,dopant,e_seg_eV,is_surface_energy_diagonal", message, StringComparison.Ordinal);
    }
}
