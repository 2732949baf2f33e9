using ClusterML.Data;
using ClusterML.Data.Randomness;
using ClusterML.Data.Views;
using ClusterML.Experiments.Audits;
using ClusterML.Experiments.Configuration;
using ClusterML.Experiments.Engine;
using ClusterML.Learning.Descriptors;
using ClusterML.Transformer;

namespace ClusterML.Experiments.Tests.Transfer;

public sealed class PretrainingRowsTests
{
    private static readonly string[] Metals = ["Ti", "Zr", "Pt", "Fe", "Ni"];
    private static readonly SeedStreams Seeds = new(5);

    [Fact]
    public void Of_NoRemedy_IsTheTableAndLeavesTheSplitToTheTrainer()
    {
        var table = Unary();

        var rows = PretrainingRows.Of(table, Config(), Seeds);

        Assert.Null(rows.HeldOut);
        Assert.Null(rows.Unlabelled);
        Assert.Null(rows.Columns.Validation);
        Assert.Equal(table.TargetValues, rows.ToView().ReadVectors("targets"));
        Assert.Equal(BackboneSupport.Of(table).Untrained(PaperFeatures.Cardinalities).Continuous, rows.Support.Untrained(PaperFeatures.Cardinalities).Continuous);
    }

    [Fact]
    public void Of_Pairs_AreMeansOfTrainingRowsOfOneSizeAndTrainEveryDifference()
    {
        var table = Unary();
        var drawn = FtHeldOut.Draw(Seeds, table.RowCount, 0.15);

        var rows = PretrainingRows.Of(table, Config() with { PairsPerRow = 2 }, Seeds);

        var made = Enumerable.Range(table.RowCount, rows.Codes.Length - table.RowCount).ToArray();
        Assert.Equal(2 * drawn.Count(held => !held), made.Length);
        Assert.Equal([.. drawn, .. made.Select(_ => false)], rows.HeldOut!);

        // The target of a row is 10 times its element's place plus its size: a mean of two of one size tells both.
        var allowed = table.TargetValues.Where((_, row) => !drawn[row]).Select(t => t[0]).ToHashSet();
        var size = PaperFeatures.ContinuousNames.Index().First(n => n.Item == "n_atoms_1").Index;
        foreach (var row in made)
        {
            var (target, atoms) = (rows.Targets[row][0], rows.Numbers[row][size]);
            Assert.Contains(
                from a in Metals.Index() from b in Metals.Index() where a.Index < b.Index select (First: (10 * a.Index) + atoms, Second: (10 * b.Index) + atoms),
                pair => (pair.First + pair.Second) / 2 == target && allowed.Contains(pair.First) && allowed.Contains(pair.Second));
            Assert.NotEqual(rows.Codes[row][0], rows.Codes[row][1]);
        }

        var untrained = rows.Support.Untrained(PaperFeatures.Cardinalities).Continuous.Select(c => PaperFeatures.ContinuousNames[c]).ToArray();
        Assert.DoesNotContain("melting_point_abs_diff", untrained);
        Assert.Contains("n_atoms_2", untrained);
    }

    [Fact]
    public void Of_Masking_AddsUnlabelledPairsOfTheTableAndTheDBlock()
    {
        var rows = PretrainingRows.Of(Unary(), Config() with { Training = new() { MaskProbability = 0.3 } }, Seeds);

        // Thirty elements of the d block with Lu; the table's are among them.
        Assert.Equal(30 * 30, rows.Unlabelled!.Categorical.Count);
        Assert.Equal(Unary().RowCount, rows.Codes.Length);
        Assert.DoesNotContain(rows.Support.Continuous, c => c.Name.EndsWith("melting_point_abs_diff", StringComparison.Ordinal) && c.IsConstant);
    }

    [Fact]
    public void Of_ShuffledTargets_KeepsTheirValues()
    {
        var rows = PretrainingRows.Of(Unary(), Config() with { ShuffleTargets = true }, Seeds);

        Assert.NotEqual(Unary().TargetValues.Select(t => t[0]), rows.Targets.Select(t => t[0]));
        Assert.Equal(Unary().TargetValues.Select(t => t[0]).Order(), rows.Targets.Select(t => t[0]).Order());
    }

    private static PretrainBackboneConfig Config() => new() { Table = new QcdUnaryTableConfig() };

    private static DataTable Unary()
    {
        var rows = Metals.Index().SelectMany(m => Enumerable.Range(3, 8).Select(n => (Metal: m.Item, Place: m.Index, Size: n))).ToArray();
        return new("unary", [.. rows.Select(r => $"{r.Metal}{r.Size}")])
        {
            TextColumns = new OrderedDictionary<string, string[]> { ["host"] = [.. rows.Select(r => r.Metal)], ["dopant"] = [.. rows.Select(r => r.Metal)] },
            NumberColumns = new OrderedDictionary<string, float[]> { ["n_atoms_1"] = [.. rows.Select(r => (float)r.Size)], ["n_atoms_2"] = [.. rows.Select(_ => 1f)] },
            Targets = [new("e", "eV")],
            TargetValues = [.. rows.Select(r => new[] { (10.0 * r.Place) + r.Size })],
            IsComposition = true,
        };
    }
}
