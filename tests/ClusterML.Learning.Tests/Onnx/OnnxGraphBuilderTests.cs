using ClusterML.Learning.Onnx;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace ClusterML.Learning.Tests.Onnx;

public sealed class OnnxGraphBuilderTests
{
    [Fact]
    public void ToModel_AffineMapInDoubles_ComputesForAnyBatch()
    {
        var graph = new OnnxGraphBuilder("affine") { Documentation = "y = x W + b" };
        graph.AddMetadata("unit", "eV");
        var x = graph.Input("x", OnnxElementType.Double, OnnxDimension.Batch, 2);
        var weight = graph.Constant("weight", [1.0, 2, 3, 4, 5, 6], 2, 3);
        graph.Output("y", graph.Add(graph.MatMul(x, weight), graph.Constant("bias", [0.5, 0.25, 0.125], 3)), OnnxDimension.Batch, 3);

        using var session = new InferenceSession(graph.ToModel());
        using var results = session.Run([NamedOnnxValue.CreateFromTensor("x", new DenseTensor<double>(new[] { 1.0, 1, 2, 0 }, [2, 2]))]);

        Assert.Equal([5.5, 7.25, 9.125, 2.5, 4.25, 6.125], results[0].AsTensor<double>().ToArray());
        Assert.Equal("eV", session.ModelMetadata.CustomMetadataMap["unit"]);
        Assert.Equal("y = x W + b", session.ModelMetadata.Description);
        Assert.Equal(["batch", string.Empty], session.InputMetadata["x"].SymbolicDimensions);
    }

    [Fact]
    public void ToModel_TextLookup_GivesCodesAndTheUnknownCode()
    {
        var graph = new OnnxGraphBuilder("symbols");
        var symbol = graph.Input("symbol", OnnxElementType.String, OnnxDimension.Batch, 1);
        var code = graph.Lookup(symbol, ["Ti", "Fe"], [1, 2], 0);
        graph.Output("code", code, OnnxDimension.Batch, 1);
        graph.Output("name", graph.Gather(graph.Constant("names", ["unknown", "titanium", "iron"], 3), code), OnnxDimension.Batch, 1);

        using var session = new InferenceSession(graph.ToModel());
        using var results = session.Run([NamedOnnxValue.CreateFromTensor("symbol", new DenseTensor<string>(new[] { "Fe", "Xx", "Ti" }, [3, 1]))]);

        Assert.Equal([2L, 0L, 1L], results[0].AsTensor<long>().ToArray());
        Assert.Equal(["iron", "unknown", "titanium"], results[1].AsTensor<string>().ToArray());
    }

    [Fact]
    public void ToModel_SplitSoftmaxWhereAndScalar_Compute()
    {
        var graph = new OnnxGraphBuilder("mixed");
        var x = graph.Input("x", OnnxElementType.Single, OnnxDimension.Batch, 4);
        var parts = graph.Split(x, 1, 2);
        var clean = graph.Where(graph.IsNaN(parts[0]), graph.Constant("zero", [0f]), parts[0]);
        graph.Output("shares", graph.Softmax(clean), OnnxDimension.Batch, 2);
        graph.Output("rest", graph.Transpose(parts[1], 1, 0), 2, OnnxDimension.Batch);

        using var session = new InferenceSession(graph.ToModel());
        using var results = session.Run([NamedOnnxValue.CreateFromTensor("x", new DenseTensor<float>(new[] { float.NaN, 0, 3, 4 }, [1, 4]))]);

        Assert.Equal([0.5f, 0.5f], results[0].AsTensor<float>().ToArray());
        Assert.Equal([3f, 4f], results[1].AsTensor<float>().ToArray());
    }

    [Fact]
    public void Operators_MixedTypes_AreRefusedWhenBuilt()
    {
        var graph = new OnnxGraphBuilder("wrong");
        var single = graph.Constant("single", [1f]);
        var twice = graph.Constant("double", [1.0]);

        var error = Assert.Throws<ArgumentException>(() => graph.Add(single, twice));

        Assert.Equal("Add of single (Single) and double (Double): ONNX needs one type", error.Message);
    }

    [Fact]
    public void Builder_MistakesInTheGraph_AreRefused()
    {
        var graph = new OnnxGraphBuilder("wrong");
        graph.Constant("a", [1f]);

        Assert.Throws<ArgumentException>(() => graph.Constant("a", [1f]));
        Assert.Throws<ArgumentException>(() => graph.Constant("b", [1f, 2f], 3));
        Assert.Throws<ArgumentException>(() => graph.Abs(new OnnxValue("stranger", OnnxElementType.Single)));
        Assert.Throws<InvalidOperationException>(() => graph.ToModel());
    }
}
