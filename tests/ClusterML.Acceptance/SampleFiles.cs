using System.Globalization;
using System.Text;

namespace ClusterML.Acceptance;

/// <summary>Small tables and configs that tests write into their workspace.</summary>
public static class SampleFiles
{
    public const string AlloysConfig =
        """
        schema: clusterml/experiment@1
        name: alloys
        seed: 42
        data:
          table:
            type: csv
            path: ../alloys.csv
            columns:
              - name: id
                role: id
              - name: phase
                role: categorical
              - name: x
                role: numeric
              - name: y
                role: numeric
              - name: family
                role: group
              - name: energy
                role: target
                unit: eV
        model:
          name: ridge
          pipeline: ../pipelines/ridge.yaml
        protocols:
          - type: leave_one_group_out
            name: unseen-family
            column: family
          - type: k_fold
            name: random-folds
            folds: 5
        baselines:
          - name: mean
            pipeline: ../pipelines/mean.yaml

        """;

    public const string TableRidgePipeline =
        """
        schema: clusterml/pipeline@1
        steps:
          - type: table_descriptors
          - type: robust_scaling
          - type: one_hot
          - type: ridge
            features: [scaled, one_hot]

        """;

    public const string MeanPipeline =
        """
        schema: clusterml/pipeline@1
        steps:
          - type: mean

        """;

    public const string CompositionRidgePipeline =
        """
        schema: clusterml/pipeline@1
        steps:
          - type: composition_descriptors
          - type: robust_scaling
          - type: ridge
            features: [scaled]

        """;

    public const string SegregationConfig =
        """
        schema: clusterml/experiment@1
        name: pairs
        data:
          root: ../data
          table:
            type: segregation
        model:
          name: ridge
          pipeline: ../pipelines/ridge.yaml
        protocols:
          - type: leave_one_group_out
            name: unseen-host
            column: host

        """;

    /// <summary>A backbone small enough for a test, trained for a fixed number of epochs.</summary>
    public const string PretrainConfig =
        """
        schema: clusterml/experiment@1
        name: backbone
        data:
          root: ../data
        backbone:
          type: pretrain
          table:
            type: qcd_unary
          network:
            n_blocks: 1
            n_heads: 2
            d_token: 4
            d_feed_forward: 8
            head_factors: [0.5]
          training:
            max_epochs: 180
            patience: 180
            batch_size: 16

        """;

    private static readonly string[] Metals = ["Sc", "Ti", "V", "Cr", "Mn", "Fe", "Co", "Ni", "Cu", "Zn"];

    /// <summary>A csv experiment that takes seconds: 40 rows, ridge, and the mean beside it.</summary>
    public static Workspace WithAlloys(this Workspace workspace) => workspace
        .Write("alloys.csv", AlloysTable())
        .Write("configs/alloys.yaml", AlloysConfig)
        .Write("pipelines/ridge.yaml", TableRidgePipeline)
        .Write("pipelines/mean.yaml", MeanPipeline);

    /// <summary>A composition experiment that takes seconds.</summary>
    public static Workspace WithPairs(this Workspace workspace) => workspace
        .Write("data/segregation/ruban1999_tidy.csv", SegregationTable())
        .Write("configs/pairs.yaml", SegregationConfig)
        .Write("pipelines/ridge.yaml", CompositionRidgePipeline);

    /// <summary>An experiment that only pretrains.</summary>
    public static Workspace WithPretraining(this Workspace workspace) => workspace
        .Write("data/qcd/qcd_unary.csv", UnaryTable())
        .Write("configs/backbone.yaml", PretrainConfig);

    public static string AlloysTable(int rows = 40)
    {
        var table = new StringBuilder("id,phase,x,y,family,energy\n");
        for (var i = 0; i < rows; i++)
        {
            double x = i % 7, y = i * i % 11;
            var energy = (0.5 * x) - (0.25 * y) + (i % 3) + (0.05 * Math.Sin(i));
            table.Append(CultureInfo.InvariantCulture, $"a{i},{(i % 3) switch { 0 => "fcc", 1 => "bcc", _ => "hcp" }},{x},{y},f{i % 4},{energy:R}\n");
        }

        return table.ToString();
    }

    public static string SegregationTable()
    {
        var table = new StringBuilder("host,surface,dopant,e_seg_eV,is_surface_energy_diagonal\n");
        foreach (var (h, host) in Metals.Index())
        {
            foreach (var (d, dopant) in Metals.Index().Where(m => m.Index != h))
            {
                table.Append(CultureInfo.InvariantCulture, $"{host},hcp0001,{dopant},{(0.1 * (d - h)) + (0.02 * Math.Sin(h + (3 * d))):R},0\n");
            }
        }

        return table.ToString();
    }

    public static string UnaryTable()
    {
        var table = new StringBuilder("symbol,n_atoms,energy_total_eV,e_atom_vise_eV\n");
        foreach (var (e, element) in Metals.Index())
        {
            for (var n = 2; n <= 30; n++)
            {
                var energy = (-n * (3 + (0.2 * e))) + (4 * Math.Pow(n, 2.0 / 3)) + (0.1 * Math.Sin(n * (e + 1)));
                table.Append(CultureInfo.InvariantCulture, $"{element},{n},{energy:R},-1.5\n");
            }
        }

        return table.ToString();
    }
}
