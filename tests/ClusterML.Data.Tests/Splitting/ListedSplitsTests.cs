namespace ClusterML.Data.Tests.Splitting;

public sealed class ListedSplitsTests : IDisposable
{
    private static readonly DataTable Table = new("rows", ["a", "b", "c", "d"])
    {
        NumberColumns = new Dictionary<string, float[]> { ["x"] = [1, 2, 3, 4] },
    };

    private readonly TemporaryFolder folder = new();

    private string File => Path.Combine(folder.Path, "splits.json");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void On_ReorderedRows_AreTheSameRows()
    {
        var listed = Make(new Split("one", [0, 1], [3]) { K = 1, Fraction = 0.5 }, new Split("two", [2, 3], [0, 1]));
        SplitsFile.Write(File, listed);

        var splits = SplitsFile.Read(File).On(Table.Subset([3, 2, 1, 0]), "splits.json");

        Assert.Equal(["one", "two"], splits.Select(s => s.Name));
        Assert.Equal([2, 3], splits[0].Train);
        Assert.Equal([0], splits[0].Test);
        Assert.Equal((1, 0.5), (splits[0].K, splits[0].Fraction));
        Assert.Equal([0, 1], splits[1].Train);
    }

    [Fact]
    public void Read_WhatWasWritten_IsTheSameFile()
    {
        SplitsFile.Write(File, Make(new Split("x=0.5", [0, 1], [3]) { K = 1, Fraction = 0.5 }));
        var first = System.IO.File.ReadAllText(File);

        SplitsFile.Write(File, SplitsFile.Read(File));

        Assert.Equal(first, System.IO.File.ReadAllText(File));
    }

    [Fact]
    public void On_OtherRows_NamesEveryMistake()
    {
        var listed = Make(new Split("one", [0, 1], [3])) with { Hash = new string('0', 64) };
        listed = listed with { Splits = [listed.Splits[0] with { Train = ["a", "b", "a", "z"], Test = ["b", "d"] }] };

        Assert.Equal(
            $"""
            splits.json: made for rows with the hash 000000000000, and rows has {Table.CanonicalHash[..12]}: rows, units or roles changed since; make the splits again (clusterml data split)
            splits.json: split one: not in the table: z
            splits.json: split one: in training and in the test: b
            splits.json: split one: listed twice: a
            """,
            folder.Problems(() => listed.On(Table, "splits.json")));
    }

    [Fact]
    public void Of_RowsWithoutIds_IsRefused()
    {
        var lines = new DataTable("rows", ["line 2", "line 3"]) { RowIdsArePositions = true };

        Assert.Equal(
            "rows has no id column, and lists of rows need names that stay: give a column the role id",
            folder.Problems(() => ListedSplits.Of(lines, new Dictionary<string, string> { ["type"] = "k_fold" }, [])));
    }

    [Fact]
    public void Read_ManyMistakes_NamesAllWithLineAndColumn() => Assert.Equal(
        """
        s.json:2:13: dataset: is empty
        s.json:3:10: hash: expected 64 hexadecimal digits in small letters
        s.json:4:14: protocol: type: missing; the protocol that made the splits, or listed
        s.json:5:22: splits[0].name: expected a text, found a number
        s.json:5:30: splits[0].k: -1 is not a whole number from 0
        s.json:5:46: splits[0].fraction: must lie between 0 and 1
        s.json:5:58: splits[0].train: there must be a row
        s.json:5:71: splits[0].test[0]: expected a text, found a number
        """,
        folder.Problems(() => SplitsFile.Read(folder.Write(
            "s.json",
            """
            {"schema": "clusterml/splits@1",
             "dataset": "",
             "hash": "abc",
             "protocol": {"folds": 5},
             "splits": [{"name": 1, "k": -1, "fraction": 2, "train": [], "test": [1, "b"]}]}
            """))));

    private static ListedSplits Make(params Split[] splits) =>
        ListedSplits.Of(Table, new OrderedDictionary<string, string> { ["type"] = "k_fold", ["folds"] = "2" }, splits.Select(s => (s, (string?)null)));
}
