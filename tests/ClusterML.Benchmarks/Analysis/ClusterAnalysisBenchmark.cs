using BenchmarkDotNet.Attributes;
using ClusterML.Chemistry.Analysis;
using ClusterML.Chemistry.Elements;
using ClusterML.Chemistry.Structures;

namespace ClusterML.Benchmarks.Analysis;

/// <summary>What one structure costs: its full analysis, its neighbour list in a cell, its comparison with a copy, and duplicates among a thousand.</summary>
[MemoryDiagnoser]
[MinIterationCount(5)]
[MaxIterationCount(15)]
public class ClusterAnalysisBenchmark
{
    private Structure _cluster = null!;
    private Structure _copy = null!;
    private Structure _inCell = null!;
    private Structure[] _many = [];

    [Params(13, 55, 147)]
    public int Atoms { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var shells = ClusterShapes.ShellsOf(Atoms)!.Value;
        var titanium = ElementTable.Default.Find("Ti")!;
        _cluster = ClusterShapes.Icosahedron(titanium, shells);

        // A quarter turn and another numbering.
        var order = Enumerable.Range(0, Atoms).Reverse().ToArray();
        _copy = new(_cluster.Elements, [.. order.SelectMany(i => new[] { -_cluster.Position(i)[1], _cluster.Position(i)[0], _cluster.Position(i)[2] })]);
        _inCell = new(_cluster.Elements, _cluster.Positions, UnitCell.Cube(8 + (5 * shells)));
        var positions = BenchmarkClusters.Random(1000, Atoms);
        _many = [.. positions.Chunk(3 * Atoms).Select(p => new Structure(_cluster.Elements, p))];
    }

    [Benchmark]
    public double Analysis() => ClusterAnalysis.Of(_cluster).Ecn;

    [Benchmark]
    public int NeighboursInACell() => NeighbourList.Of(_inCell, 6.0).Count;

    [Benchmark]
    public bool MatchOfACopy() => StructureMatch.Compare(_cluster, _copy, 0.05).IsMatch;

    [Benchmark]
    public int DuplicatesAmongAThousand() => DuplicateStructures.Find(_many, 0.05).Count;
}
