using ClusterML.Data;
using ClusterML.Experiments.Configuration;
using ClusterML.Learning.Conformal;
using ClusterML.Transformer;
using CsCheck;

namespace ClusterML.Experiments.Tests.Yaml.Support;

/// <summary>Random experiments that the binder accepts.</summary>
internal static class GenConfigs
{
    /// <summary>Texts that are hard to quote, not blank.</summary>
    public static readonly Gen<string> Text = Gen.OneOf(
        OneOf("No", "on", "yes", "null", "~", "1", "1.5", "0x1F", "1e5", "true", ".nan", "a: b", "a #b", "- a", "[a]", "{a}", "'", "\"", "\\", "#", "2020-01-01", "12:30", "a\nb", "a\tb", " a ", "é", "a\u0085", "\u2028x", "😀", "...", "---", "x", "=", "<<", "@a", "%a", "a,b", "?"),
        Gen.Char[' ', '~'].Array[1, 12].Select(c => new string(c)).Where(s => !string.IsNullOrWhiteSpace(s)),
        Gen.Char['\u0001', '\ud7ff'].Array[1, 6].Select(c => new string(c)).Where(s => !string.IsNullOrWhiteSpace(s)));

    private static readonly Gen<double> Share = Gen.OneOf(Gen.Double[0.001, 0.5], OneOf(0.1, 0.5, 0.001));

    private static readonly Gen<TableConfig> Table = Gen.OneOf(
        Text.Select(p => (TableConfig)new X12tmTableConfig { Path = p }),
        Gen.Select(Gen.Double[0, 1000], Text.Array[0, 3]).Select((d, e) => (TableConfig)new QcdUnaryTableConfig { MaxSecondDifference = d, Elements = e }),
        Text.Select(p => (TableConfig)new SegregationTableConfig { File = p }),
        Gen.Select(Text, Gen.Select(Text, Gen.Enum<ColumnRole>(), Text).Select((n, r, u) => new CsvColumnConfig { Name = n, Role = r, Unit = u }).Array[1, 4])
            .Select((p, c) => (TableConfig)new CsvTableConfig { Path = p, Columns = c }));

    private static readonly Gen<BackboneConfig?> Backbone = Gen.OneOf(
        Gen.Const((BackboneConfig?)null),
        Gen.Select(Text, Text).Select((p, h) => (BackboneConfig?)new PublishedBackboneConfig { Path = p, WeightsHash = h }),
        Gen.Select(Table, Gen.Int[1, 64], Gen.Double[1e-8, 1], Gen.Enum<FtLoss>(), Gen.Double[0.01, 64].Array[1, 3]).Select((t, n, r, l, h) =>
            (BackboneConfig?)new PretrainBackboneConfig
            {
                Table = t,
                Network = new FtTransformerOptions { NBlocks = n, HeadFactors = h },
                Training = new FtTrainingOptions { LearningRate = r, Loss = l },
            }));

    private static readonly Gen<ProtocolConfig> Protocol = Gen.OneOf(
        Gen.Select(Text, Text, Gen.Int[2, 1000000]).Select((n, c, m) => (ProtocolConfig)new LeaveOneGroupOutConfig { Name = n, Column = c, MinTrainingRows = m }),
        Gen.Select(Text, Text, Gen.Double[0, 1]).Select((n, v, f) => (ProtocolConfig)new HoldOutFractionConfig { Name = n, Value = v, From = f }),
        Gen.Select(Text, Gen.Int[2, 100]).Select((n, f) => (ProtocolConfig)new KFoldConfig { Name = n, Folds = f }));

    /// <summary>Experiments.</summary>
    public static readonly Gen<ExperimentConfig> Experiment = Gen.Select(
        Gen.Char["abcxyz019"].Array[1, 8].Select(c => new string(c)), Gen.Int, Table, Backbone, Protocol.Array[0, 3], Share, Text, Gen.Enum<GroupKind>())
        .Select((name, seed, table, backbone, protocols, alpha, text, groups) => new ExperimentConfig
        {
            Name = name,
            Description = text,
            Seed = seed,
            Data = new DataConfig { Root = text, Table = table },
            Backbone = backbone,
            Model = seed % 2 == 0 ? null : new ModelConfig { Name = text, Pipeline = text },
            Intervals = new IntervalConfig { Alpha = [alpha], Groups = groups },
            Protocols = protocols,
            Baselines = seed % 3 == 0 ? [] : [new BaselineConfig { Name = text, Pipeline = text }],
        });

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);
}
