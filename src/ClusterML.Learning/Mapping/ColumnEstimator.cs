using Microsoft.ML;
using Microsoft.ML.Data;

namespace ClusterML.Learning.Mapping;

/// <summary>Base of the project's estimators: says which columns it needs and which it adds, and refuses a wrong schema.</summary>
/// <typeparam name="TTransformer">The fitted form.</typeparam>
public abstract class ColumnEstimator<TTransformer> : IEstimator<TTransformer>
    where TTransformer : class, ITransformer
{
    /// <summary>Columns that fitting reads.</summary>
    protected abstract IReadOnlyList<ColumnNeed> Needs { get; }

    /// <summary>Columns that the fitted form adds; sizes of vectors are placeholders.</summary>
    protected abstract IReadOnlyList<(string Name, DataViewType Type)> Adds { get; }

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type.</exception>
    public TTransformer Fit(IDataView input)
    {
        SchemaShapes.Require(input.Schema, GetType().Name, Needs);
        return FitRows(input);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        foreach (var need in Needs)
        {
            SchemaShapes.Require(inputSchema, GetType().Name, need.Name, need.Item, need.Vector);
        }

        RequireMore(inputSchema);
        return SchemaShapes.Extend(inputSchema, Adds);
    }

    /// <summary>Refuses a schema for reasons beyond <see cref="Needs"/>; an estimator that wraps another asks that one.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type.</exception>
    protected virtual void RequireMore(SchemaShape input)
    {
    }

    /// <summary>Fits to all rows of <paramref name="input"/>, whose schema was checked, and to nothing else.</summary>
    protected abstract TTransformer FitRows(IDataView input);

    /// <summary>A vector whose size is known only after fitting.</summary>
    private protected static VectorDataViewType VectorOf(PrimitiveDataViewType item) => new(item, 1);
}
