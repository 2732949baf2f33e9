using ClusterML.Data.Options;
using ClusterML.Data.Views;
using ClusterML.Learning.Mapping;
using ClusterML.Transformer.Training;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace ClusterML.Transformer;

/// <summary>Trains an FT-Transformer on codes and raw numbers; adds predictions and embeddings.</summary>
/// <remarks>
/// <list type="table">
/// <item><term>Task</term><description>Regression of one or more targets</description></item>
/// <item><term>Normalisation needed</term><description>No: continuous columns and targets are robust-scaled inside, on training rows only</description></item>
/// <item><term>Missing values</term><description>Numbers: NaN, read as the median or as a learned token; categories: code 0</description></item>
/// <item><term>Caching</term><description>Not needed: the view is read once</description></item>
/// <item><term>Exportable to ONNX</term><description>Yes: <see cref="FtBackbone.ToOnnx"/>, <see cref="FtTransformerModel.ToOnnx"/></description></item>
/// <item><term>Packages</term><description>TorchSharp, libtorch-cpu</description></item>
/// </list>
/// Gorishniy et al. 2021, "Revisiting deep learning models for tabular data" (arXiv:2106.11959), with the sizes of the paper
/// that this project follows. Start the process with <c>OMP_WAIT_POLICY=passive</c> when it shares its cores: OpenMP's
/// threads spin by default, which makes a shared machine many times slower.
/// </remarks>
public sealed class FtTransformerEstimator : ColumnEstimator<FtTransformerTransformer>
{
    private readonly FtTransformerOptions network;
    private readonly FtTrainingOptions training;
    private readonly FtTrainingSetup setup;
    private readonly FtColumns columns;

    /// <summary>An estimator; nothing is read or loaded yet.</summary>
    /// <param name="network">Architecture; of a training that goes on from <see cref="FtTrainingSetup.Start"/> only head and dropout count.</param>
    /// <param name="training">How it is trained.</param>
    /// <param name="setup">Randomness, checkpoints and what else it is given.</param>
    /// <param name="columns">Columns read and written; the default names when null.</param>
    /// <exception cref="System.ComponentModel.DataAnnotations.ValidationException">An options record is invalid.</exception>
    public FtTransformerEstimator(FtTransformerOptions network, FtTrainingOptions training, FtTrainingSetup setup, FtColumns? columns = null)
    {
        this.network = network.Checked();
        this.training = training.Checked();
        this.setup = setup with { Start = setup.Start is { } start ? start with { Freezing = start.Freezing.Checked() } : null };
        this.columns = columns ?? new FtColumns();
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<ColumnNeed> Needs =>
    [
        .. columns.Categorical.Select(c => new ColumnNeed(c)),
        .. columns.Continuous.Select(c => new ColumnNeed(c, NumberDataViewType.Single)),
        .. columns.Targets.Select(c => new ColumnNeed(c)),
        .. columns.Weight is { } weight ? new[] { ColumnNeed.Single(weight) } : [],
        .. columns.Validation is { } heldOut ? new[] { new ColumnNeed(heldOut, BooleanDataViewType.Instance, false) } : [],
    ];

    /// <inheritdoc/>
    protected override IReadOnlyList<(string Name, DataViewType Type)> Adds => FtInputs.Outputs(columns, 1, 1);

    /// <inheritdoc/>
    protected override void RequireMore(SchemaShape input)
    {
        foreach (var column in columns.Categorical)
        {
            CodeColumn.Require(SchemaShapes.Find(input, column)!.Value, nameof(FtTransformerEstimator));
        }

        foreach (var column in columns.Continuous.Select(c => SchemaShapes.Find(input, c)!.Value).Where(c => c.Kind == SchemaShape.Column.VectorKind.VariableVector))
        {
            throw new ArgumentOutOfRangeException(nameof(input), $"{nameof(FtTransformerEstimator)}: column {column.Name} is a vector of unknown size, expected a scalar or a vector of a known size");
        }

        foreach (var target in columns.Targets.Select(t => SchemaShapes.Find(input, t)!.Value))
        {
            RequireNumber(target.Name, target.ItemType, target.Kind != SchemaShape.Column.VectorKind.VariableVector);
        }

        if (columns.Categorical.Count + columns.Continuous.Count == 0)
        {
            throw new ArgumentOutOfRangeException(nameof(input), $"{nameof(FtTransformerEstimator)}: no categorical and no continuous column is named, so there is nothing to learn from");
        }
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A target is missing, a column does not fit, or there are fewer than two rows.</exception>
    /// <exception cref="InvalidDataException">The checkpoint is damaged or belongs to another training.</exception>
    /// <exception cref="OperationCanceledException">The training was cancelled.</exception>
    /// <exception cref="DllNotFoundException">Torch cannot be loaded on this system.</exception>
    protected override FtTransformerTransformer FitRows(IDataView input)
    {
        foreach (var column in columns.Targets)
        {
            var type = input.Schema[column].Type;
            RequireNumber(column, type is VectorDataViewType vector ? vector.ItemType : type, type is not VectorDataViewType { IsKnownSize: false });
        }

        foreach (var column in columns.Categorical)
        {
            CodeColumn.Require(input.Schema, nameof(FtTransformerEstimator), column);
        }

        var targets = FtInputs.ReadTargets(input, columns);
        if (columns.Scores.Count > 0 && columns.Scores.Count != targets[0].Length)
        {
            throw new ArgumentException($"{nameof(FtTransformerEstimator)}: {columns.Scores.Count} score columns for {targets[0].Length} targets", nameof(input));
        }

        var (categorical, continuous) = FtInputs.Read(input, columns);
        var sizes = setup.Start?.Backbone.Sizes ?? FtInputs.Sizes(input, columns, setup, categorical);
        FtInputs.Require(input.Schema, nameof(FtTransformerEstimator), columns, sizes);
        var weights = RowWeights.Read(input, columns.Weight, nameof(FtTransformerEstimator));
        var heldOut = columns.Validation is { } validation ? input.ReadTruths(validation) : null;
        var model = new FtTrainer(network, training, setup).Train(new TrainingRows(categorical, continuous, targets, weights), sizes, heldOut);
        return new FtTransformerTransformer(model, columns);
    }

    private static void RequireNumber(string column, DataViewType item, bool isKnownSize)
    {
        if (!isKnownSize || !(item.Equals(NumberDataViewType.Double) || item.Equals(NumberDataViewType.Single)))
        {
            throw new ArgumentOutOfRangeException(nameof(column), $"{nameof(FtTransformerEstimator)}: target column {column} is {item}, expected Double or Single, scalar or a vector of a known size");
        }
    }
}
