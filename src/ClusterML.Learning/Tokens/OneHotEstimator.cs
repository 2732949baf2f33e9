using ClusterML.Data.Options;
using ClusterML.Data.Views;
using ClusterML.Learning.Mapping;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace ClusterML.Learning.Tokens;

/// <summary>Turns codes into indicator variables, one for each code that the training rows hold.</summary>
/// <remarks>A code that fitting did not see, and the code 0 of unknown values, have no indicator: all of their variables are 0.</remarks>
/// <param name="options">The options.</param>
/// <exception cref="System.ComponentModel.DataAnnotations.ValidationException">The options are invalid.</exception>
public sealed class OneHotEstimator(OneHotOptions options) : ColumnEstimator<OneHotTransformer>
{
    private readonly OneHotOptions options = options.Checked();

    /// <inheritdoc/>
    protected override IReadOnlyList<ColumnNeed> Needs => [ColumnNeed.Int32s(options.InputColumn)];

    /// <inheritdoc/>
    protected override IReadOnlyList<(string Name, DataViewType Type)> Adds =>
        [(options.OutputColumn, VectorOf(NumberDataViewType.Single))];

    /// <inheritdoc/>
    protected override OneHotTransformer FitRows(IDataView input)
    {
        var rows = input.ReadVectors(options.InputColumn);
        var width = ((VectorDataViewType)input.Schema[options.InputColumn].Type).Size;
        int[][] codes = [.. Enumerable.Range(0, width).Select(j => rows.Select(r => (int)r[j]).Where(c => c > 0).Distinct().Order().ToArray())];
        return codes.Any(c => c.Length > 0)
            ? new(options, codes)
            : throw new ArgumentException($"{nameof(OneHotEstimator)}: column {options.InputColumn} holds no known code", nameof(input));
    }
}
