using ClusterML.Data.Options;
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
    /// <exception cref="System.ComponentModel.DataAnnotations.ValidationException">An options record is invalid.</exception>
    public FtTransformerEstimator(FtTransformerOptions network, FtTrainingOptions training, FtTrainingSetup setup, FtColumns? columns = null)
    {
        this.network = network.Checked();
        this.training = training.Checked();
        this.setup = setup;
        this.columns = columns ?? new FtColumns();
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<ColumnNeed> Needs =>
    [
        .. setup.Cardinalities.Count > 0 ? new[] { ColumnNeed.Int32s(columns.Categorical) } : [],
        .. setup.ContinuousNames is { Count: 0 } ? Array.Empty<ColumnNeed>() : [ColumnNeed.Singles(columns.Continuous)],
        ColumnNeed.Doubles(columns.Targets),
    ];

    /// <inheritdoc/>
    protected override IReadOnlyList<(string Name, DataViewType Type)> Adds => FtInputs.Outputs(columns, 1, 1);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A target is missing, a column does not fit, or there are fewer than two rows.</exception>
    /// <exception cref="InvalidDataException">The checkpoint is damaged or belongs to another training.</exception>
    /// <exception cref="OperationCanceledException">The training was cancelled.</exception>
    /// <exception cref="DllNotFoundException">Torch cannot be loaded on this system.</exception>
    protected override FtTransformerTransformer FitRows(IDataView input)
    {
        var continuousCount = setup.ContinuousNames is { Count: 0 } ? 0 : ((VectorDataViewType)input.Schema[columns.Continuous].Type).Size;
        var sizes = new FtSizes(setup.Cardinalities, continuousCount, setup.CategoricalNames, setup.ContinuousNames);
        FtInputs.Require(input.Schema, nameof(FtTransformerEstimator), columns, sizes);
        var targets = FeatureMatrix.ReadTargets(input, columns.Targets, nameof(FtTransformerEstimator));
        var (categorical, continuous) = FtInputs.Read(input, columns, sizes);
        var model = new FtTrainer(network, training, setup).Train(new TrainingRows(categorical, continuous, targets), sizes);
        return new FtTransformerTransformer(model, columns);
    }
}
