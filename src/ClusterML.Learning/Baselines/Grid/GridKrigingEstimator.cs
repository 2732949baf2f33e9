using ClusterML.Data.Options;
using ClusterML.Data.Randomness;
using ClusterML.Data.Views;
using ClusterML.Learning.Mapping;
using ClusterML.Learning.Numerics;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace ClusterML.Learning.Baselines.Grid;

/// <summary>Fits kriging on the grid: lengths, amplitudes and noise by marginal likelihood, for each target, then one linear system.</summary>
/// <remarks>
/// The covariance is that of <see cref="GridCovariance"/>. Row weights are not used. Source of the method: C. E. Rasmussen,
/// C. K. I. Williams, Gaussian Processes for Machine Learning (MIT Press, 2006), chapters 2 and 5.
/// </remarks>
/// <param name="options">The options.</param>
/// <param name="seed">Seed of the draw of rows for the likelihood.</param>
/// <exception cref="System.ComponentModel.DataAnnotations.ValidationException">The options are invalid.</exception>
public sealed class GridKrigingEstimator(GridKrigingOptions options, int seed = 42) : ColumnEstimator<FittedRegressorTransformer<GridKrigingModel>>
{
    private readonly GridKrigingOptions options = options.Checked();

    /// <inheritdoc/>
    protected override IReadOnlyList<ColumnNeed> Needs =>
        [ColumnNeed.Text(options.HostColumn), ColumnNeed.Text(options.DopantColumn), ColumnNeed.Doubles(options.TargetColumn)];

    /// <inheritdoc/>
    protected override IReadOnlyList<(string Name, DataViewType Type)> Adds => [(options.OutputColumn, VectorOf(NumberDataViewType.Double))];

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A host or dopant is not an element with the wanted properties.</exception>
    protected override FittedRegressorTransformer<GridKrigingModel> FitRows(IDataView input)
    {
        var targets = FeatureMatrix.ReadTargets(input, options.TargetColumn, nameof(GridKrigingEstimator));
        var (hosts, dopants) = (input.ReadTexts(options.HostColumn), input.ReadTexts(options.DopantColumn));
        var measured = hosts.Length;
        if (options.ZeroInItself)
        {
            // The value of an element in itself is known without a label, also of hosts that no row has.
            string[] known = [.. hosts.Concat(dopants).Distinct().Order(StringComparer.Ordinal)];
            var present = hosts.Zip(dopants).Where(p => p.First == p.Second).Select(p => p.First).ToHashSet();
            string[] added = [.. known.Where(s => !present.Contains(s))];
            (hosts, dopants) = ([.. hosts, .. added], [.. dopants, .. added]);
        }

        string[] symbols = [.. hosts.Concat(dopants).Distinct().Order(StringComparer.Ordinal)];
        var kernel = ElementKernel.Of(symbols, options.Properties, options.Kernel);
        if (Array.FindIndex(symbols, s => !kernel.Knows(Array.IndexOf(symbols, s))) is var bad and >= 0)
        {
            throw new ArgumentException($"{nameof(GridKrigingEstimator)}: \"{symbols[bad]}\" is no element whose {string.Join(", ", options.Properties)} are all known", nameof(input));
        }

        (int Host, int Dopant)[] cells = [.. hosts.Zip(dopants, (h, d) => (Array.BinarySearch(symbols, h, StringComparer.Ordinal), Array.BinarySearch(symbols, d, StringComparer.Ordinal)))];
        var fits = Enumerable.Range(0, targets[0].Length).Select(t => FitTarget(kernel, cells, [.. targets.Select(y => y[t])], measured)).ToList();
        return new(new GridKrigingModel
        {
            HostColumn = options.HostColumn,
            DopantColumn = options.DopantColumn,
            OutputColumn = options.OutputColumn,
            Properties = options.Properties,
            Kernel = options.Kernel,
            Hosts = hosts,
            Dopants = dopants,
            Centers = [.. fits.Select(f => f.Center)],
            Scales = [.. fits.Select(f => f.Scale)],
            Parameters = [.. fits.Select(f => f.Covariance.ToVector())],
            Weights = [.. fits.Select(f => f.Weights)],
        });
    }

    private (double Center, double Scale, GridCovariance Covariance, double[] Weights) FitTarget(
        ElementKernel kernel, (int Host, int Dopant)[] cells, double[] measuredValues, int measured)
    {
        // Zero has to stay zero where elements in themselves are rows.
        var center = options.ZeroInItself ? 0 : measuredValues.Average();
        var scale = Math.Sqrt(measuredValues.Average(v => (v - center) * (v - center)));
        scale = scale > 0 ? scale : 1;
        double[] values = [.. measuredValues.Select(v => (v - center) / scale), .. new double[cells.Length - measured]];
        var rows = Enumerable.Range(0, cells.Length).ToArray();
        new SeedStreams(seed).Generator("likelihood").Shuffle(rows);
        rows = [.. rows.Take(options.LikelihoodRows).Order()];
        var covariance = new GridLikelihood(kernel, [.. rows.Select(r => cells[r])], [.. rows.Select(r => values[r])], options.Properties.Count)
            .Minimise(options.Iterations);

        var elements = covariance.Elements(kernel);
        var factor = CholeskyFactor.Of(GridLikelihood.Matrix(covariance, elements, kernel.Count, cells), cells.Length);
        return (center, scale, covariance, factor.Solve(values));
    }
}
