namespace ClusterML.Chemistry.Engines.Cp2k;

/// <summary>How the self-consistent field of one run converges: recipe and rung put together.</summary>
/// <param name="Alpha">Share of the new density in the first mixing steps.</param>
/// <param name="Beta">Damping of long waves, 1/bohr.</param>
/// <param name="Histories">Densities that the mixing remembers.</param>
/// <param name="MaxScf">Steps.</param>
/// <param name="MaxSteps">Steps of the relaxation.</param>
/// <param name="Multiplicity">Multiplicity of the guess; null when spin is restricted.</param>
/// <param name="HoldsMoment">Whether the moment of the guess is held; else it is free.</param>
/// <param name="FromOrbitals">Whether it starts from the orbitals that lie in its folder.</param>
internal sealed record Cp2kScf(double Alpha, double Beta, int Histories, int MaxScf, int MaxSteps, int? Multiplicity, bool HoldsMoment, bool FromOrbitals)
{
    /// <summary>The settings of a rung of the ladder of a cluster; 0 is the recipe as it stands.</summary>
    public static Cp2kScf OfCluster(Cp2kRecipe recipe, CalculationRequest request, int rung)
    {
        var polarised = recipe.IsPolarised(request.System);
        var step = rung == 0 ? null : (polarised ? recipe.Spin.Ladder : recipe.Ladder)[rung - 1];
        var symbols = request.Start.Elements.Select(e => e.Symbol).ToArray();
        return new(
            step?.Alpha ?? (polarised ? recipe.Spin.Alpha : recipe.Alpha),
            step?.Beta ?? (polarised ? recipe.Spin.Beta : recipe.Beta),
            step?.Histories ?? (polarised ? recipe.Spin.Histories : recipe.Histories),
            step?.MaxScf ?? (polarised ? recipe.Spin.MaxScf : recipe.MaxScf),
            step?.MaxSteps ?? recipe.MaxSteps,
            polarised ? recipe.Spin.Multiplicity(symbols, symbols.Sum(s => Cp2kInput.Element(s).ValenceElectrons)) : null,
            HoldsMoment: false,
            FromOrbitals: request.Continues || step?.ContinueOrbitals == true);
    }
}
