using ClusterML.Learning.Scaling;

namespace ClusterML.Transformer.Nn;

/// <summary>Robust scaling in single precision, in the very steps that the ONNX graph takes.</summary>
internal static class SinglePrecision
{
    /// <summary>(x - center) / scale of a row; NaN (missing) becomes <paramref name="missing"/>, by default 0, the median.</summary>
    public static void Scale(RobustScaler scaler, ReadOnlySpan<float> row, Span<float> scaled, float missing = 0)
    {
        for (var i = 0; i < row.Length; i++)
        {
            var value = (row[i] - (float)scaler.Center[i]) / (float)scaler.Scale[i];
            scaled[i] = float.IsNaN(value) ? missing : value;
        }
    }

    /// <summary>Scaled values back in their units; center and scale count in single precision, so that a reloaded model answers the same.</summary>
    public static double[] Invert(RobustScaler scaler, float[] scaled) =>
        [.. scaled.Select((v, i) => (v * (double)(float)scaler.Scale[i]) + (float)scaler.Center[i])];
}
