using System.ComponentModel.DataAnnotations;
using ClusterML.Data.Options;
using ClusterML.Learning.Baselines;
using ClusterML.Learning.Conformal;
using ClusterML.Learning.Kernels;
using ClusterML.Learning.Ridge;

namespace ClusterML.Learning.Tests.Contracts;

/// <summary>What options refuse by themselves, whichever estimator they are given to.</summary>
public sealed class OptionRangesTests
{
    public static TheoryData<object, string> Inverted => new()
    {
        { new RidgeOptions { LambdaMin = 10, LambdaMax = 1 }, "LambdaMin is above LambdaMax: 10 > 1" },
        { new KernelRidgeOptions { LambdaMin = 10, LambdaMax = 1 }, "LambdaMin is above LambdaMax: 10 > 1" },
        { new KernelRidgeOptions { LengthMin = 2, LengthMax = 1 }, "LengthMin is above LengthMax: 2 > 1" },
        { new GaussianProcessOptions { NoiseMin = 10, NoiseMax = 1 }, "NoiseMin is above NoiseMax: 10 > 1" },
        { new GaussianProcessOptions { LengthMin = 2, LengthMax = 1 }, "LengthMin is above LengthMax: 2 > 1" },
        { new AdditiveOptions { ShrinkageMin = 10, ShrinkageMax = 1 }, "ShrinkageMin is above ShrinkageMax: 10 > 1" },
    };

    [Theory]
    [MemberData(nameof(Inverted))]
    public void Violations_InvertedRange_IsTheOne(object options, string expected) => Assert.Equal([expected], OptionsValidation.Violations(options));

    [Fact]
    public void Estimators_InvertedRange_Refuse()
    {
        var ridge = new RidgeOptions { LambdaMin = 10, LambdaMax = 1 };
        Assert.Throws<ValidationException>(() => new RidgeEstimator(ridge));
        Assert.Throws<ValidationException>(() => new LeaveOneOutRidgeEstimator(ridge));
        Assert.Throws<ValidationException>(() => new ConformalisedRidgeEstimator(null, ridge, new ConformalOptions { NeighbourColumn = null }));
    }

    [Theory]
    [InlineData(1e-7)]
    [InlineData(1e-29)]
    [InlineData(0.0)]
    [InlineData(1.0)]
    public void Alphas_OutsideOfTheLimits_AreRefused(double alpha)
    {
        Assert.Single(OptionsValidation.Violations(new ConformalOptions { Alphas = [alpha] }));
        Assert.Single(OptionsValidation.Violations(new CvPlusOptions { Alpha = alpha }));
        Assert.Single(OptionsValidation.Violations(new CvPlusOptions { FurtherAlphas = [alpha] }));
    }

    [Fact]
    public void Alphas_AtTheLimit_HaveARank()
    {
        Assert.Empty(OptionsValidation.Violations(new ConformalOptions { Alphas = [ConformalRank.LeastAlpha] }));
        Assert.Empty(OptionsValidation.Violations(new CvPlusOptions { Alpha = ConformalRank.LeastAlpha, FurtherAlphas = [0.1, 0.2] }));
        Assert.Equal(999_999, ConformalRank.Fewest(ConformalRank.LeastAlpha));
        Assert.Equal(10, ConformalRank.Of(9, ConformalRank.LeastAlpha));
    }

    [Fact]
    public void FurtherAlphas_ThereTwice_AreRefused()
    {
        Assert.Equal(["FurtherAlphas: 0.2 is there twice, or is Alpha again"], OptionsValidation.Violations(new CvPlusOptions { FurtherAlphas = [0.2, 0.3, 0.2] }));
        Assert.Equal(["FurtherAlphas: 0.1 is there twice, or is Alpha again"], OptionsValidation.Violations(new CvPlusOptions { Alpha = 0.1, FurtherAlphas = [0.1] }));
    }
}
