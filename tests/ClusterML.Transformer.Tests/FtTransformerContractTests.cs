using ClusterML.Data.Randomness;
using ClusterML.Learning.Scaling;
using ClusterML.Learning.Tests.Contracts;

namespace ClusterML.Transformer.Tests;

/// <summary>The trainer under the contract that every estimator of the project keeps.</summary>
[Collection("torch")]
public sealed class FtTransformerContractTests
{
    private static readonly FtTrainingOptions Short = new() { MaxEpochs = 2, BatchSize = 8 };

    [Theory]
    [InlineData(FtReadout.Flatten, FtTokenizer.Linear, FtMissing.Median)]
    [InlineData(FtReadout.Cls, FtTokenizer.PiecewiseLinear, FtMissing.Token)]
    [InlineData(FtReadout.Mean, FtTokenizer.Periodic, FtMissing.Token)]
    public void FtTransformer_KeepsTheContract(FtReadout readout, FtTokenizer tokenizer, FtMissing missing) => EstimatorContract.Check(
        new FtTransformerEstimator(
            SampleRows.TinyNetwork with { Readout = readout, Tokenizer = tokenizer, Missing = missing }, Short, new FtTrainingSetup { Seeds = new SeedStreams(1) }),
        [.. Samples.Compositions().Where(c => c.Name != "embedding")],
        ["categorical", "continuous", "targets"],
        FtTransformerTransformer.FromState,
        onnxTolerance: 1e-5);

    [Fact]
    public void FtTransformer_GoingOnFromABackbone_KeepsTheContract()
    {
        var backbone = FtBackbone.Random(new FtSizes([5, 9], 3), SampleRows.TinyNetwork, new RobustScaler([0, 10, 2], [1, 10, 1]), 3);

        EstimatorContract.Check(
            new FtTransformerEstimator(SampleRows.TinyNetwork, Short, new FtTrainingSetup { Seeds = new SeedStreams(1), Start = new(backbone, new() { Blocks = 1 }) }),
            [.. Samples.Compositions().Where(c => c.Name != "embedding")],
            ["categorical", "continuous", "targets"],
            FtTransformerTransformer.FromState,
        onnxTolerance: 1e-5);
    }
}
