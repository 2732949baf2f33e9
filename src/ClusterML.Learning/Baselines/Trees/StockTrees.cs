using ClusterML.Learning.Onnx;
using Microsoft.ML;
using Microsoft.ML.Trainers.FastTree;
using Microsoft.ML.Trainers.LightGbm;

namespace ClusterML.Learning.Baselines.Trees;

/// <summary>The trees inside ML.NET's own fitted models.</summary>
internal static class StockTrees
{
    /// <summary>Trees and constant of a model that is a sum of trees.</summary>
    /// <exception cref="OnnxExportException">It is none.</exception>
    internal static (IReadOnlyList<TreeGraph.Tree> Trees, double Constant) Of(ITransformer model)
    {
        var parameters = (model as ISingleFeaturePredictionTransformer<object>)?.Model;
        if (parameters is LightGbmRegressionModelParameters)
        {
            throw new OnnxExportException("LightGBM sends missing values down branches that ML.NET does not name, so it has no ONNX form");
        }

        if (parameters is not TreeEnsembleModelParametersBasedOnRegressionTree ensemble)
        {
            throw new OnnxExportException($"{parameters?.GetType().Name ?? model.GetType().Name} has no ONNX form");
        }

        var trained = ensemble.TrainedTreeEnsemble;
        return ([.. trained.Trees.Select((tree, i) => Tree(tree, trained.TreeWeights[i]))], trained.Bias);
    }

    private static TreeGraph.Tree Tree(RegressionTreeBase tree, double weight)
    {
        if (tree.CategoricalSplitFlags.Any(isCategorical => isCategorical))
        {
            throw new OnnxExportException("trees that split by sets of categories have no ONNX form");
        }

        // ML.NET counts nodes and leaves apart, and a leaf is the complement of its number; here leaves follow the nodes.
        var (nodes, leaves) = (tree.NumberOfNodes, tree.NumberOfLeaves);
        long Child(int child) => child >= 0 ? child : nodes + ~child;
        long[] self = [.. Enumerable.Range(nodes, leaves).Select(i => (long)i)];
        return new(
            [.. tree.NumericalSplitFeatureIndexes.Take(nodes).Select(f => (long)f), .. new long[leaves]],
            [.. tree.NumericalSplitThresholds.Take(nodes).Select(t => (double)t), .. new double[leaves]],
            [.. tree.LeftChild.Take(nodes).Select(Child), .. self],
            [.. tree.RightChild.Take(nodes).Select(Child), .. self],
            [.. Enumerable.Range(0, nodes).Select(_ => new double[1]), .. tree.LeafValues.Take(leaves).Select(v => new[] { v * weight })]);
    }
}
