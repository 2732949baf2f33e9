using ClusterML.Data.Options;
using ClusterML.Data.Randomness;
using ClusterML.Learning.Mapping;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace ClusterML.Learning.Baselines.Neural;

/// <summary>A small multilayer perceptron with ReLU, all targets in one network: the plain network beside the transformer.</summary>
/// <remarks>
/// <list type="table">
/// <item><term>Task</term><description>regression, one or more targets</description></item>
/// <item><term>Scaling needed</term><description>none: features and targets are standardised inside</description></item>
/// <item><term>Missing values</term><description>count as the feature's training mean</description></item>
/// <item><term>Randomness</term><description>first weights and order of rows, from the seed; double precision on one thread</description></item>
/// </list>
/// </remarks>
/// <param name="options">The options.</param>
/// <param name="seed">Root of first weights and order of rows.</param>
/// <exception cref="System.ComponentModel.DataAnnotations.ValidationException">The options are invalid.</exception>
public sealed class MlpEstimator(MlpOptions options, int seed = 42) : ColumnEstimator<MlpTransformer>
{
    private readonly MlpOptions options = Valid(options);

    /// <inheritdoc/>
    protected override IReadOnlyList<ColumnNeed> Needs =>
        [.. options.Features.Select(ColumnNeed.Numbers), ColumnNeed.Doubles(options.TargetColumn), .. RowWeights.Needs(options.WeightColumn)];

    /// <inheritdoc/>
    protected override IReadOnlyList<(string Name, DataViewType Type)> Adds => [(options.OutputColumn, VectorOf(NumberDataViewType.Double))];

    /// <inheritdoc/>
    protected override MlpTransformer FitRows(IDataView input)
    {
        var targets = FeatureMatrix.ReadTargets(input, options.TargetColumn, nameof(MlpEstimator));
        var rows = FeatureMatrix.Read(input, options.Features);
        var weights = RowWeights.Read(input, options.WeightColumn, nameof(MlpEstimator));
        var (featureMeans, featureScales) = Moments(rows);
        var (targetMeans, targetScales) = Moments(targets);
        var streams = new SeedStreams(seed);
        var init = streams.Generator("init");
        int[] sizes = [featureMeans.Length, .. options.HiddenSizes, targetMeans.Length];
        var model = new MlpModel
        {
            Features = options.Features,
            OutputColumn = options.OutputColumn,
            FeatureMeans = featureMeans,
            FeatureScales = featureScales,
            TargetMeans = targetMeans,
            TargetScales = targetScales,
            Layers = [.. sizes.Zip(sizes.Skip(1), (inputs, outputs) => MlpLayer.Random(inputs, outputs, init))],
        };
        new MlpTraining(model.Layers).Run(
            [.. rows.Select(model.Scale)],
            [.. targets.Select(y => y.Select((v, t) => (v - targetMeans[t]) / targetScales[t]).ToArray())],
            weights,
            options,
            streams.Generator("order"));
        return new(model);
    }

    private static MlpOptions Valid(MlpOptions options) => options.Checked().HiddenSizes.All(size => size is >= 1 and <= 10000)
        ? options
        : throw new System.ComponentModel.DataAnnotations.ValidationException($"{nameof(MlpOptions)}.{nameof(MlpOptions.HiddenSizes)}: each hidden layer has 1 to 10000 units");

    /// <summary>Mean and standard deviation of each column, missing values left out; 0 and 1 where there is no value, 1 where there is no spread.</summary>
    private static (double[] Means, double[] Scales) Moments(double[][] rows)
    {
        var (means, scales) = (new double[rows[0].Length], new double[rows[0].Length]);
        for (var j = 0; j < means.Length; j++)
        {
            double[] values = [.. rows.Select(r => r[j]).Where(v => !double.IsNaN(v))];
            means[j] = values.Length == 0 ? 0 : values.Average();
            var deviation = values.Length == 0 ? 0 : Math.Sqrt(values.Average(v => (v - means[j]) * (v - means[j])));

            // A spread that is rounding alone is none.
            scales[j] = deviation > 1e-12 * Math.Abs(means[j]) ? deviation : 1;
        }

        return (means, scales);
    }
}
