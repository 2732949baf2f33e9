namespace ClusterML.Chemistry.Engines;

/// <summary>A program that computes energies: it writes inputs, says how to start, and reads outputs. It starts nothing itself.</summary>
public interface IEngine
{
    /// <summary>Name in configs and messages, such as <c>cp2k</c>.</summary>
    string Name { get; }

    /// <summary>How many rungs the ladder of settings of a calculation has, the recipe itself included.</summary>
    int Rungs(CalculationRequest request);

    /// <summary>How often a relaxation that stopped short of its threshold goes on from its last geometry with the same settings.</summary>
    int Continuations { get; }

    /// <summary>Input files by name; the same request always gives the same text.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="rung">Position on the ladder; 0 is the recipe as it stands.</param>
    IReadOnlyDictionary<string, string> Inputs(CalculationRequest request, int rung);

    /// <summary>What a rung changes, in words.</summary>
    string Describe(CalculationRequest request, int rung);

    /// <summary>Whether a rung goes on from the last geometry of the attempt before it.</summary>
    bool ContinuesGeometry(CalculationRequest request, int rung);

    /// <summary>Files of a run that the next run may begin with.</summary>
    IReadOnlyList<string> Handover(CalculationRequest request);

    /// <summary>Whether a file that the program left is of no use once the calculation is finished.</summary>
    bool IsScratch(string fileName);

    /// <summary>How to start the program in a folder that holds the inputs.</summary>
    EngineCommand Command(CalculationRequest request);

    /// <summary>Reads what the program left in its folder; works on the output of a program that was killed, too.</summary>
    EngineOutcome Read(CalculationRequest request, string folder);

    /// <summary>What a run that has not ended is doing, in a few words for a line of progress; null when there is nothing to say.</summary>
    /// <remarks>The program may be writing its output at the same time; a file that cannot be read is nothing to say.</remarks>
    /// <param name="request">What the run was asked for.</param>
    /// <param name="folder">Its folder.</param>
    string? Doing(CalculationRequest request, string folder) => null;
}
