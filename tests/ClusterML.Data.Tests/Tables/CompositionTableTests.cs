using ClusterML.Data.Views;

namespace ClusterML.Data.Tests.Tables;

public sealed class CompositionTableTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void FromRows_MakesAViewWithoutTargets()
    {
        var table = CompositionTable.FromRows([new("Ti", "Pt"), new("Fe", "Fe", 3, 2)]);
        var view = table.ToView();
        Assert.Equal(["row_id", "host", "dopant", "n_atoms_1", "n_atoms_2", "row_index"], view.Schema.Select(c => c.Name));
        Assert.Equal(["Ti12Pt", "Fe3Fe2"], view.ReadTexts("row_id"));
        Assert.Equal([12.0, 3.0], view.ReadNumbers("n_atoms_1"));
        Assert.True(table.IsComposition);
    }

    [Fact]
    public void FromRows_Mistakes_AreReportedTogether() => Assert.Equal(
        """
        row 1: host "Xx" is not an element (did you mean Xe?)
        row 1: n_atoms_2 is 0, it must be positive
        row 3: id "Ti12Pt" repeats row 2
        """,
        folder.Problems(() => CompositionTable.FromRows([new("Xx", "Pt", 12, 0), new("Ti", "Pt"), new("Ti", "Pt")])));

    [Fact]
    public void FromRows_None_IsRefused() =>
        Assert.Equal("there are no compositions", folder.Problems(() => CompositionTable.FromRows([])));

    [Fact]
    public void Load_CountsAndIdsAreOptional()
    {
        Assert.Equal(["Ti12Pt"], CompositionTable.Load(folder.Write("r.csv", "host,dopant\nTi,Pt\n")).RowIds);
        var table = CompositionTable.Load(folder.Write("r.csv", "row_id,host,dopant,n_atoms_1,n_atoms_2\nmine,Ti,Pt,5,2\n"));
        Assert.Equal(["mine"], table.RowIds);
        Assert.Equal([5f], table.NumberColumns["n_atoms_1"]);
    }

    [Fact]
    public void Load_Mistakes_AreReportedTogether() => Assert.Equal(
        """
        r.csv:2:1: host "Xx" is not an element (did you mean Xe?)
        r.csv:2:3: the number of atoms is -1, it must be positive
        r.csv:4:1: id "Ti12Pt" repeats line 3
        """,
        folder.Problems(() => CompositionTable.Load(folder.Write("r.csv", "host,dopant,n_atoms_1\nXx,Pt,-1\nTi,Pt,12\nTi,Pt,12\n"))));
}
