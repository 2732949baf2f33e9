using System.Text.Json;
using ClusterML.Cli.Terminal;

namespace ClusterML.Cli.Tests;

/// <summary><c>data import</c>, <c>describe</c>, <c>export</c>, <c>split</c> and <c>card</c>, as a terminal shows them.</summary>
public sealed class DataVerbsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("clusterml-data-");
    private readonly TestInterruption _interruption = new();
    private readonly TestTerminal _terminal;

    public DataVerbsTests()
    {
        _terminal = new TestTerminal { CurrentFolder = _folder.FullName };
        File.WriteAllText(PathOf("t.csv"), "id,phase,x,energy\na,fcc,1.5,-1\nb,bcc,,2\n");
    }

    public void Dispose()
    {
        _interruption.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public void Import_Table_SaysWhatItGuessedAndWhatItAdded()
    {
        Assert.Equal(ExitCodes.Done, Run("data", "import", "t.csv", "--out", "d", "--unit", "energy=Ry"));
        Assert.Equal(PathOf("d") + "\n", _terminal.OutText);
        Assert.Equal(
            """
            note: id: role id, guessed (every value is there once)
            note: phase: role categorical, guessed (2 different texts)
            note: x: role numeric, guessed (numbers only)
            note: energy: role target, guessed (the last column of numbers)
            note: energy: rows are in eV, the file in Ry (1 Ry = 13.6056931229905 eV, CODATA 2022)
            note: no unit stated for x; write it into dataset.json, or import with --unit COLUMN=UNIT
            imported 2 rows, left out 0

            """,
            _terminal.ErrorText);
    }

    [Fact]
    public void Import_SecondTime_ListsWhatIsThere()
    {
        Run("data", "import", "t.csv", "--out", "d", "--quiet");

        Assert.Equal(ExitCodes.Done, Run("data", "import", "t.csv", "--out", "d"));
        Assert.Equal(
            """
            left out: t.csv:2: a is in the dataset already, with the same values
            left out: t.csv:3: b is in the dataset already, with the same values
            added 0 rows, left out 2

            """,
            _terminal.ErrorText);
    }

    [Fact]
    public void Import_Stopped_SaysThatNothingChanged()
    {
        _interruption.Stop(ExitCodes.Interrupted);

        Assert.Equal(ExitCodes.Interrupted, Run("data", "import", "t.csv", "--out", "d"));
        Assert.Equal("Stopped; the dataset is as it was.\n", _terminal.ErrorText);
        Assert.False(Directory.Exists(PathOf("d")));
    }

    [Theory]
    [InlineData("data import t.csv", "Option '--out' is required.")]
    [InlineData("data import t.csv --out d --role x=best", "--role x=best: the role is one of categorical, numeric, target, group, id, weight, metadata")]
    [InlineData("data import t.csv --out d --unit energy", "--unit energy: expected COLUMN=UNIT")]
    [InlineData("data export t.csv --out rows.xls", "--out rows.xls: the name must end in .csv, .parquet, .xyz or .extxyz, as the format does")]
    [InlineData("data export t.csv --format csv --out rows.parquet", "--out rows.parquet: the name must end in .csv, .parquet, .xyz or .extxyz, as the format does (csv)")]
    [InlineData("data describe t.csv --max-force -1", "--max-force -1: expected a number from 0 to 10")]
    public void Parse_WrongUsage_SaysWhatWouldBeRight(string arguments, string message)
    {
        Assert.Equal(ExitCodes.WrongUsage, Run(arguments.Split(' ')));
        Assert.StartsWith(message + "\n", _terminal.ErrorText, StringComparison.Ordinal);
    }

    [Fact]
    public void Describe_Dataset_ShowsColumnsWithUnitsAndProvenance()
    {
        Run("data", "import", "t.csv", "--out", "d", "--quiet", "--unit", "energy=eV", "--licence", "CC0-1.0");
        var before = _terminal.OutText.Length;

        Assert.Equal(ExitCodes.Done, Run("data", "describe", "d"));
        var text = _terminal.OutText[before..];
        Assert.StartsWith("table   d\nrows    2\nsha256  ", text, StringComparison.Ordinal);
        Assert.Contains("licence CC0-1.0\ncite    not stated\n", text, StringComparison.Ordinal);
        Assert.Contains(
            """
            column  role         unit  missing  distinct  min  median  max
            id      id                       0         2    -       -    -
            phase   categorical              0         2    -       -    -
            x       numeric                  1         1  1.5     1.5  1.5
            energy  target       eV          0         2   -1     0.5    2
            """,
            text,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Describe_FileAsJson_IsOneDocument()
    {
        Assert.Equal(ExitCodes.Done, Run("data", "describe", "t.csv", "--json"));

        using var document = JsonDocument.Parse(_terminal.OutText);
        Assert.Equal(2, document.RootElement.GetProperty("rows").GetInt32());
        Assert.Equal("numeric", document.RootElement.GetProperty("columns")[3].GetProperty("role").GetString());
        Assert.Equal(JsonValueKind.Null, document.RootElement.GetProperty("dataset").ValueKind);
    }

    [Theory]
    [InlineData("data describe t.csv --max-force x", "--max-force x: expected a number")]
    [InlineData("data figures t.csv --max-force x", "--max-force x: expected a number")]
    [InlineData("data import t.csv --out i --only-converged maybe", "--only-converged maybe: expected true or false")]
    [InlineData("data import t.csv --out i --max-force 0.1", "unknown option --max-force")]
    [InlineData("data audit --bogus", "unknown option --bogus")]
    [InlineData("structure build --host Ti --atoms x", "--atoms x: expected a whole number")]
    [InlineData("structure enumerate --host Ti --dopant Fe -n x", "-n x: expected a whole number")]
    [InlineData("structure analyze t.csv --tolerance abc", "--tolerance abc: expected a number")]
    [InlineData("data describe a.db", "a.db: not a kind of file that this verb takes: give a config (.yaml)")]
    public void Verbs_WrongUsage_SayItInOneLine(string arguments, string message)
    {
        File.WriteAllText(PathOf("a.db"), "@");

        Assert.Equal(ExitCodes.WrongUsage, Run(arguments.Split(' ')));
        Assert.StartsWith(message, _terminal.ErrorText, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", _terminal.ErrorText, StringComparison.Ordinal);
    }

    [Fact]
    public void Export_FileInTheWay_NamesThePathOfTheUser()
    {
        Directory.CreateDirectory(PathOf("x.csv"));

        Assert.Equal(ExitCodes.Failed, Run("data", "export", "t.csv", "--out", "x.csv", "-q"));
        Assert.Equal("cannot write x.csv: there is a folder of that name; choose another place with --out\n", _terminal.ErrorText);
    }

    [Fact]
    public void Describe_NothingThereWithJson_IsADocumentToo()
    {
        Assert.Equal(ExitCodes.InvalidConfig, Run("data", "describe", "nope.csv", "--json"));
        using var document = JsonDocument.Parse(_terminal.OutText);
        Assert.Equal("nope.csv", document.RootElement.GetProperty("problems")[0].GetProperty("file").GetString());
    }

    [Fact]
    public void Describe_NothingThere_SaysSo()
    {
        Assert.Equal(ExitCodes.InvalidConfig, Run("data", "describe", "nope.csv"));
        Assert.Equal("nope.csv: there is no such file or folder\n", _terminal.ErrorText);
    }

    [Fact]
    public void Export_ParquetAndBack_IsTheSameDataset()
    {
        Run("data", "import", "t.csv", "--out", "d", "--quiet", "--unit", "energy=eV");
        Assert.Equal(ExitCodes.Done, Run("data", "export", "d", "--out", "e/rows.parquet"));

        Assert.Equal(Hash("d"), Hash("e"));
    }

    [Fact]
    public void Export_DescriptionOfAnotherDataset_IsNotReplaced()
    {
        Run("data", "import", "t.csv", "--out", "d", "--quiet");

        Assert.Equal(ExitCodes.DataCheckFailed, Run("data", "export", "t.csv", "--out", "d/rows.csv"));
        Assert.Contains("describes d, another dataset; export to another folder or under another name", _terminal.ErrorText, StringComparison.Ordinal);
    }

    [Fact]
    public void Export_StructuresOfATable_AreRefused()
    {
        Assert.Equal(ExitCodes.DataCheckFailed, Run("data", "export", "t.csv", "--out", "s.xyz", "--quiet"));
        Assert.Equal("t has no structures: its rows are not made from calculations\n", _terminal.ErrorText);
    }

    [Fact]
    public void Card_Dataset_IsWrittenIntoItsFolder()
    {
        Run("data", "import", "t.csv", "--out", "d", "--quiet", "--title", "My data");

        Assert.Equal(ExitCodes.Done, Run("data", "card", "d"));
        var card = File.ReadAllText(PathOf("d/DATA_CARD.md"));
        Assert.StartsWith("# My data\n", card, StringComparison.Ordinal);
        Assert.Contains("| rows | 2 |", card, StringComparison.Ordinal);
    }

    [Fact]
    public void Split_TableThatIsNoDataset_NeedsAPlace()
    {
        File.WriteAllText(PathOf("x.yaml"), "name: x\n");

        Assert.Equal(ExitCodes.WrongUsage, Run("data", "split", "x.yaml"));
        Assert.Equal("the config's table is no dataset folder: say with --out where the files go\n", _terminal.ErrorText);
    }

    private string Hash(string dataset)
    {
        var before = _terminal.OutText.Length;
        Assert.Equal(ExitCodes.Done, Run("data", "describe", dataset));
        return _terminal.OutText[before..].Split('\n').First(l => l.StartsWith("sha256", StringComparison.Ordinal));
    }

    private string PathOf(string file) => Path.Combine(_folder.FullName, file);

    private int Run(params string[] arguments) => new CommandLineApp(new Session(_terminal, new TestEngine(), _interruption)).Run(arguments);
}
