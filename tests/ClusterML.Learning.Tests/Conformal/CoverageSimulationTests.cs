using ClusterML.Data.Views;
using ClusterML.Learning.Conformal;
using ClusterML.Learning.Ridge;
using ClusterML.Learning.Steps;
using ClusterML.Learning.Tests.Contracts;
using Microsoft.ML;

namespace ClusterML.Learning.Tests.Conformal;

/// <summary>
/// Coverage over thousands of independent tables, each with one test row, within the exact binomial band of the promise; and the same band on
/// the same tables after the method was broken on purpose.
/// </summary>
public sealed class CoverageSimulationTests
{
    private const int Replications = 2000;

    public enum Noise
    {
        /// <summary>The same everywhere.</summary>
        Even,

        /// <summary>Grows with the feature.</summary>
        Heteroscedastic,

        /// <summary>Two groups, one of them five times as noisy.</summary>
        Grouped,
    }

    public static TheoryData<IntervalMethod, int, Noise, bool> Cases() => new()
    {
        { IntervalMethod.Split, 23, Noise.Even, false },
        { IntervalMethod.Split, 40, Noise.Heteroscedastic, true },
        { IntervalMethod.CvPlus, 9, Noise.Even, false },
        { IntervalMethod.CvPlus, 20, Noise.Heteroscedastic, true },
        { IntervalMethod.CvMinmax, 10, Noise.Even, false },
        { IntervalMethod.JackknifePlus, 9, Noise.Even, false },
        { IntervalMethod.JackknifePlus, 12, Noise.Heteroscedastic, false },
        { IntervalMethod.JackknifeMinmax, 9, Noise.Heteroscedastic, false },
        { IntervalMethod.ConformalisedRidge, 12, Noise.Even, false },
        { IntervalMethod.ConformalisedRidge, 20, Noise.Heteroscedastic, false },
        { IntervalMethod.ConformalisedQuantile, 24, Noise.Heteroscedastic, false },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Coverage_OverReplications_KeepsTheBound_AndABrokenMethodDoesNot(IntervalMethod method, int rows, Noise noise, bool normalised)
    {
        var options = Options(method) with { Normalised = normalised, Folds = rows % 5 == 0 ? 5 : 3 };
        var (sound, broken, bound, isExact) = Simulate(options, rows, noise);

        Assert.True(bound >= 0.6, $"the promise is {bound}");
        Assert.True(sound.Keeps(bound), $"{method}: {sound.Covered} of {sound.Replications} covered, at least {bound} promised");
        Assert.False(broken.Keeps(bound), $"{method}, broken: {broken.Covered} of {broken.Replications} covered keeps the bound {bound}: the band cannot fail");
        if (isExact)
        {
            Assert.True(sound.Equals(bound), $"{method}: {sound.Covered} of {sound.Replications} covered, exactly {bound} expected");
        }
    }

    [Theory]
    [InlineData(IntervalMethod.Split)]
    [InlineData(IntervalMethod.ConformalisedRidge)]
    public void Coverage_ByGroup_KeepsTheBoundWithinEach_AndWithoutGroupsTheNoisyOneIsShort(IntervalMethod method)
    {
        var grouped = Options(method) with { Groups = GroupKind.Column, GroupColumn = "group", CalibrationFraction = 0.5 };
        var plain = grouped with { Groups = GroupKind.None, GroupColumn = null };

        // The test row is always of the noisy group. Half of 60 or more rows calibrate, half of these are noisy: 9 or more nearly always, and infinite else.
        var (sound, _, _, _) = Simulate(grouped, 64, Noise.Grouped);
        var (marginal, _, _, _) = Simulate(plain, 64, Noise.Grouped);

        Assert.True(sound.Keeps(0.9), $"{sound.Covered} of {sound.Replications}");
        Assert.False(marginal.Keeps(0.9), $"{marginal.Covered} of {marginal.Replications}: without groups the noisy one should be short");
    }

    [Fact]
    public void Coverage_TestRowsFromElsewhere_BreaksTheBound()
    {
        var (sound, _, bound, _) = Simulate(Options(IntervalMethod.Split), 40, Noise.Even, shift: 3);

        Assert.False(sound.Keeps(bound), "rows that are not exchangeable should not be covered as promised");
    }

    private static ConformalOptions Options(IntervalMethod method) => new()
    {
        Method = method,
        NeighbourColumn = "x",
        SmallGroup = GroupPolicy.Infinite,
        Alphas = [0.1],
    };

    private static (CoverageBand Sound, CoverageBand Broken, double Bound, bool IsExact) Simulate(ConformalOptions options, int rows, Noise noise, double shift = 0)
    {
        var (covered, brokenCovered, bound) = (0, 0, 1.0);
        for (var replication = 0; replication < Replications; replication++)
        {
            var random = new Random((7919 * replication) + rows);
            var (train, _) = Table(random, rows, noise, 0);
            var (test, truth) = Table(random, 1, noise, shift);
            using var fitted = Estimator(options with { Seed = replication }).Fit(train);
            bound = Math.Min(bound, fitted.Guarantees.Min(g => g.TheoremBound)!.Value);
            covered += Covers(fitted, test, truth);
            using var broken = Broken(fitted);
            brokenCovered += Covers(broken, test, truth);
        }

        var isExact = options.Method is IntervalMethod.Split or IntervalMethod.ConformalisedRidge && shift == 0;
        return (new(covered, Replications), new(brokenCovered, Replications), bound, isExact);
    }

    private static int Covers(IIntervalTransformer fitted, IDataView test, double truth)
    {
        var output = fitted.Transform(test);
        return output.ReadVectors("lower")[0][0] <= truth && truth <= output.ReadVectors("upper")[0][0] ? 1 : 0;
    }

    private static IEstimator<IIntervalTransformer> Estimator(ConformalOptions options)
    {
        var ridge = new RidgeOptions { Features = ["x"], LambdaCount = 1, LambdaMin = 0.01, LambdaMax = 0.01 };
        return options.Method switch
        {
            IntervalMethod.ConformalisedRidge => new ConformalisedRidgeEstimator(null, ridge, options),
            IntervalMethod.ConformalisedQuantile => new ConformalisedQuantileEstimator(null, ["x"], options),
            _ => new ConformalEstimator(_ => new RidgeEstimator(ridge), options, new LeaveOneOutRidgeEstimator(ridge)),
        };
    }

    /// <summary>The fitted transformer through its state, with a slip in it: scores an eighth as large, or a rank for another α.</summary>
    private static IIntervalTransformer Broken(IIntervalTransformer fitted)
    {
        var state = fitted.ToState();
        switch (fitted)
        {
            case ConformalTransformer conformal:
                state.Json["conformal"] = StepState.Of(conformal.Calibration with
                {
                    Scores = [.. conformal.Calibration.Scores.Select(row => row.Select(s => s / 8).ToArray())],
                }).Json;
                return ConformalTransformer.FromState(state, RidgeTransformer.FromState, LeaveOneOutRidgeTransformer.FromState);
            case ConformalisedRidgeTransformer ridge:
                state.Json["conformal"] = StepState.Of(ridge.State with { Options = ridge.State.Options with { Alphas = [0.3] } }).Json;
                return ConformalisedRidgeTransformer.FromState(state, RidgeTransformer.FromState);
            default:
                var quantile = ((ConformalisedQuantileTransformer)fitted).State;
                state.Json["conformal"] = StepState.Of(quantile with { Options = quantile.Options with { Alphas = [0.3] } }).Json;
                return ConformalisedQuantileTransformer.FromState(state, RidgeTransformer.FromState);
        }
    }

    private static (ColumnarView View, double LastTruth) Table(Random random, int rows, Noise noise, double shift)
    {
        var x = Samples.Matrix(random, rows, 2);

        // One row alone is the test row; with groups it belongs to the noisy one.
        bool[] noisy = [.. x.Select((_, i) => rows == 1 || i % 2 == 0)];
        double[][] y =
        [
            .. x.Select((row, i) => new[]
            {
                shift + row[0] - row[1] + (Samples.Normal(random) * noise switch
                {
                    Noise.Heteroscedastic => 0.2 + Math.Abs(row[0]),
                    Noise.Grouped => noisy[i] ? 5 : 1,
                    _ => 1,
                }),
            }),
        ];
        return (new(
        [
            ValueColumn.Singles("x", 2, [.. x.Select(r => r.Select(v => (float)v).ToArray())]),
            ValueColumn.Text("group", [.. noisy.Select(n => n ? "noisy" : "calm")]),
            ValueColumn.Doubles("targets", 1, y),
        ]), y[^1][0]);
    }
}
