using ClusterML.Chemistry.Calculations;
using ClusterML.Chemistry.Campaigns;
using ClusterML.Data.Datasets;

namespace ClusterML.Data.Tests.Datasets;

public sealed class DatasetImportTests : IDisposable
{
    private const string Table = "id,phase,x,energy\na,fcc,1.0,-1.5\nb,bcc,,2\n";

    private readonly TemporaryFolder folder = new();

    private string Out => Path.Combine(folder.Path, "made", "My Alloys");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Run_Csv_IsADatasetWithItsNumbersAsTheyWere()
    {
        var report = Import(folder.Write("t.csv", Table), new() { Title = "Alloys", Units = new Dictionary<string, string> { ["energy"] = "Hartree", ["x"] = "pm" } });

        var dataset = Dataset.Open(Out);
        var table = dataset.Table();
        Assert.True(report.IsNew);
        Assert.Equal(["a", "b"], report.Imported);
        Assert.Equal("my-alloys", dataset.Description.Name);
        Assert.Equal(Table, File.ReadAllText(dataset.Source));
        Assert.Equal([ColumnRole.Id, ColumnRole.Categorical, ColumnRole.Numeric, ColumnRole.Target], dataset.Description.Columns.Select(c => c.Role));
        Assert.Equal(0.01f, table.NumberColumns["x"][0]);
        Assert.Equal(2 * 27.211386245981, table.TargetValues[1][0], 1e-12);
        Assert.Contains("energy: rows are in eV, the file in Hartree (1 Hartree = 27.211386245981 eV, CODATA 2022)", report.Notes);
        Assert.Contains(report.Notes, n => n.StartsWith("phase: role categorical, guessed", StringComparison.Ordinal));
    }

    [Fact]
    public void Run_MoreRows_AreAddedOnceAndConverted()
    {
        Import(folder.Write("t.csv", Table), new() { Units = Unit("energy", "eV") });

        var report = Import(
            folder.Write("u.csv", "energy,id,x,phase\n2000,b,,bcc\n500,c,3,hcp\n"),
            new() { Units = Unit("energy", "meV") });

        Assert.False(report.IsNew);
        Assert.Equal(["c"], report.Imported);
        var already = Assert.Single(report.LeftOut);
        Assert.EndsWith("u.csv:2", already.Source, StringComparison.Ordinal);
        Assert.Equal("b is in the dataset already, with the same values", already.Reason);
        Assert.Equal([[-1.5], [2.0], [0.5]], Dataset.Open(Out).Table().TargetValues);
    }

    [Fact]
    public void Run_SameIdWithOtherValues_IsRefusedAndNothingChanges()
    {
        Import(folder.Write("t.csv", Table));
        var before = File.ReadAllText(Path.Combine(Out, "rows.csv"));

        Assert.Equal(
            "u.csv:3:1: id \"a\" is in the dataset already with another phase, energy",
            folder.Problems(() => Import(folder.Write("u.csv", "id,phase,x,energy\nz,fcc,1,1\na,bcc,1,7\n"))));
        Assert.Equal(before, File.ReadAllText(Path.Combine(Out, "rows.csv")));
    }

    [Fact]
    public void Run_MistakesInTheSource_AreNamedThereAndLeaveNothing()
    {
        Assert.Equal(
            "t.csv:3:1: id is empty",
            folder.Problems(() => Import(
                folder.Write("t.csv", "id,x,energy\na,1,2\n,2,3\n"), new() { Roles = new Dictionary<string, ColumnRole> { ["id"] = ColumnRole.Id } })));
        Assert.False(Directory.Exists(Out));
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path, "*.tmp", SearchOption.AllDirectories));
    }

    [Theory]
    [InlineData("energy", "hartree", "--unit energy=hartree: unknown unit \"hartree\" (did you mean Hartree?)")]
    [InlineData("enrgy", "eV", "t.csv:1: there is no column enrgy (did you mean energy?)")]
    public void Run_UnusableUnit_SaysWhy(string column, string unit, string message) =>
        Assert.Equal(message, folder.Problems(() => Import(folder.Write("t.csv", Table), new() { Units = Unit(column, unit) })));

    [Fact]
    public void Run_OtherColumns_AreNamed()
    {
        Import(folder.Write("t.csv", Table));

        Assert.Equal(
            "u.csv:1: column \"x\" of the dataset is missing\nu.csv:1:3: the dataset has no column \"xx\" (did you mean x?)".Replace("(did you mean x?)", "(columns: id, phase, x, energy)", StringComparison.Ordinal),
            folder.Problems(() => Import(folder.Write("u.csv", "id,phase,xx,energy\nz,fcc,1,1\n"))));
    }

    [Fact]
    public void Run_FolderWithOtherFiles_IsLeftAlone()
    {
        folder.Write("made/My Alloys/thesis.tex", "words");

        Assert.Equal(
            "made/My Alloys: the folder has files in it and no dataset.json; give a new folder, or a dataset to add to",
            folder.Problems(() => Import(folder.Write("t.csv", Table))));
    }

    [Fact]
    public void Run_Stopped_LeavesNothing()
    {
        using var stopped = new CancellationTokenSource();
        stopped.Cancel();

        Assert.Throws<OperationCanceledException>(() => DatasetImport.Run([folder.Write("t.csv", Table)], Out, cancellation: stopped.Token));
        Assert.False(Directory.Exists(Path.Combine(folder.Path, "made")));
    }

    [Fact]
    public void Run_TableIntoCalculations_IsRefused()
    {
        folder.Write("made/My Alloys/calculations/Ti_atom.json", "{}");
        DatasetFile.Write(Path.Combine(Out, "dataset.json"), Samples.Description with { Kind = DatasetKind.Calculations, Columns = X12tmColumns.All });

        Assert.Equal(
            "made/My Alloys: the dataset is of kind calculations, and the sources are tables",
            folder.Problems(() => Import(folder.Write("t.csv", Table))));
    }

    [Fact]
    public void Run_UnnamedIndexColumn_SaysWhatItIs() => Assert.Equal(
        "t.csv:1:1: the column has no name, as where the index of rows was written along; name it, or leave it out",
        folder.Problems(() => Import(folder.Write("t.csv", ",x,y\n0,1,2\n"))));

    [Fact]
    public void Run_Cp2kOutputs_BecomeCalculationsWithTheirFlags()
    {
        var report = Import(Outputs, new() { OnlyConverged = false });
        var again = Import(Outputs, new() { OnlyConverged = false });

        Assert.Equal(["Ti_atom", "Ti2", "Cu2"], report.Imported);
        Assert.Equal(DatasetKind.Calculations, report.Kind);
        Assert.False(CalculationFile.ReadAny(Path.Combine(Out, "calculations", "Ti2.json")).ScfConverged);
        Assert.Empty(again.Imported);
        Assert.Contains(again.LeftOut, row => row.Reason == "Ti_atom is in the dataset already, with the same result (Ti_atom.json)");
        Assert.Equal(3, Directory.GetFiles(Path.Combine(Out, "calculations")).Length);
    }

    [Fact]
    public void Run_OnlyConverged_LeavesTheOthersOutWithTheirReasons()
    {
        var report = Import(Outputs);

        Assert.Equal(["Ti_atom", "Cu2"], report.Imported);
        Assert.Equal("Ti2: the SCF did not converge; --only-converged false imports it with its flags", Assert.Single(report.LeftOut).Reason);
    }

    [Fact]
    public void Run_SameSystemAndMethodWithAnotherResult_IsRefused()
    {
        Import(Outputs);
        var other = CalculationFile.ReadAny(Path.Combine(Out, "calculations", "Ti_atom.json"));
        CalculationFile.Write(Path.Combine(Out, "calculations", "Ti_atom.json"), other with { Energy = -1.5 });

        Assert.Contains(
            "Ti_atom with this method is also in Ti_atom.json, with the energy -1.5 eV and not ",
            folder.Problems(() => Import(Outputs)),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Run_NothingThatCanBeImported_SaysSoAfterTheCause()
    {
        var message = folder.Problems(() => Import(folder.Write("notes.txt", "dear diary")));

        Assert.StartsWith("notes.txt: not a file that can be imported", message, StringComparison.Ordinal);
        Assert.Contains("\nnotes.txt: nothing that can be imported was found", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_StructuresThatStateNothing_SayWhatToAdd()
    {
        var source = folder.Write("dimer.xyz", Dimer(0, -1.5));

        Assert.Contains("it states no method; give one on import, such as --method ", folder.Problems(() => Import(source)), StringComparison.Ordinal);
        Assert.Contains(
            "the file does not state whether the SCF converged; --scf-converged true if you know that it did",
            folder.Problems(() => Import(source, new() { Method = Method })),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Run_SameStructureOfAnotherSystemWithAnotherEnergy_IsRefused()
    {
        var options = new DatasetImportOptions { Method = Method, ScfConverged = true };
        Import(folder.Write("dimer.xyz", Dimer(0, -1.5)), options);

        Assert.Equal(["Cu2"], Import(folder.Write("longer.xyz", Dimer(0.1, -1.5)), options).Imported);
        Assert.Contains(
            "Cu2 with this method is also in Cu2.json, with the energy -1.5 eV and not -1.6 eV; keep one of them",
            folder.Problems(() => Import(folder.Write("again.xyz", Dimer(0, -1.6)), options)),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Run_AfterAKilledImport_ClearsWhatItLeft()
    {
        Import(Outputs);
        var left = Path.Combine(Out, "calculations", ".Ti13.json.0123456789abcdef0123456789abcdef.tmp");
        var fresh = Path.Combine(Out, "calculations", ".Ti13.json.fedcba9876543210fedcba9876543210.tmp");
        File.WriteAllText(left, "half");
        File.WriteAllText(fresh, "half");
        File.SetLastWriteTimeUtc(left, new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));

        Import(Outputs);

        Assert.False(File.Exists(left));
        Assert.True(File.Exists(fresh));
    }

    [Theory]
    [InlineData("id,a,y\nr1,1,2\nr2,1,abc\n", "t.csv:3:3: y \"abc\" is not a number, as others of the column are; if the column is meant as text, import it with --role y=categorical")]
    [InlineData("a,y\n1,\"1,5\"\n2,\"2,5\"\n", "t.csv:2:2: y \"1,5\" is not a number, as others of the column are; the decimal sign is a point: 1.5; if")]
    [InlineData("a,y\n1,NA\n2,2\n", "t.csv:2:2: y \"NA\" is not a number, as others of the column are; leave the field empty where a value is missing; if")]
    [InlineData("id,a,y\nr1,1,2\nr1,1,3\n", "t.csv:3:1: id \"r1\" repeats line 2; give every row its own")]
    [InlineData("host,y\nTi,1\nXx,2\n", "t.csv:3:1: host \"Xx\" is not an element")]
    public void Run_CellsThatWouldTurnAColumnIntoText_AreNamed(string text, string message) =>
        Assert.StartsWith(message, folder.Problems(() => Import(folder.Write("t.csv", text))), StringComparison.Ordinal);

    [Fact]
    public void Run_StatedRoles_AreNotJudgedNorCalledGuessed()
    {
        var report = Import(folder.Write("t.csv", "a,c,y\n1,1,1\n2,x,2\n"), new() { Roles = new Dictionary<string, ColumnRole> { ["c"] = ColumnRole.Categorical }, Targets = ["y"] });

        Assert.DoesNotContain(report.Notes, n => n.StartsWith("y: role", StringComparison.Ordinal) || n.StartsWith("c: role", StringComparison.Ordinal));
        Assert.Equal(
            "u.csv:1:1: only one column can be the id: k was given, and row_id is guessed (every value is there once); say what it is, as in --role row_id=metadata",
            folder.Problems(() => DatasetImport.Run([folder.Write("u.csv", "row_id,k,x,y\na,p,1,2\nb,q,2,3\n")], Path.Combine(folder.Path, "u"), new() { Roles = new Dictionary<string, ColumnRole> { ["k"] = ColumnRole.Id } })));
    }

    [Theory]
    [InlineData("exported/rows.csv")]
    [InlineData("exported/x.csv")]
    [InlineData("exported/x.parquet")]
    public void Export_OfCalculations_ReadsBackAsTheSameTable(string name)
    {
        DatasetImport.Run(
            [Path.Combine(DatasetTests.Repository, "data", "examples", "own-rows", "titanium-zirconium.xyz")], Out, new() { OnlyConverged = false }, cancellation: TestContext.Current.CancellationToken);
        var dataset = Dataset.Open(Out);
        var table = dataset.Table(new() { MaxForce = 0.08 });
        var file = Path.Combine(folder.Path, name);

        TableExport.Write(file, table, dataset.Description);
        DatasetImport.Run([file], Path.Combine(folder.Path, "again"), cancellation: TestContext.Current.CancellationToken);

        Assert.Equal("1", table.Units["n_atoms_1"]);
        Assert.Equal(table.CanonicalHash, TableExport.Read(file, TableExport.Beside(file)!).CanonicalHash);
        Assert.Equal(table.CanonicalHash, Dataset.Open(Path.Combine(folder.Path, "again")).Table().CanonicalHash);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Run_FrequenciesOfTheSameGeometry_GoToItsRelaxation(bool together)
    {
        // Turned by 90 degrees, moved, numbered the other way round, and 0.005 Angstrom off: still the same geometry.
        var relaxed = Cluster(p => p) with { GeometryConverged = true };
        var vibrating = Cluster(p => [9 - p[1], 9 + p[0], p[2]], off: 0.005, reversed: true) with { Frequencies = [-40.5, 100, 200.25], Energy = -77 };
        var (first, second) = (Written("relaxed", relaxed), Written("vibrating", vibrating));
        if (!together)
        {
            Import(first);
            var there = Path.Combine(Out, "calculations", "Ti12Pt_in.json");
            var text = File.ReadAllText(there);
            File.WriteAllText(there, $"{{ \"of_another_tool\": -2.5, {text[(text.IndexOf('{') + 1)..]}");
        }

        var report = together ? Import([second, first]) : Import(second);

        Assert.Equal(together ? ["Ti12Pt_in"] : ["Ti12Pt_in (frequencies)"], report.Imported);
        Assert.Empty(report.LeftOut);
        var file = Assert.Single(Directory.GetFiles(Path.Combine(Out, "calculations")));
        var joined = CalculationFile.ReadAny(file);
        Assert.Equal((-1.0, true), (joined.Energy, joined.GeometryConverged));
        Assert.Equal([-40.5, 100, 200.25], joined.Frequencies);
        Assert.Equal(!together, File.ReadAllText(file).Contains("of_another_tool", StringComparison.Ordinal));
        Assert.Contains("it has frequencies already", Assert.Single(Import(second).LeftOut).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_FrequenciesOfAnotherGeometry_AreLeftOutWithTheReason()
    {
        Import(Written("relaxed", Cluster(p => p) with { GeometryConverged = true }));

        var report = Import(Written("vibrating", Cluster(p => p, off: 0.05) with { Frequencies = [100] }));

        Assert.Empty(report.Imported);
        Assert.Equal(
            "frequencies of Ti12Pt_in do not go to Ti12Pt_in.json: the geometries are more than 0.01 Angstrom apart, and frequencies are those of one geometry",
            Assert.Single(report.LeftOut).Reason);
    }

    [Fact]
    public void Run_FrequenciesWithoutARelaxation_AreACalculationOfTheirOwn() =>
        Assert.Equal(["Ti12Pt_in"], Import(Written("vibrating", Cluster(p => p) with { Frequencies = [100] })).Imported);

    private static Calculation Cluster(Func<double[], double[]> place, double off = 0, bool reversed = false)
    {
        var system = ClusterSystem.Parse("Ti12Pt_in")!;
        var ideal = StartingGeometry.X12TM(system.Host, system.Dopant, Site.In);
        var atoms = Enumerable.Range(0, ideal.Count).Select(i => (ideal.Elements[i].Symbol, Position: place(ideal.Position(i).ToArray()))).ToList();
        atoms[3].Position[0] += off;
        if (reversed)
        {
            atoms.Reverse();
        }

        return new()
        {
            File = "",
            Name = system.Name,
            System = system,
            Method = MethodDescription.Parse(Method),
            Energy = -1,
            ScfConverged = true,
            GeometryConverged = null,
            MaxForce = 0.01,
            Symbols = [.. atoms.Select(a => a.Symbol)],
            Positions = [.. atoms.Select(a => a.Position)],
            IsPilot = false,
        };
    }

    private string Written(string name, Calculation calculation)
    {
        var path = Path.Combine(folder.Path, name, "Ti12Pt_in.json");
        CalculationFile.Write(path, calculation);
        return path;
    }

    private static string[] Outputs { get; } =
        [.. new[] { "Ti_atom.out", "Ti2_unconverged.out", "Cu2.out" }.Select(f => Path.Combine(DatasetTests.Repository, "tests", "ClusterML.Chemistry.Tests", "Imports", "Files", "cp2k", f))];

    private const string Method = "VASP 5.4.4 PBE PAW_PBE plane-waves UKS Gaussian 0.05 eV cutoff 500 eV";

    private static string Dimer(double longer, double energy) => FormattableString.Invariant(
        $"2\nProperties=species:S:1:pos:R:3 energy={energy}\nCu 0 0 0\nCu 0 0 {2.2 + longer}\n");

    private static Dictionary<string, string> Unit(string column, string unit) => new() { [column] = unit };

    private ImportReport Import(string source, DatasetImportOptions? options = null) => Import([source], options);

    private ImportReport Import(string[] sources, DatasetImportOptions? options = null) => DatasetImport.Run(sources, Out, options, cancellation: TestContext.Current.CancellationToken);
}
