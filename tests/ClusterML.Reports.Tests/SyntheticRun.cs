using ClusterML.Data;
using ClusterML.Experiments.Runs;

namespace ClusterML.Reports.Tests;

/// <summary>Run folders as a run would leave them, from seeded draws: same seed, same bytes.</summary>
internal sealed class SyntheticRun : IDisposable
{
    private static readonly string[] Dopants =
    [
        "Sc", "Ti", "V", "Cr", "Mn", "Fe", "Co", "Ni", "Cu", "Zn", "Y", "Zr", "Nb", "Mo", "Tc", "Ru", "Rh", "Pd", "Ag", "Cd", "Lu", "Hf", "Ta", "W", "Re",
        "Os", "Ir", "Pt", "Au", "Hg",
    ];

    // Name and size of the error at k = 0 and with many labels, relative to the spread of the target.
    private static readonly (string Name, double Cold, double Warm)[] Models =
    [
        ("ft_ridge", 1.1, 0.33), ("mean", 0.8, 0.75), ("additive", 0.65, 0.36), ("ridge_raw", 0.68, 0.5), ("lightgbm", 0.55, 0.35), ("random_backbone", 2.2, 0.32),
        ("ft_ridge_unscaled", 1.3, 0.6),
    ];

    private SyntheticRun(string name)
    {
        Folder = Path.Combine(Path.GetTempPath(), "clusterml-reports-tests", Guid.NewGuid().ToString("N"), name);
        Directory.CreateDirectory(Folder);
    }

    internal string Folder { get; }

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(Folder)!, recursive: true);

    internal string Read(string file) => File.ReadAllText(Path.Combine(Folder, file));

    /// <summary>Four hosts, up to 30 dopants, two targets; hosts and dopants left out in turn, and the Fe curve.</summary>
    internal static SyntheticRun X12tm(int dopants = 30, bool baselines = true)
    {
        var run = new SyntheticRun("x12tm-20260101T000000Z-0a1b2c3d");
        string[] hosts = ["Ti", "Zr", "Hf", "Fe"];
        var used = Dopants.Take(dopants).ToArray();
        string[] targets = ["e_form_in", "e_form_out"];
        var random = new Random(7);
        var pairs = hosts.SelectMany(h => used.Select(d => (Host: h, Dopant: d))).ToList();
        var values = targets.ToDictionary(t => t, t => pairs.Select(p => -3.0 - (Array.IndexOf(hosts, p.Host) * 0.6) + (1.6 * Gauss(random))).ToArray());
        var predictions = new List<PredictionRecord>();
        var scores = new List<BaselineRecord>();
        var curve = new List<CurveRecord>();
        foreach (var target in targets)
        {
            Leave("leave-dopant-out", target, p => p.Dopant, 0.55);
            var enough = used.Length >= 12;
            if (enough)
            {
                Curve(curve, "hold-out-fe", target, used.Length, 1.7, random, baselines);
                for (var step = 0; step <= 20; step++)
                {
                    var x = 1.0 - (0.05 * step);
                    var held = pairs.Select((p, i) => (p, i)).Where(q => q.p.Host == "Fe").Take(Math.Max(4, (int)(x * used.Length)))
                        .Concat(pairs.Select((p, i) => (p, i)).Take(4));
                    predictions.AddRange(held.Select(q => Predict(
                        $"{q.p.Host}12{q.p.Dopant}", q.p.Host, q.p.Dopant, target, FormattableString.Invariant($"x={x:0.00}"), step, values[target][q.i],
                        0.4 + (1.4 * Math.Exp(-step / 2.0)), 1.6, "hold-out-fe", random)));
                }
            }
        }

        void Leave(string protocol, string target, Func<(string Host, string Dopant), string> group, double error)
        {
            for (var i = 0; i < pairs.Count; i++)
            {
                var p = pairs[i];
                predictions.Add(Predict(
                    $"{p.Host}12{p.Dopant}", p.Host, p.Dopant, target, group(p), Array.IndexOf(used, group(p)), values[target][i], error, 2.1, protocol, random));
            }

            Score(scores, protocol, target, pairs.Count, 1.7, random, baselines, [.. predictions.Where(q => q.Protocol == protocol && q.Target == target)]);
        }

        var metrics = scores.Select(s => new MetricRecord(
            "mae", s.Model, s.Target, s.Protocol, "test", s.Mae, "eV", s.NTest, s.Mae * 0.82, s.Mae * 1.2, RunTables.PredictionsFile)).ToList();
        metrics.Add(new("in_out_accuracy", "ft_ridge", "e_form_in - e_form_out", "leave-dopant-out", "test", 0.71, "", pairs.Count, 0.62, 0.79, RunTables.PredictionsFile));
        run.Save(
            new(
                "x12tm",
                "Formation energies of X12TM clusters, dopant in the centre or on the surface.",
                "ft_ridge",
                new(
                    "x12tm", Hash(1), pairs.Count, [.. targets.Select(t => new TargetSummary(t, "eV", values[t].Average(), 1.72))],
                    [new("Pt_in.json", "only one site of the pair is there"), new("Ti12Lu_out.json", "relaxed to the centre")],
                    new Dictionary<string, IReadOnlyList<string>> { ["host"] = hosts, ["dopant"] = used }),
                Backbone(),
                [
                    new("leave-dopant-out", "leave_one_group_out", true, null, used.Length),
                    used.Length >= 12
                        ? new("hold-out-fe", "hold_out_fraction", true, null, 21)
                        : new("hold-out-fe", "hold_out_fraction", false, $"{used.Length} of 12 Fe pairs", 0),
                    new("leave-host-out", "leave_one_group_out", false, "3 of 12 Fe pairs", 0),
                ],
                metrics),
            predictions,
            curve,
            scores,
            "x12tm",
            "  - {type: hold_out_fraction, name: hold-out-fe, column: host, value: Fe}\n  - {type: leave_one_group_out, name: leave-dopant-out, column: dopant}\n");
        return run;
    }

    /// <summary>24 hosts with 23 dopants each, one target; hosts left out in turn, random folds, and a curve with five draws.</summary>
    internal static SyntheticRun Segregation()
    {
        var run = new SyntheticRun("segregation-20260101T000000Z-4e5f6a7b");
        var elements = Dopants.Where(d => d is not ("Sc" or "Zn" or "Y" or "Cd" or "Lu" or "Hg")).ToArray();
        var random = new Random(11);
        var pairs = elements.SelectMany(h => elements.Where(d => d != h).Select(d => (Host: h, Dopant: d))).ToList();
        var offset = elements.ToDictionary(e => e, _ => 0.35 * Gauss(random));
        var values = pairs.Select(p => -0.3 + offset[p.Host] - offset[p.Dopant] + (0.25 * Gauss(random))).ToArray();
        var predictions = new List<PredictionRecord>();
        var scores = new List<BaselineRecord>();
        var curve = new List<CurveRecord>();
        for (var i = 0; i < pairs.Count; i++)
        {
            var p = pairs[i];
            var id = $"{p.Host}-{p.Dopant}";
            predictions.Add(Predict(id, p.Host, p.Dopant, "e_seg", p.Host, Array.IndexOf(elements, p.Host), values[i], 0.5, 0.9, "leave-host-out", random));
            predictions.Add(Predict(id, p.Host, p.Dopant, "e_seg", $"fold {i % 5}", i % 5, values[i], 0.2, 0.5, "random-folds", random));
        }

        foreach (var protocol in new[] { "leave-host-out", "random-folds" })
        {
            Score(scores, protocol, "e_seg", pairs.Count, 0.6, random, true, [.. predictions.Where(q => q.Protocol == protocol)]);
        }

        Curve(curve, "hold-out-fe", "e_seg", 23, 0.6, random, true, draws: 5);
        run.Save(
            new(
                "segregation",
                "Surface segregation energies, whole hosts left out.",
                "ft_ridge",
                new(
                    "segregation", Hash(2), pairs.Count, [new("e_seg", "eV", values.Average(), 0.61)],
                    [.. Enumerable.Range(0, 48).Select(i => new LeftOutRow($"ruban1999_tidy.csv:{i + 2}", i < 24 ? "Fe(100) surface" : "surface energy of the pure host"))],
                    new Dictionary<string, IReadOnlyList<string>> { ["host"] = elements, ["dopant"] = elements }),
                Backbone(),
                [
                    new("leave-host-out", "leave_one_group_out", true, null, 24), new("hold-out-fe", "hold_out_fraction", true, null, 21),
                    new("random-folds", "k_fold", true, null, 5),
                ],
                []),
            predictions,
            curve,
            scores,
            "segregation",
            "  - {type: hold_out_fraction, name: hold-out-fe, column: host, value: Fe}\n  - {type: k_fold, name: random-folds, folds: 5}\n");
        return run;
    }

    /// <summary>A small csv table whose names try to be markup; no host, no dopant, no backbone, no config.</summary>
    internal static SyntheticRun Hostile()
    {
        var run = new SyntheticRun("hostile-20260101T000000Z-8c9d0e1f");
        const string Evil = "<script>alert('x')</script>";
        var random = new Random(3);
        var predictions = Enumerable.Range(0, 14)
            .Select(i => Predict($"row {i} {Evil} | \"q\", \n&", string.Empty, string.Empty, $"y{Evil}", $"fold {Evil}", i % 2, Gauss(random), 0.4, 1.0, $"p{Evil}", random))
            .Select(p => p with { Unit = "<b>", Model = $"m{Evil}" })
            .ToList();
        RunTables.WritePredictions(Path.Combine(run.Folder, RunTables.PredictionsFile), predictions);
        RunTables.WriteBaselines(Path.Combine(run.Folder, RunTables.BaselinesFile), [new($"m{Evil}", $"y{Evil}", $"p{Evil}", 0, 0, 0.3, 0.4, 0.8, 0.9, 1.2, 14, 0.1)]);
        RunMetricsFile.Write(Path.Combine(run.Folder, RunMetricsFile.FileName), new(
            $"name {Evil}",
            $"what {Evil} `code` | **bold**",
            $"m{Evil}",
            new(
                $"table {Evil}", Hash(3), 14, [new($"y{Evil}", "<b>", 0.1, 1.0)], [new($"a.csv:3 {Evil}", $"because {Evil}")],
                new Dictionary<string, IReadOnlyList<string>> { [$"column {Evil}"] = [$"value {Evil}"] }),
            null,
            [new($"p{Evil}", "k_fold", true, null, 2), new($"q{Evil}", "leave_one_group_out", false, $"why {Evil}", 0)],
            [new($"other {Evil}", $"m{Evil}", $"y{Evil}", $"p{Evil}", Evil, double.NaN, Evil, 3, null, null, Evil)]));
        return run;
    }

    internal static double Gauss(Random random) => Math.Sqrt(-2.0 * Math.Log(1.0 - random.NextDouble())) * Math.Cos(2.0 * Math.PI * random.NextDouble());

    private static PredictionRecord Predict(
        string id, string host, string dopant, string target, string split, int fold, double y, double error, double half, string protocol, Random random)
    {
        var centre = y + (error * Gauss(random));
        return new(id, host, dopant, target, split, fold, y, centre, centre - half * 0.6, centre + half * 0.6, "eV", protocol, "ft_ridge");
    }

    private static void Score(
        List<BaselineRecord> scores, string protocol, string target, int n, double spread, Random random, bool baselines, List<PredictionRecord> own)
    {
        foreach (var (name, cold, _) in Models.Take(baselines ? Models.Length : 1))
        {
            var main = name == "ft_ridge";
            for (var draw = 0; draw < (name == "random_backbone" ? 5 : 1); draw++)
            {
                var mae = main ? own.Average(p => Math.Abs(p.YTrue - p.YPred)) : 0.7 * cold * spread * (0.95 + (0.1 * random.NextDouble()));
                scores.Add(new(
                    name, target, protocol, 0, draw, mae, mae * 1.28, 1.0 - Math.Pow(mae * 1.28 / spread, 2),
                    main ? own.Average(p => p.Lower <= p.YTrue && p.YTrue <= p.Upper ? 1.0 : 0.0) : 0.8 + (0.1 * random.NextDouble()), mae * 3.9, n, 0.3 + random.NextDouble()));
            }
        }
    }

    private static void Curve(List<CurveRecord> curve, string protocol, string target, int rows, double spread, Random random, bool baselines, int draws = 1)
    {
        foreach (var (name, cold, warm) in Models.Take(baselines ? Models.Length : 1))
        {
            for (var draw = 0; draw < draws; draw++)
            {
                for (var step = 0; step <= 20; step++)
                {
                    var x = Math.Round(1.0 - (0.05 * step), 2);
                    var k = (int)Math.Round((1.0 - x) * rows);
                    var mae = spread * (warm + ((cold - warm) * Math.Exp(-k / 2.5))) * 0.75 * (0.93 + (0.14 * random.NextDouble()));
                    curve.Add(new(
                        protocol, k, draw, target, mae, mae * 1.3, 1.0 - Math.Pow(mae * 1.3 / spread, 2), Math.Min(1.0, 0.55 + (0.4 * (1 - Math.Exp(-k / 3.0)))),
                        spread * (1.9 - (0.3 * k / rows)), Math.Max(20, rows - k), name, x, k == rows ? double.NaN : mae * 1.1, rows - k >= 20 ? double.NaN : mae * 0.7));
                }
            }
        }
    }

    private static BackboneSummary Backbone()
    {
        var random = new Random(5);
        return new(
            "pretrained on qcd_unary", Hash(9), 1760, 214, 18, 0.331, "eV",
            [
                .. Enumerable.Range(1, 25).Select(e => new EpochRecord(
                    e, 0.05 + (0.6 * Math.Exp(-e / 4.0)), 0.07 + (0.5 * Math.Exp(-e / 4.0)) + (0.01 * random.NextDouble()), 0.33 + (1.2 * Math.Exp(-e / 4.0)), 4.2)),
            ]);
    }

    private static string Hash(int seed) => string.Concat(Enumerable.Range(0, 32).Select(i => ((i * 37 + (seed * 101)) % 256).ToString("x2")));

    private void Save(
        RunMetrics metrics, List<PredictionRecord> predictions, List<CurveRecord> curve, List<BaselineRecord> scores, string table, string protocols)
    {
        RunMetricsFile.Write(Path.Combine(Folder, RunMetricsFile.FileName), metrics);
        RunTables.WritePredictions(Path.Combine(Folder, RunTables.PredictionsFile), predictions);
        RunTables.WriteCurve(Path.Combine(Folder, RunTables.CurveFile), curve);
        RunTables.WriteBaselines(Path.Combine(Folder, RunTables.BaselinesFile), scores);
        File.WriteAllText(
            Path.Combine(Folder, RunFolder.ConfigFile),
            $"schema: clusterml/experiment@1\nname: {metrics.Experiment}\nseed: 42\ndata: {{root: ., table: {{type: {table}}}}}\n"
            + "model: {name: ft_ridge, pipeline: ../pipelines/ft-ridge.yaml}\nintervals: {folds: 5, alpha: 0.1, groups: mixed_mondrian}\nprotocols:\n" + protocols);
        File.WriteAllText(
            Path.Combine(Folder, RunFolder.EnvironmentFile),
            """{"seed": 42, "versions": {"dotnet": "10.0.1", "ml_net": "5.0.1"}, "threads": 2, "cpu": "x86-64", "git": {"commit": "0a1b2c3", "dirty": false}, "streams": ["split", "init"]}""");
    }
}
