namespace ClusterML.Experiments.Engine;

/// <summary>Hears what a run is doing; calls come in order, from one thread at a time.</summary>
public interface IRunObserver
{
    /// <summary>A stage begins, or its earlier result is taken.</summary>
    void StageStarted(string stage, bool cached);

    /// <summary>How far a stage is: a fraction in [0, 1] and what it is at.</summary>
    void StageProgress(string stage, double fraction, string message);

    /// <summary>A stage is done.</summary>
    void StageFinished(string stage, TimeSpan elapsed);

    /// <summary>Something the user should know.</summary>
    void Note(string message);
}
