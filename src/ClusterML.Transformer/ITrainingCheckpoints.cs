namespace ClusterML.Transformer;

/// <summary>Where a training keeps its state between epochs, so that a killed process goes on where it stopped.</summary>
public interface ITrainingCheckpoints
{
    /// <summary>The state last saved, or null when there is none.</summary>
    byte[]? TryLoad();

    /// <summary>Keeps <paramref name="state"/> in place of what was kept before; it must replace the old state whole or not at all.</summary>
    void Save(byte[] state);
}
