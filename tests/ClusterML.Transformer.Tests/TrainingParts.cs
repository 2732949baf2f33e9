namespace ClusterML.Transformer.Tests;

/// <summary>Collects the reports of a training.</summary>
internal sealed class Epochs : IProgress<EpochProgress>
{
    public List<EpochProgress> Reports { get; } = [];

    public void Report(EpochProgress value) => Reports.Add(value);
}

/// <summary>Keeps a training's state in a file, as the program does.</summary>
internal sealed class KeptInAFile(string path) : ITrainingCheckpoints
{
    public byte[]? TryLoad() => File.Exists(path) ? File.ReadAllBytes(path) : null;

    public void Save(byte[] state)
    {
        File.WriteAllBytes(path + ".partial", state);
        File.Move(path + ".partial", path, overwrite: true);
    }
}
