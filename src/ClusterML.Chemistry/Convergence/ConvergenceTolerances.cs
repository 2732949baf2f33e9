namespace ClusterML.Chemistry.Convergence;

/// <summary>How far a quantity may stay from its most converged value, by quantity or by kind of quantity.</summary>
/// <param name="Stated">
/// Tolerances by name of a quantity (<c>dav_A</c>) or of a kind (<c>energy</c>, which counts for energy differences too unless
/// <c>energy_difference</c> is stated). The default of a kind stands where nothing is stated.
/// </param>
public sealed record ConvergenceTolerances(IReadOnlyDictionary<string, double> Stated)
{
    /// <summary>The defaults of the kinds.</summary>
    public static readonly ConvergenceTolerances Default = new(new Dictionary<string, double>());

    /// <summary>The tolerance of a quantity; null when none is stated and its kind is not known.</summary>
    public double? For(string quantity)
    {
        if (Stated.TryGetValue(quantity, out var own))
        {
            return own;
        }

        var kind = QuantityKind.Of(quantity);
        return kind is null ? null
            : Stated.TryGetValue(kind.Name, out var ofKind) ? ofKind
            : kind.Name == "energy_difference" && Stated.TryGetValue("energy", out var ofEnergy) ? ofEnergy
            : kind.Tolerance;
    }

    /// <summary>What is wrong with the stated tolerances for these quantities, one message each.</summary>
    public IEnumerable<string> Faults(IReadOnlyCollection<string> quantities)
    {
        foreach (var (name, tolerance) in Stated)
        {
            if (!(tolerance > 0.0) || !double.IsFinite(tolerance))
            {
                yield return FormattableString.Invariant($"tolerance of {name} is {tolerance}, it must be above 0");
            }

            if (!quantities.Contains(name) && QuantityKind.Known.All(k => k.Name != name))
            {
                yield return $"there is no quantity \"{name}\" to state a tolerance for; there are {string.Join(", ", quantities)}, and the kinds {string.Join(", ", QuantityKind.Known.Select(k => k.Name))}";
            }
        }
    }
}
