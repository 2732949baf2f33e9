using ClusterML.Chemistry.Elements;
using ClusterML.Data;
using ClusterML.Data.Randomness;
using ClusterML.Data.Views;
using ClusterML.Experiments.Audits;
using ClusterML.Experiments.Configuration;
using ClusterML.Learning.Descriptors;
using ClusterML.Transformer;
using Microsoft.ML;

namespace ClusterML.Experiments.Engine;

/// <summary>The rows of a pretraining, with those that remedies for untrained tokens add.</summary>
/// <remarks>
/// Unary rows have the same element on both sites, so that every |difference| is 0 in them. Two additions change that:
/// pairs made from two unary rows of one size, X(N) and Y(N), read as X(N-1)Y with the arithmetic mean of both targets (Pauling 1932,
/// doi:10.1021/ja01348a011: a bond between unlike atoms has at least the mean of the two like bonds; his ionic excess is left out), and
/// unlabelled element pairs for masked-feature training. Neither reads a label of a table that the network is used on later.
/// </remarks>
internal sealed record PretrainingRows(int[][] Codes, float[][] Numbers, double[][] Targets, bool[]? HeldOut, FtRows? Unlabelled, BackboneSupport Support)
{
    private const string HeldOutColumn = "held_out";

    /// <summary>The rows that a config asks for.</summary>
    /// <param name="table">The unary table.</param>
    /// <param name="config">What is added.</param>
    /// <param name="seeds">Source of the streams <c>split</c>, <c>shuffle_targets</c>, <c>pairs</c> and <c>unlabelled</c>.</param>
    public static PretrainingRows Of(DataTable table, PretrainBackboneConfig config, SeedStreams seeds)
    {
        var (codes, numbers) = BackboneSupport.Describe(table);
        var support = BackboneSupport.Of(table);
        var targets = config.ShuffleTargets ? Shuffled(table.TargetValues, seeds.Generator("shuffle_targets")) : table.TargetValues;
        bool[]? heldOut = null;
        FtRows? unlabelled = null;
        if (config.PairsPerRow > 0)
        {
            // A pair is made of training rows only, so which rows are held out is drawn here, as the trainer would draw it.
            var drawn = FtHeldOut.Draw(seeds, table.RowCount, config.Training.ValidationFraction);
            var pairs = Pairs(table, targets, drawn, config.PairsPerRow, seeds.Generator("pairs"));
            codes = [.. codes, .. pairs.Select(p => p.Codes)];
            numbers = [.. numbers, .. pairs.Select(p => p.Numbers)];
            targets = [.. targets, .. pairs.Select(p => p.Targets)];
            heldOut = [.. drawn, .. pairs.Select(_ => false)];
            support = support.With(codes, numbers);
        }

        if (config.Training.MaskProbability > 0)
        {
            unlabelled = ElementPairRows(table, seeds.Generator("unlabelled"));
            support = support.With(unlabelled.Categorical, unlabelled.Continuous);
        }

        return new(codes, numbers, targets, heldOut, unlabelled, support);
    }

    /// <summary>The columns of <see cref="ToView"/>; without pairs the trainer draws the held-out rows itself.</summary>
    public FtColumns Columns => new() { Validation = HeldOut is null ? null : HeldOutColumn };

    /// <summary>The labelled rows as a view.</summary>
    public IDataView ToView() => new ColumnarView(
    [
        ValueColumn.Int32s("categorical", Codes[0].Length, Codes),
        ValueColumn.Singles("continuous", Numbers[0].Length, Numbers),
        ValueColumn.Doubles("targets", Targets[0].Length, Targets),
        .. HeldOut is null ? [] : new[] { ValueColumn.Boolean(HeldOutColumn, HeldOut) },
    ]);

    private static List<(int[] Codes, float[] Numbers, double[] Targets)> Pairs(DataTable table, double[][] targets, bool[] heldOut, double perRow, Random random)
    {
        var elements = ElementTable.Default;
        var (names, first, second) = (table.TextColumns["host"], table.NumberColumns["n_atoms_1"], table.NumberColumns["n_atoms_2"]);
        int[] rows = [.. Enumerable.Range(0, table.RowCount).Where(row => !heldOut[row] && names[row] == table.TextColumns["dopant"][row])];
        var bySize = rows.GroupBy(row => (first[row], second[row])).ToDictionary(g => g.Key, g => g.ToArray());
        var pairs = new List<(int[], float[], double[])>();
        for (var i = 0; i < (int)Math.Round(perRow * rows.Length); i++)
        {
            var host = rows[i % rows.Length];
            int[] partners = [.. bySize[(first[host], second[host])].Where(row => names[row] != names[host])];
            if (partners.Length > 0)
            {
                var dopant = partners[random.Next(partners.Length)];
                var (x, y) = (elements.Find(names[host]), elements.Find(names[dopant]));
                pairs.Add((
                    PaperFeatures.Categorical(x, y),
                    PaperFeatures.Continuous(x, y, first[host], second[host]),
                    [.. targets[host].Zip(targets[dopant], (a, b) => (a + b) / 2)]));
            }
        }

        return pairs;
    }

    /// <summary>The targets permuted over the rows: the same numbers to learn, and nothing to be learnt from the features.</summary>
    private static double[][] Shuffled(double[][] targets, Random random)
    {
        var order = Enumerable.Range(0, targets.Length).ToArray();
        random.Shuffle(order);
        return [.. order.Select(row => targets[row])];
    }

    private static FtRows ElementPairRows(DataTable table, Random random)
    {
        // Every ordered pair of the table's elements and of the d block, each at one of the table's sizes.
        var known = table.TextColumns["host"].ToHashSet(StringComparer.Ordinal);
        Element[] elements = [.. ElementTable.Default.All.Where(e => known.Contains(e.Symbol) || SupportAudit.IsTransitionMetal(e))];
        var (codes, numbers) = (new List<int[]>(), new List<float[]>());
        foreach (var host in elements)
        {
            foreach (var dopant in elements)
            {
                var row = random.Next(table.RowCount);
                codes.Add(PaperFeatures.Categorical(host, dopant));
                numbers.Add(PaperFeatures.Continuous(host, dopant, table.NumberColumns["n_atoms_1"][row], table.NumberColumns["n_atoms_2"][row]));
            }
        }

        return new FtRows(codes, numbers);
    }
}
