namespace ClusterML.Chemistry.Vibrations;

/// <summary>The frequencies of a structure, judged.</summary>
/// <param name="Verdict">The verdict.</param>
/// <param name="Text">The verdict in a sentence, with the numbers that it rests on.</param>
/// <param name="Expected">Number of vibrations: 3N - 6, or 3N - 5 of a linear structure.</param>
/// <param name="Vibrations">The vibrations in ascending order, 1/cm, imaginary ones negative; rigid modes left out.</param>
/// <param name="Rigid">The modes that were left out as translations and rotations, 1/cm.</param>
/// <param name="Imaginary">Number of imaginary vibrations, the order of the saddle point.</param>
/// <param name="ZeroPointEnergy">Half the sum of h c nu over the real vibrations, eV; NaN unless the verdict is a minimum.</param>
public sealed record VibrationalJudgement(
    VibrationalVerdict Verdict,
    string Text,
    int Expected,
    IReadOnlyList<double> Vibrations,
    IReadOnlyList<double> Rigid,
    int Imaginary,
    double ZeroPointEnergy);
