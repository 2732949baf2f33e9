using ClusterML.Data.Options;
using ClusterML.Data.Views;
using ClusterML.Learning.Mapping;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace ClusterML.Learning.Baselines;

/// <summary>Any stock ML.NET regression trainer, one model per target.</summary>
/// <remarks>
/// ML.NET predicts one single-precision number at a time. Targets are therefore centred at their training means before they are
/// rounded to single precision, and predictions are doubles again.
/// Another trainer joins by deriving from this class, or by passing the trainer itself:
/// <c>new ScalarTrainerEstimator(new ScalarTrainerOptions(), seed, ml => ml.Regression.Trainers.Sdca())</c>.
/// The trainer must use ML.NET's default column names, <c>Label</c>, <c>Features</c> and <c>Score</c>. With
/// <see cref="ScalarTrainerOptions.WeightColumn"/> the rows also have the column <see cref="Weight"/>, and a trainer that is to
/// use it must be told its name, as <c>exampleWeightColumnName</c>.
/// </remarks>
public class ScalarTrainerEstimator : ColumnEstimator<ScalarTrainerTransformer>
{
    /// <summary>Column of the row weights in what a trainer is given; only there when a weight column was named.</summary>
    protected const string Weight = "Weight";

    private const string Label = "Label";

    private readonly ScalarTrainerOptions options;
    private readonly int seed;
    private readonly Func<MLContext, IEstimator<ITransformer>> trainer;

    /// <summary>An estimator around a trainer.</summary>
    /// <param name="options">Columns.</param>
    /// <param name="seed">Seed of ML.NET's context.</param>
    /// <param name="trainer">Makes the trainer in that context.</param>
    /// <exception cref="System.ComponentModel.DataAnnotations.ValidationException">The options are invalid.</exception>
    public ScalarTrainerEstimator(ScalarTrainerOptions options, int seed, Func<MLContext, IEstimator<ITransformer>> trainer)
    {
        this.options = options.Checked();
        this.seed = seed;
        this.trainer = trainer;
    }

    /// <inheritdoc/>
    protected sealed override IReadOnlyList<ColumnNeed> Needs =>
        [.. options.Features.Select(ColumnNeed.Numbers), ColumnNeed.Doubles(options.TargetColumn), .. RowWeights.Needs(options.WeightColumn)];

    /// <inheritdoc/>
    protected sealed override IReadOnlyList<(string Name, DataViewType Type)> Adds =>
        [(options.OutputColumn, VectorOf(NumberDataViewType.Double))];

    /// <inheritdoc/>
    protected sealed override ScalarTrainerTransformer FitRows(IDataView input)
    {
        var targets = FeatureMatrix.ReadTargets(input, options.TargetColumn, GetType().Name);
        var weights = RowWeights.Read(input, options.WeightColumn, GetType().Name);
        var centers = GroupMeans.Mean(targets, weights);
        var features = ScalarTrainerTransformer.FeatureColumn(input, options.Features);
        ValueColumn[] weight = weights is null ? [] : [ValueColumn.Single(Weight, [.. weights.Select(w => (float)w)])];
        var models = new ITransformer?[centers.Length];
        for (var t = 0; t < models.Length; t++)
        {
            var label = ValueColumn.Single(Label, [.. targets.Select(y => (float)(y[t] - centers[t]))]);

            // A context of its own for each target: the models then do not depend on the order in which they are trained.
            models[t] = FitTarget(new MLContext(seed), new ColumnarView([features, label, .. weight]), targets.Length);
        }

        return new(options.Features, options.OutputColumn, ((VectorDataViewType)features.Type).Size, centers, models);
    }

    /// <summary>Fits the trainer to one target; null when it found nothing to learn, and the training mean is the prediction.</summary>
    /// <param name="context">A context of its own.</param>
    /// <param name="rows">Columns <c>Features</c> and <c>Label</c>, the centred target, and <see cref="Weight"/> where there are weights.</param>
    /// <param name="rowCount">Number of rows.</param>
    protected virtual ITransformer? FitTarget(MLContext context, IDataView rows, int rowCount) => trainer(context).Fit(rows);
}
