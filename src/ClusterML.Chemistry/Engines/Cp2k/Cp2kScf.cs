namespace ClusterML.Chemistry.Engines.Cp2k;

/// <summary>How one run of a cluster goes: recipe and rung put together.</summary>
internal sealed record Cp2kScf
{
    /// <summary>Share of the new density in the first mixing steps.</summary>
    public required double Alpha { get; init; }

    /// <summary>Damping of long waves, 1/bohr.</summary>
    public required double Beta { get; init; }

    /// <summary>Densities that the mixing remembers.</summary>
    public required int Histories { get; init; }

    /// <summary>Steps of one self-consistent field.</summary>
    public required int MaxScf { get; init; }

    /// <summary>Convergence of the density.</summary>
    public required double EpsScf { get; init; }

    /// <summary>Steps of the relaxation.</summary>
    public required int MaxSteps { get; init; }

    /// <summary>Whether the atoms move.</summary>
    public required bool Relaxes { get; init; }

    /// <summary>Multiplicity of the guess; null when spin is restricted.</summary>
    public int? Multiplicity { get; init; }

    /// <summary>Whether it starts from the orbitals that lie in its folder.</summary>
    public bool FromOrbitals { get; init; }

    /// <summary>The settings of a rung of the ladder of a cluster; 0 is the recipe as it stands.</summary>
    public static Cp2kScf OfCluster(Cp2kRecipe recipe, CalculationRequest request, int rung)
    {
        var step = rung == 0 ? null : recipe.Ladder[rung - 1];
        var symbols = request.Start.Elements.Select(e => e.Symbol).ToArray();
        return new()
        {
            Alpha = step?.Alpha ?? recipe.Alpha,
            Beta = step?.Beta ?? recipe.Beta,
            Histories = step?.Histories ?? recipe.Histories,
            MaxScf = step?.MaxScf ?? recipe.MaxScf,
            EpsScf = recipe.EpsScf,
            MaxSteps = step?.MaxSteps ?? recipe.MaxSteps,
            Relaxes = request.Relax,
            Multiplicity = recipe.IsPolarised(request.System) ? recipe.Spin.Multiplicity(symbols, symbols.Sum(s => Cp2kInput.Element(s).ValenceElectrons)) : null,
            FromOrbitals = request.HasOrbitals && (request.Continues || step?.ContinueOrbitals == true),
        };
    }
}
