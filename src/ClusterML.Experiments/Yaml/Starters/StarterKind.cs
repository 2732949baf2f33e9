namespace ClusterML.Experiments.Yaml.Starters;

/// <summary>What a starter experiment is about.</summary>
public enum StarterKind
{
    /// <summary>Bimetallic X12TM clusters, with the published backbone and Ridge.</summary>
    X12tm,

    /// <summary>Published surface segregation energies.</summary>
    Segregation,

    /// <summary>Pretraining of a backbone on unary clusters.</summary>
    Pretrain,

    /// <summary>A csv table of one's own.</summary>
    Csv,
}
