using System.Globalization;
using System.Text;
using ClusterML.Data;
using ClusterML.Data.Randomness;
using ClusterML.Data.Views;
using ClusterML.Experiments.Audits;
using ClusterML.Experiments.Configuration;
using ClusterML.Experiments.Engine;
using ClusterML.Learning.Descriptors;
using ClusterML.Learning.Ridge;
using ClusterML.Learning.Scaling;
using ClusterML.Transformer;

namespace ClusterML.Experiments.Tests.Transfer;

/// <summary>
/// Measures the remedies for tokens that pretraining cannot train, on the segregation table with hosts left out. Takes a quarter of
/// an hour, so it runs only when asked for; docs/methods.md has the command and the numbers.
/// </summary>
/// <remarks>
/// Every backbone is pretrained on the same unary rows with the same small budget, no label of the segregation table seen. Outer loop:
/// ten hosts, each left out; 13 of its rows are the test rows for every k, and k of the others are added to training. Inner loop, on the
/// other hosts only: three groups of hosts left out in turn, k rows of each of them in training, choose the remedy for that host and k.
/// </remarks>
public sealed class SupportRemedyComparison(ITestOutputHelper output)
{
    private const int OuterHosts = 10, TestRows = 13, InnerGroups = 3;
    private static readonly int[] Labels = [0, 2, 10];

    private static readonly FtTransformerOptions Network = new() { NBlocks = 3, HeadFactors = [0.25] };
    private static readonly FtTrainingOptions Training = new() { MaxEpochs = 6, Patience = 6 };

    [Fact(Explicit = true)]
    public void Compare_OnTheSegregationTable_WritesTheTable()
    {
        var unary = QcdUnaryTable.Load(Table("qcd", "qcd_unary.csv"), new() { HeldOutHosts = ["Ti", "Zr", "Hf", "Fe"] });
        var table = SegregationTable.Load(Table("segregation", "ruban1999_tidy.csv"));
        var (codes, numbers) = BackboneSupport.Describe(table);
        var rows = new Rows(codes, numbers, [.. table.TargetValues.Select(t => t[0])], [.. table.TextColumns["host"]]);

        var paper = Pretrained("paper", unary, 0, 0);
        var candidates = new Dictionary<string, FtBackbone?>
        {
            ["paper"] = paper,
            ["pairs"] = Pretrained("pairs", unary, 1, 0),
            ["masked"] = Pretrained("masked", unary, 0, 0.3),
            ["random weights"] = paper.WithRandomWeights(1),
        };
        var variants = new List<Variant> { new("raw features only", [], true) };
        foreach (var (name, backbone) in candidates)
        {
            var embedding = backbone!.Embed(codes, numbers);
            variants.Add(new(name, embedding, false));
            variants.Add(new($"{name} + raw", embedding, true));
        }

        var text = new StringBuilder();
        var hosts = Hosts(rows);
        var results = variants.ToDictionary(v => v.Name, v => hosts.Select(host => Outer(rows, v, host)).ToArray());
        var eligible = variants.Where(v => !v.Name.StartsWith("random", StringComparison.Ordinal)).ToArray();
        var chosen = hosts.Select(host => Labels.Select(k => eligible.MinBy(v => Inner(rows, v, host, k))!.Name).ToArray()).ToArray();
        text.AppendLine("| model | " + string.Join(" | ", Labels.Select(k => Line($"k = {k}"))) + " |\n|---|" + string.Concat(Labels.Select(_ => "---|")));
        foreach (var (name, errors) in results)
        {
            text.AppendLine(Row(name, errors, results["paper"]));
        }

        text.AppendLine(Row("chosen by the inner loop", [.. chosen.Select((names, i) => names.Select((name, k) => results[name][i][k]).ToArray())], results["paper"]));
        text.AppendLine().AppendLine("chosen: " + string.Join("; ", Labels.Select((k, i) => Line($"k = {k}: ")
            + string.Join(", ", chosen.GroupBy(c => c[i]).OrderByDescending(g => g.Count()).Select(g => Line($"{g.Key} ({g.Count()} hosts)"))))));
        text.AppendLine().AppendLine(Unfrozen(rows, paper, unary, hosts[..3], results["paper"]));
        output.WriteLine(text.ToString());
        File.WriteAllText(Path.Combine(Folder, "table.md"), text.ToString());
        Assert.All(results.Values.SelectMany(r => r).SelectMany(r => r), error => Assert.True(double.IsFinite(error)));
    }

    /// <summary>Un-freezing alone takes part outside the choice: its training for every inner split would take hours.</summary>
    private static string Unfrozen(Rows rows, FtBackbone paper, DataTable unary, string[] hosts, double[][] frozen)
    {
        var untrained = BackboneSupport.Of(unary).Untrained(paper.Sizes.Cardinalities);
        var freezing = new FtFreezing { TrainUntrainedTokens = true };
        var errors = hosts.Select((host, i) =>
        {
            var train = Enumerable.Range(0, rows.Hosts.Length).Where(r => rows.Hosts[r] != host).ToArray();
            var view = new ColumnarView(
            [
                ValueColumn.Int32s("categorical", rows.Codes[0].Length, [.. train.Select(r => rows.Codes[r])]),
                ValueColumn.Singles("continuous", rows.Numbers[0].Length, [.. train.Select(r => rows.Numbers[r])]),
                ValueColumn.Doubles("targets", 1, [.. train.Select(r => new[] { rows.Targets[r] })]),
            ]);
            var setup = new FtTrainingSetup { Seeds = new SeedStreams(1), Start = new FtStart(paper, freezing, untrained) };
            var tuned = new FtTransformerEstimator(Network with { HeadFactors = [] }, new FtTrainingOptions { MaxEpochs = 8, LearningRate = 3e-3, BatchSize = 32 }, setup).Fit(view);
            return Outer(rows, new Variant("unfrozen", tuned.Model.Backbone.Embed(rows.Codes, rows.Numbers), false), host);
        }).ToArray();
        return Line($"untrained tokens un-frozen, hosts {string.Join(", ", hosts)}: {string.Join(" / ", Labels.Select((_, k) => Line($"{errors.Average(e => e[k]):0.000}")))} eV; frozen there: {string.Join(" / ", Labels.Select((_, k) => Line($"{frozen.Take(hosts.Length).Average(e => e[k]):0.000}")))} eV");
    }

    private static FtBackbone Pretrained(string name, DataTable unary, double pairs, double mask)
    {
        var file = Path.Combine(Directory.CreateDirectory(Folder).FullName, $"{name}.safetensors");
        if (!File.Exists(file))
        {
            var config = new PretrainBackboneConfig { Table = new QcdUnaryTableConfig(), Network = Network, Training = Training with { MaskProbability = mask }, PairsPerRow = pairs };
            var rows = PretrainingRows.Of(unary, config, new SeedStreams(42));
            var setup = new FtTrainingSetup { Seeds = new SeedStreams(42), Cardinalities = PaperFeatures.Cardinalities, ScalerFallback = ElementPairs.Ranges, Unlabelled = rows.Unlabelled };
            File.WriteAllBytes(file, new FtTransformerEstimator(config.Network, config.Training, setup, rows.Columns).Fit(rows.ToView()).Model.Backbone.Save());
        }

        return FtBackbone.Load(File.ReadAllBytes(file));
    }

    /// <summary>The hosts with the most rows, in the order of their names.</summary>
    private static string[] Hosts(Rows rows) =>
        [.. rows.Hosts.GroupBy(h => h).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal).Take(OuterHosts).Select(g => g.Key).Order(StringComparer.Ordinal)];

    /// <summary>MAE on the left-out host for each number of its labels in training.</summary>
    private static double[] Outer(Rows rows, Variant variant, string host)
    {
        var own = Enumerable.Range(0, rows.Hosts.Length).Where(r => rows.Hosts[r] == host).ToArray();
        new SeedStreams(7).Generator(host).Shuffle(own);
        var others = Enumerable.Range(0, rows.Hosts.Length).Where(r => rows.Hosts[r] != host).ToArray();
        return [.. Labels.Select(k => Error(rows, variant, [.. others, .. own[TestRows..].Take(k)], own[..TestRows]))];
    }

    /// <summary>Mean of the errors on groups of hosts, the outer host's rows out of all of them.</summary>
    private static double Inner(Rows rows, Variant variant, string host, int k)
    {
        string[] others = [.. rows.Hosts.Distinct().Where(h => h != host).Order(StringComparer.Ordinal)];
        return Enumerable.Range(0, InnerGroups).Average(group =>
        {
            var left = others.Where((_, i) => i % InnerGroups == group).ToHashSet();
            var known = Enumerable.Range(0, rows.Hosts.Length).Where(r => rows.Hosts[r] != host).ToLookup(r => left.Contains(rows.Hosts[r]));
            var labelled = known[true].GroupBy(r => rows.Hosts[r]).SelectMany(g => g.OrderBy(r => new SeedStreams(r).Seed("inner")).Take(k)).ToHashSet();
            return Error(rows, variant, [.. known[false], .. labelled], [.. known[true].Where(r => !labelled.Contains(r))]);
        });
    }

    private static double Error(Rows rows, Variant variant, int[] train, int[] test)
    {
        double[][] Features(int[] chosen, RobustScaler scaler) =>
        [
            .. chosen.Select(r => (double[])
            [
                .. variant.Embedding.Length == 0 ? [] : variant.Embedding[r].Select(v => (double)v),
                .. variant.Raw ? scaler.Apply([.. rows.Numbers[r].Select(v => (double)v)]).Select(v => double.IsNaN(v) ? 0 : v) : [],
            ]),
        ];
        var scaler = RobustScaler.Fit([.. train.Select(r => rows.Numbers[r].Select(v => (double)v).ToArray())], ElementPairs.Ranges);
        var features = Features(train, scaler);
        var view = new ColumnarView(
        [
            ValueColumn.Doubles("features", features[0].Length, features),
            ValueColumn.Doubles("targets", 1, [.. train.Select(r => new[] { rows.Targets[r] })]),
        ]);
        var asked = Features(test, scaler);
        var predicted = new RidgeEstimator(new RidgeOptions { Features = ["features"] }).Fit(view)
            .Transform(new ColumnarView([ValueColumn.Doubles("features", asked[0].Length, asked)])).ReadVectors("prediction");
        return test.Select((r, i) => Math.Abs(predicted[i][0] - rows.Targets[r])).Average();
    }

    private static string Row(string name, double[][] errors, double[][] paper) =>
        $"| {name} | " + string.Join(" | ", Labels.Select((_, k) =>
        {
            double[] difference = [.. errors.Select((e, i) => e[k] - paper[i][k])];
            var spread = Math.Sqrt(difference.Average(d => (d - difference.Average()) * (d - difference.Average())) / (difference.Length - 1));
            return Line($"{errors.Average(e => e[k]):0.000} ({difference.Average():+0.000;-0.000;0.000} +- {spread:0.000})");
        })) + " |";

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static string Folder => Path.Combine(Path.GetTempPath(), "clusterml-support-remedies");

    private static string Table(params string[] path)
    {
        var root = Environment.GetEnvironmentVariable("CLUSTERML_DATA");
        Assert.SkipWhen(string.IsNullOrEmpty(root), "set CLUSTERML_DATA to the folder of the published tables");
        return Path.Combine([root!, .. path]);
    }

    private sealed record Rows(int[][] Codes, float[][] Numbers, double[] Targets, string[] Hosts);

    private sealed record Variant(string Name, float[][] Embedding, bool Raw);
}
