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
/// <item><term>Caching</term><description>Not needed: the view is read once</description></item>
/// <item><term>Exportable to ONNX</term><description>Yes: <see cref="FtBackbone.ToOnnx"/>, <see cref="FtTransformerModel.ToOnnx"/></description></item>
/// <item><term>Packages</term><description>TorchSharp, libtorch-cpu</description></item>
/// </list>
/// Gorishniy et al. 2021, "Revisiting deep learning models for tabular data" (arXiv:2106.11959), with the sizes of the paper
/// that this project follows. Start the process with <c>OMP_WAIT_POLICY=passive</c> when it shares its cores: OpenMP's
/// threads spin by default, which makes a shared machine many times slower.
/// </remarks>
public sealed class FtTransformerEstimator : IEstimator<FtTransformerTransformer>
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

    /// <summary>Trains.</summary>
    /// <exception cref="ArgumentException">A target is missing, a column does not fit, or there are fewer than two rows.</exception>
    /// <exception cref="InvalidDataException">The checkpoint is damaged or belongs to another training.</exception>
    /// <exception cref="OperationCanceledException">The training was cancelled.</exception>
    /// <exception cref="DllNotFoundException">Torch cannot be loaded on this system.</exception>
    public FtTransformerTransformer Fit(IDataView input)
    {
        var sizes = new FtSizes(
            setup.Cardinalities, FtInputs.Width(input.Schema, columns.Continuous), setup.CategoricalNames, setup.ContinuousNames);
        FtInputs.Require(input.Schema, columns, sizes);
        if (FtInputs.Width(input.Schema, columns.Targets) == 0)
        {
            throw new ArgumentOutOfRangeException(nameof(input), $"there is no vector of targets named {columns.Targets}");
        }

        var targets = input.ReadVectors(columns.Targets);
        if (targets.Index().FirstOrDefault(t => !t.Item.All(double.IsFinite), (-1, [])) is { Index: >= 0 } bad)
        {
            throw new ArgumentException($"row {bad.Index}: a target is missing; training needs all of them", nameof(input));
        }

        var (categorical, continuous) = FtInputs.Read(input, columns, sizes);
        var model = new FtTrainer(network, training, setup).Train(new TrainingRows(categorical, continuous, targets), sizes);
        return new FtTransformerTransformer(model, columns);
    }

    /// <inheritdoc/>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        if (setup.Cardinalities.Count > 0)
        {
            SchemaShapes.Require(inputSchema, nameof(FtTransformerEstimator), columns.Categorical, NumberDataViewType.Int32, vector: true);
        }

        if (SchemaShapes.Find(inputSchema, columns.Continuous) is not null || setup.Cardinalities.Count == 0)
        {
            SchemaShapes.Require(inputSchema, nameof(FtTransformerEstimator), columns.Continuous, NumberDataViewType.Single, vector: true);
        }

        SchemaShapes.Require(inputSchema, nameof(FtTransformerEstimator), columns.Targets, NumberDataViewType.Double, vector: true);
        return SchemaShapes.Extend(inputSchema, FtInputs.Outputs(columns, 1, 1));
    }
}
