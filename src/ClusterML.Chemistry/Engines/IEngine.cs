
namespace ClusterML.Chemistry.Engines;

/// <summary>A program that computes energies: it writes inputs, says how to start, and reads outputs. It starts nothing itself.</summary>
public interface IEngine
{
    /// <summary>Name in configs and messages, such as <c>cp2k</c>.</summary>
    string Name { get; }

    /// <summary>How many rungs the ladder of settings has, the recipe itself included.</summary>
    int Rungs { get; }

    /// <summary>The input files of a calculation by name; the same request always gives the same text.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="rung">Position on the ladder; 0 is the recipe as it stands.</param>
    IReadOnlyDictionary<string, string> Inputs(CalculationRequest request, int rung);

    /// <summary>What a rung changes, in words.</summary>
    string Describe(int rung);

    /// <summary>Whether a rung goes on from the last geometry of the attempt before it.</summary>
    bool ContinuesGeometry(int rung);

    /// <summary>Whether a file that the program left is of no use once its output was read.</summary>
    bool IsScratch(string fileName);

    /// <summary>How to start the program in a folder that holds the inputs.</summary>
    EngineCommand Command(CalculationRequest request);

    /// <summary>Reads what the program left in its folder; works on the output of a program that was killed, too.</summary>
    EngineOutcome Read(CalculationRequest request, string folder);
}
