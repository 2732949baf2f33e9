using ClusterML.Learning.Onnx;

namespace ClusterML.Learning.Baselines.Trees;

/// <summary>One tree as flat arrays in preorder: the left child of a node follows it, the right child is at <see cref="Right"/>.</summary>
/// <param name="Feature">Feature that a node cuts; -1 for a leaf.</param>
/// <param name="Cut">A row goes left when its value is below this.</param>
/// <param name="Right">Position of the right child; of a leaf that of its values among the leaves.</param>
/// <param name="Leaves">[leaf][T]: values of the leaves.</param>
public sealed record RegressionTree(int[] Feature, double[] Cut, int[] Right, double[][] Leaves)
{
    /// <summary>The values of the leaf that a row without NaN falls into.</summary>
    public double[] Predict(ReadOnlySpan<double> row)
    {
        var node = 0;
        while (Feature[node] >= 0)
        {
            node = row[Feature[node]] < Cut[node] ? node + 1 : Right[node];
        }

        return Leaves[Right[node]];
    }

    /// <summary>The tree as a graph wants it.</summary>
    internal TreeGraph.Tree ToGraph(int targets)
    {
        var nodes = Enumerable.Range(0, Feature.Length).ToArray();
        return new(
            [.. Feature.Select(f => (long)Math.Max(f, 0))],
            Cut,
            [.. nodes.Select(i => Feature[i] < 0 ? i : i + 1L)],
            [.. nodes.Select(i => Feature[i] < 0 ? (long)i : Right[i])],
            [.. nodes.Select(i => Feature[i] < 0 ? Leaves[Right[i]] : new double[targets])]);
    }

    internal void Write(BinaryWriter writer)
    {
        writer.Write(Feature.Length);
        for (var i = 0; i < Feature.Length; i++)
        {
            writer.Write(Feature[i]);
            writer.Write(Cut[i]);
            writer.Write(Right[i]);
        }

        writer.Write(Leaves.Length);
        foreach (var value in Leaves.SelectMany(leaf => leaf))
        {
            writer.Write(value);
        }
    }

    internal static RegressionTree Read(BinaryReader reader, int targets)
    {
        var count = reader.ReadInt32();
        var (feature, cut, right) = (new int[count], new double[count], new int[count]);
        for (var i = 0; i < count; i++)
        {
            (feature[i], cut[i], right[i]) = (reader.ReadInt32(), reader.ReadDouble(), reader.ReadInt32());
        }

        var leaves = new double[reader.ReadInt32()][];
        for (var leaf = 0; leaf < leaves.Length; leaf++)
        {
            leaves[leaf] = new double[targets];
            for (var t = 0; t < targets; t++)
            {
                leaves[leaf][t] = reader.ReadDouble();
            }
        }

        return new(feature, cut, right, leaves);
    }
}
