using System.Globalization;
using ClusterML.Data;
using ClusterML.Experiments.Engine;
using ClusterML.Experiments.Runs;

namespace ClusterML.Experiments.Tests.Engine;

/// <summary>Sealed rows: unseen by every stage, scored once a version of the model, every opening on record.</summary>
public sealed class SealedHoldOutTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2020, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private readonly TemporaryFolder folder = new();
    private readonly Notes notes = new();
    private readonly SteppingClock clock = new();
    private readonly ExperimentEngine engine;

    public SealedHoldOutTests()
    {
        engine = new(new EngineOptions { ArtifactsRoot = Path.Combine(folder.Path, "artifacts"), DataRoot = null, Parallelism = 1, Clock = clock });
        folder.Write("ridge.yaml", "schema: clusterml/pipeline@1\nsteps:\n  - type: table_descriptors\n  - type: robust_scaling\n  - type: ridge\n    features: [scaled]\n");
        WriteRows(shift: 0);
    }

    private string Ledger => Path.Combine(folder.Path, "artifacts", "sealed", "study.ndjson");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Run_NotOpened_SeesNoSealedRowAndRecordsNothing()
    {
        var run = Run();

        Assert.DoesNotContain(RunTables.ReadPredictions(Path.Combine(run, RunTables.PredictionsFile)), p => IsSealed(p.RowId));
        Assert.False(File.Exists(Ledger));
        Assert.Empty(Summary(run).Openings);
        Assert.Null(Summary(run).Current);
        Assert.Equal((10, "family"), (Summary(run).Rows, Summary(run).Column));
    }

    // Whatever the sealed labels are, nothing that is fitted or measured without them changes.
    [Fact]
    public void Run_OtherSealedLabels_ChangeOnlyTheSealedScore()
    {
        var first = Run("data.sealed.open=true");
        WriteRows(shift: 50);
        var second = Run("data.sealed.open=true");

        Assert.Equal(
            RunTables.ReadPredictions(Path.Combine(first, RunTables.PredictionsFile)),
            RunTables.ReadPredictions(Path.Combine(second, RunTables.PredictionsFile)));
        Assert.InRange(Summary(first).Current!.Scores[0].Mae, 0, 1);
        Assert.InRange(Summary(second).Current!.Scores[0].Mae, 45, 55);
        Assert.NotEqual(Summary(first).Current!.SealedHash, Summary(second).Current!.SealedHash);
    }

    [Fact]
    public void Run_OpenedTwiceByTheSameVersion_IsScoredOnce()
    {
        Run("data.sealed.open=true");
        var ledger = File.ReadAllText(Ledger);
        clock.Now = Start.AddDays(1);

        var again = Run("data.sealed.open=true");

        Assert.Equal(ledger, File.ReadAllText(Ledger));
        Assert.Equal(Start, Assert.Single(Summary(again).Openings).Time);
        Assert.Equal(Start, Summary(again).Current!.Time);
        Assert.Single(notes.Texts, n => n.StartsWith("opened 10 sealed rows for ridge", StringComparison.Ordinal));
        Assert.Contains(notes.Texts, n => n.EndsWith("they are not opened again", StringComparison.Ordinal));
    }

    [Fact]
    public void Run_OtherVersionOfTheModel_IsAnotherOpeningOnRecord()
    {
        Run("data.sealed.open=true");
        clock.Now = Start.AddDays(1);

        var other = Run("data.sealed.open=true", "seed=7");

        Assert.Equal(2, File.ReadLines(Ledger).Count());
        Assert.Equal([Start, Start.AddDays(1)], Summary(other).Openings.Select(o => o.Time));
        Assert.Equal(2, Summary(other).Openings.Select(o => o.ModelVersion).Distinct().Count());
        Assert.Contains(notes.Texts, n => n.Contains("opening 2 on record", StringComparison.Ordinal));
    }

    [Fact]
    public void Run_DamagedLedger_IsNotReadAsNeverOpened()
    {
        Run("data.sealed.open=true");
        File.AppendAllText(Ledger, "not a record\n");

        var refusal = Assert.Throws<InvalidDataException>(() => Run("data.sealed.open=true", "seed=7"));

        Assert.Contains("study.ndjson:2: not the record of an opening", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_SealedValueThatNoRowHas_IsRefused() =>
        Assert.Contains("no row has the family f9", Assert.Throws<DataException>(() => Run("data.sealed.values=[f9]")).Message, StringComparison.Ordinal);

    private static bool IsSealed(string id) => int.Parse(id.AsSpan(1), CultureInfo.InvariantCulture) % 3 == 2;

    private static SealedSummary Summary(string run) => RunMetricsFile.Read(Path.Combine(run, RunMetricsFile.FileName)).Sealed!;

    private void WriteRows(double shift) => folder.Write("rows.csv", "key,family,x,y\n" + string.Concat(Enumerable.Range(0, 30)
        .Select(i => FormattableString.Invariant($"k{i},f{i % 3},{i % 7},{(0.5 * (i % 7)) + (0.1 * Math.Sin(i)) + (i % 3 == 2 ? shift : 0):R}\n"))));

    private string Run(params string[] sets) => engine.Run(
        engine.Load(
            folder.Write(
                "study.yaml",
                """
                schema: clusterml/experiment@1
                name: study
                data:
                  table:
                    type: csv
                    path: rows.csv
                    columns:
                      - {name: key, role: id}
                      - {name: family, role: group}
                      - {name: x, role: numeric, unit: "1"}
                      - {name: y, role: target, unit: eV}
                  sealed: {column: family, values: [f2]}
                model: {name: ridge, pipeline: ridge.yaml}
                intervals: {folds: 3, alpha: 0.2}
                protocols:
                  - {type: k_fold, name: folds, folds: 3}
                """),
            sets),
        new(),
        notes,
        TestContext.Current.CancellationToken).RunFolder;

    private sealed class SteppingClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = Start;

        public override DateTimeOffset GetUtcNow() => Now;
    }

    private sealed class Notes : IRunObserver
    {
        public List<string> Texts { get; } = [];

        public void StageStarted(string stage, bool cached)
        {
        }

        public void StageProgress(string stage, double fraction, string message)
        {
        }

        public void StageFinished(string stage, TimeSpan elapsed)
        {
        }

        public void Note(string message) => Texts.Add(message);
    }
}
