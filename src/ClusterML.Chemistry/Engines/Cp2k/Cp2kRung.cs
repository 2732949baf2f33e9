using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace ClusterML.Chemistry.Engines.Cp2k;

/// <summary>One rung of the ladder: how to converge, not what to converge to. What is left out stays as the recipe has it.</summary>
[Description("One rung of the ladder: how to converge, not what to converge to. What is left out stays as the recipe has it.")]
public sealed record Cp2kRung
{
    [Description("Share of the new density in the first mixing steps; broyden only.")]
    [Range(0.001, 1.0)]
    public double? Alpha { get; init; }

    [Description("Damping of long waves in the mixing (1/bohr); broyden only.")]
    [Range(0.0, 100.0)]
    public double? Beta { get; init; }

    [Description("Densities that the mixing remembers.")]
    [Range(1, 100)]
    public int? Histories { get; init; }

    [Description("Steps of one self-consistent field.")]
    [Range(1, 1000)]
    public int? MaxScf { get; init; }

    [Description("Steps of the relaxation.")]
    [Range(1, 1000)]
    public int? MaxSteps { get; init; }

    [Description("Start from the last geometry of the attempt before, rather than from the first guess.")]
    public bool ContinueGeometry { get; init; }

    [Description("Start from the orbitals of the attempt before, rather than from those of the atoms; of the last run whose self-consistent field converged.")]
    public bool ContinueOrbitals { get; init; }

    /// <inheritdoc/>
    public override string ToString()
    {
        var changes = new List<string>();
        void Add<T>(string name, T? value)
            where T : struct
        {
            if (value is { } given)
            {
                changes.Add(string.Create(CultureInfo.InvariantCulture, $"{name} {given}").ToLowerInvariant());
            }
        }

        Add("alpha", Alpha);
        Add("beta", Beta);
        Add("histories", Histories);
        Add("max_scf", MaxScf);
        Add("max_steps", MaxSteps);
        if (ContinueGeometry)
        {
            changes.Add("from the last geometry");
        }

        if (ContinueOrbitals)
        {
            changes.Add("from the last orbitals");
        }

        return string.Join(", ", changes);
    }
}
