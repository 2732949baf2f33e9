using System.Text.Json.Serialization;
using ClusterML.Learning.Mapping;
using Microsoft.ML;

namespace ClusterML.Learning.Baselines;

/// <summary>A fitted regression that is plain data: a record that JSON can hold, with all it needs to predict.</summary>
public interface IFittedRegressor
{
    /// <summary>Column that is written.</summary>
    string OutputColumn { get; }

    /// <summary>Number of targets.</summary>
    [JsonIgnore]
    int TargetCount { get; }

    /// <summary>Columns that predicting reads.</summary>
    [JsonIgnore]
    IReadOnlyList<ColumnNeed> Needs { get; }

    /// <summary>Predictions, [row][T].</summary>
    double[][] Predict(IDataView rows);
}
