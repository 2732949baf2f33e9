using ClusterML.Data.Views;

namespace ClusterML.Learning.Tests.Contracts;

/// <summary>Small seeded tables.</summary>
internal static class Samples
{
    private static readonly string[] Hosts = ["Ti", "Zr", "Hf", "Fe"];
    private static readonly string[] Dopants = ["Sc", "V", "Fe", "Ni", "Cu", "Pd", "Pt", "Au"];

    /// <summary>A factorial of 4 hosts and 8 dopants with two targets, <c>embedding</c>, <c>categorical</c> and <c>continuous</c> vectors.</summary>
    internal static IReadOnlyList<ValueColumn> Compositions(int seed = 1)
    {
        var random = new Random(seed);
        var pairs = Hosts.SelectMany(h => Dopants.Select(d => (h, d))).ToArray();
        var embedding = Matrix(random, pairs.Length, 7);
        return
        [
            ValueColumn.Text("host", [.. pairs.Select(p => p.h)]),
            ValueColumn.Text("dopant", [.. pairs.Select(p => p.d)]),
            ValueColumn.Single("n_atoms_1", [.. pairs.Select(_ => 12f)]),
            ValueColumn.Single("n_atoms_2", [.. pairs.Select(_ => 1f)]),
            ValueColumn.Singles("embedding", 7, [.. embedding.Select(r => r.Select(v => (float)v).ToArray())]),
            ValueColumn.Int32s("categorical", 2, [.. pairs.Select(p => new[] { Array.IndexOf(Hosts, p.h) + 1, Array.IndexOf(Dopants, p.d) + 1 })]),
            ValueColumn.Singles("continuous", 3, [.. pairs.Select((_, i) => new[] { (float)random.NextDouble(), i % 5 == 0 ? float.NaN : i, 2f })]),
            ValueColumn.Doubles("targets", 2, [.. embedding.Select(r => new[] { r[0] - (2 * r[3]) + Normal(random), 100 + r[1] + (0.1 * Normal(random)) })]),
        ];
    }

    /// <summary>Independent standard normal values.</summary>
    internal static double[][] Matrix(Random random, int rows, int columns) =>
        [.. Enumerable.Range(0, rows).Select(_ => Enumerable.Range(0, columns).Select(_ => Normal(random)).ToArray())];

    /// <summary>A standard normal value.</summary>
    internal static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
