using System.Diagnostics;
using ClusterML.Data.Views;
using ClusterML.Learning.Baselines;
using ClusterML.Learning.Baselines.Grid;
using ClusterML.Learning.Baselines.Neural;
using ClusterML.Learning.Baselines.Trees;
using ClusterML.Learning.Descriptors;
using ClusterML.Learning.Kernels;
using ClusterML.Learning.Ridge;
using ClusterML.Learning.Selection;
using ClusterML.Learning.Steps;
using Microsoft.ML;

namespace ClusterML.Benchmarks.Baselines;

/// <summary>Processor time of one fit of each baseline, with the options of the pipelines, on a grid of 23 hosts and 24 dopants.</summary>
/// <remarks>
/// The values are made up: an exchange of potentials, a product and noise. Beside each time stands the root mean square of the predictions for the
/// host that is left out, so that two builds can be compared: what is meant to be faster alone leaves it as it is.
/// </remarks>
internal static class BaselineFits
{
    private static readonly string[] Elements =
    [
        "Sc", "Ti", "V", "Cr", "Mn", "Fe", "Co", "Ni", "Cu", "Y", "Zr", "Nb", "Mo", "Ru", "Rh", "Pd", "Ag", "Hf", "Ta", "W", "Re", "Os", "Ir", "Pt",
    ];

    private static readonly string[] Properties = ["group", "period", "cohesive_energy", "radius_ws", "electronegativity"];

    /// <param name="writer">Where the table goes.</param>
    /// <param name="names">Models; none means all.</param>
    public static void Print(TextWriter writer, IReadOnlyList<string> names)
    {
        var random = new Random(1);
        double[] potential = [.. Elements.Select(_ => random.NextDouble() - 0.5)];
        double[] factor = [.. Elements.Select(_ => random.NextDouble() - 0.5)];
        float[][] embedding = [.. Enumerable.Range(0, Elements.Length * Elements.Length).Select(_ => Enumerable.Range(0, 1056).Select(_ => random.NextSingle() - 0.5f).ToArray())];
        var cells = Enumerable.Range(0, Elements.Length).SelectMany(h => Enumerable.Range(0, Elements.Length).Select(d => (Host: h, Dopant: d))).Where(c => c.Host != c.Dopant).ToArray();
        double[] values = [.. cells.Select(c => potential[c.Dopant] - potential[c.Host] + (factor[c.Host] * factor[c.Dopant]) + (0.1 * random.NextDouble()))];
        var descriptors = new PairDescriptorEstimator(new PairDescriptorOptions());
        IDataView Rows(Func<int, bool> host)
        {
            int[] taken = [.. Enumerable.Range(0, cells.Length).Where(i => host(cells[i].Host))];
            var view = new ColumnarView(
            [
                ValueColumn.Text("host", [.. taken.Select(i => Elements[cells[i].Host])]),
                ValueColumn.Text("dopant", [.. taken.Select(i => Elements[cells[i].Dopant])]),
                ValueColumn.Singles("embedding", 1056, [.. taken.Select(i => embedding[i])]),
                ValueColumn.Doubles("targets", 1, [.. taken.Select(i => new[] { values[i] })]),
            ]);
            return descriptors.Fit(view).Transform(view);
        }

        const int LeftOut = 5;
        var (training, test) = (Rows(h => h != LeftOut), Rows(h => h == LeftOut));
        writer.WriteLine($"{"fit and prediction",-24}{"ms of processor time",22}{"rms of predictions",24}");
        foreach (var (name, create) in Models().Where(m => names.Count == 0 || names.Contains(m.Name)))
        {
            // Once to let the compiler settle, then until a second is full.
            var root = Run(create, training, test);
            using var process = Process.GetCurrentProcess();
            var before = process.TotalProcessorTime;
            var (runs, spent) = (0, TimeSpan.Zero);
            for (; spent < TimeSpan.FromSeconds(1) || runs < 2; runs++)
            {
                Run(create, training, test);
                process.Refresh();
                spent = process.TotalProcessorTime - before;
            }

            writer.WriteLine(FormattableString.Invariant($"{name,-24}{spent.TotalMilliseconds / runs,22:F1}{root,24:R}"));
        }
    }

    private static double Run(Func<IEstimator<ITransformer>> create, IDataView training, IDataView test)
    {
        var fitted = create().Fit(training);
        using var owned = fitted as IDisposable;
        return Math.Sqrt(fitted.Transform(test).ReadVectors("prediction").Average(p => p[0] * p[0]));
    }

    private static IEnumerable<(string Name, Func<IEstimator<ITransformer>> Create)> Models()
    {
        IReadOnlyList<string> rich = ["descriptors"];
        ExtraTreesOptions Trees(int count) => new() { Features = rich, Trees = count, FeatureFraction = 0.5, MinSplitRows = 3 };
        var kriging = new GridKrigingOptions { Properties = Properties, ZeroInItself = true };
        var perceptron = new MlpOptions { Features = rich };
        StepSequenceEstimator One(string type, IEstimator<ITransformer> step) => new([(type, step)]);
        yield return ("additive", () => new AdditiveEstimator(new AdditiveOptions { Columns = ["host", "dopant"] }));
        yield return ("low_rank_grid", () => new LowRankGridEstimator(new LowRankGridOptions()));
        yield return ("kriging", () => new GridKrigingEstimator(kriging));
        yield return ("ridge_embedding", () => new RidgeEstimator(new RidgeOptions { Features = ["embedding"] }));
        yield return ("kernel_ridge", () => new KernelRidgeEstimator(new KernelRidgeOptions { Features = rich, Scaling = RidgeScaling.Standard }));
        yield return ("gaussian_process", () => new GaussianProcessEstimator(new GaussianProcessOptions { Features = rich, Scaling = RidgeScaling.Standard }));
        yield return ("extra_trees", () => new ExtraTreesEstimator(Trees(100)));
        yield return ("mlp", () => new MlpEstimator(perceptron));
        yield return ("mlp_ensemble", () => new BaggingEstimator(new BaggingOptions(), seed => One("mlp", new MlpEstimator(perceptron, seed)), 42));
        yield return (
            "nested_selection",
            () => new NestedSelectionEstimator(
                new NestedSelectionOptions { Groups = 5 },
                [
                    ("extra_trees", seed => One("extra_trees", new ExtraTreesEstimator(Trees(50), seed))),
                    ("kriging", seed => One("grid_kriging", new GridKrigingEstimator(kriging, seed))),
                    ("additive", _ => One("additive", new AdditiveEstimator(new AdditiveOptions { Columns = ["host", "dopant"] }))),
                ],
                42));
        yield return ("fast_tree", () => new FastTreeEstimator(new FastTreeOptions { Features = rich, NumberOfTrees = 100 }));
        yield return ("fast_forest", () => new FastForestEstimator(new FastForestOptions { Features = rich, NumberOfTrees = 100, NumberOfLeaves = 32, FeatureFraction = 0.33 }));
        yield return ("gam", () => new GamEstimator(new GamOptions { Features = rich }));
        yield return ("lightgbm", () => new LightGbmEstimator(new LightGbmOptions { Features = rich }));
    }
}
