using ClusterML.Learning.Steps;
using Microsoft.ML;

namespace ClusterML.Learning.Conformal;

/// <summary>A regressor that knows in closed form what it would predict had it not seen one of its training rows.</summary>
public interface ILeaveOneOutTransformer : IStatefulTransformer
{
    /// <summary>[n][T]: y_i - ŷ_-i(x_i) of each training row.</summary>
    IReadOnlyList<double[]> LeaveOneOutResiduals { get; }

    /// <summary>Whether a penalty, a length or a scale comes from all rows, by a choice or by its unit, and is not taken again without each.</summary>
    bool ParametersChosenOnAllRows { get; }

    /// <summary>[n][m][T]: what the fit without training row i predicts for each row of <paramref name="rows"/>.</summary>
    double[][][] LeaveOneOutPredictions(IDataView rows);
}
