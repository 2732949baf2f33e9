using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using ClusterML.Chemistry.Analysis;

namespace ClusterML.Benchmarks.Analysis;

/// <summary>ECN and d_av of many clusters: 100,000 of 13 atoms, and as many atoms in clusters of 55 and 147.</summary>
[MemoryDiagnoser]
[Config(typeof(WithRate))]
[MinIterationCount(5)]
[MaxIterationCount(15)]
public class EffectiveCoordinationBenchmark
{
    private const int AllAtoms = 1_300_000;
    private double[] _positions = [];
    private double[] _ecn = [];
    private double[] _bondLength = [];

    [Params(13, 55, 147)]
    public int Atoms { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var clusters = AllAtoms / Atoms;
        _positions = BenchmarkClusters.Random(clusters, Atoms);
        _ecn = new double[clusters * Atoms];
        _bondLength = new double[clusters * Atoms];
    }

    [Benchmark(Baseline = true)]
    public int OneThread() => EffectiveCoordination.ComputeBatch(_positions, Atoms, _ecn, _bondLength);

    [Benchmark]
    public int AllCores() => EffectiveCoordination.ComputeBatch(_positions, Atoms, _ecn, _bondLength, threads: -1);

    private sealed class WithRate : ManualConfig
    {
        public WithRate() => AddColumn(new Rate());
    }

    private sealed class Rate : IColumn
    {
        public string Id => nameof(Rate);

        public string ColumnName => "Clusters/s";

        public bool AlwaysShow => true;

        public ColumnCategory Category => ColumnCategory.Custom;

        public int PriorityInCategory => 0;

        public bool IsNumeric => true;

        public UnitType UnitType => UnitType.Dimensionless;

        public string Legend => "Clusters analysed in a second, from the median time";

        public string GetValue(Summary summary, BenchmarkCase benchmarkCase)
        {
            var median = summary[benchmarkCase]?.ResultStatistics?.Median;
            var clusters = AllAtoms / (int)benchmarkCase.Parameters[nameof(Atoms)];
            return median is { } nanoseconds ? (clusters / nanoseconds * 1e9).ToString("N0", System.Globalization.CultureInfo.InvariantCulture) : "-";
        }

        public string GetValue(Summary summary, BenchmarkCase benchmarkCase, SummaryStyle style) => GetValue(summary, benchmarkCase);

        public bool IsDefault(Summary summary, BenchmarkCase benchmarkCase) => false;

        public bool IsAvailable(Summary summary) => true;
    }
}
