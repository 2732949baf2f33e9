using System.Runtime.Intrinsics;
using ClusterML.Transformer.Kernels;

namespace ClusterML.Transformer.Tests.Kernels;

public sealed class LaneMathTests
{
    [Fact]
    public void Exp2_AnyNormalResult_IsWithinTwoTenMillionths()
    {
        var worst = 0.0;
        for (var t = -125.9f; t < 127.9f; t += 0.0137f)
        {
            var exact = Math.Pow(2, t);
            worst = Math.Max(worst, Math.Abs((LaneMath.Exp2(Vector512.Create(t))[3] / exact) - 1));
        }

        Assert.InRange(worst, 0, 2e-7);
    }

    [Theory]
    [InlineData(-1000, 0)]
    [InlineData(1000, float.PositiveInfinity)]
    public void Exp2_BeyondTheRange_SaturatesToZeroAndInfinity(float t, float expected)
    {
        Assert.Equal(expected, LaneMath.Exp2(Vector512.Create(t))[0]);
    }

    [Fact]
    public void Logistic_AnyArgument_IsWithinFiveTenMillionths()
    {
        for (var x = -80f; x < 200; x += 0.0171f)
        {
            var exact = 1 / (1 + Math.Exp(-x));
            Assert.InRange(LaneMath.Logistic(Vector512.Create(x))[7] / exact, 1 - 5e-7 - Math.Abs(x * 1.3e-7), 1 + 5e-7 + Math.Abs(x * 1.3e-7));
        }
    }
}
