using ClusterML.Data.Views;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace ClusterML.Learning.Mapping;

/// <summary>Base of the project's fitted transformers: each adds columns that it computes for all rows at once.</summary>
/// <remarks>
/// Computing in one go is what a matrix product or a network wants, and the tables here are small. The price is that
/// such a transformer is no row-to-row mapper, so ML.NET's prediction engine refuses it. Nor can it be saved by
/// <c>mlContext.Model.Save</c>: all members of ML.NET's save context are internal. Deployment goes through ONNX.
/// </remarks>
public abstract class ColumnTransformer : ITransformer
{
    /// <inheritdoc/>
    public bool IsRowToRowMapper => false;

    /// <inheritdoc/>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) =>
        ColumnarView.Extend(inputSchema, OutputColumns(inputSchema));

    /// <inheritdoc/>
    public IDataView Transform(IDataView input) =>
        new ColumnarView(input, GetOutputSchema(input.Schema), () => Compute(input));

    /// <inheritdoc/>
    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) =>
        throw new InvalidOperationException($"{GetType().Name} computes whole columns; check {nameof(IsRowToRowMapper)} first");

    void ICanSaveModel.Save(ModelSaveContext ctx) =>
        throw new NotSupportedException($"{GetType().Name} cannot be saved into an ML.NET zip from outside ML.NET; export it to ONNX instead");

    /// <summary>Names and types of the added columns; throws when the input lacks what it needs.</summary>
    protected abstract IReadOnlyList<(string Name, DataViewType Type)> OutputColumns(DataViewSchema input);

    /// <summary>The added columns, in the order of <see cref="OutputColumns"/>, one value for each row of <paramref name="input"/>.</summary>
    protected abstract IReadOnlyList<ValueColumn> Compute(IDataView input);
}
