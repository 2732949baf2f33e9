using System.Globalization;

namespace ClusterML.Chemistry.Energetics;

/// <summary>Whether a binding energy and its parts belong together: equation 1 against equation 5 of the supporting information.</summary>
/// <remarks>
/// From one set of totals both equations agree by algebra. From numbers that were written down apart they agree only when no
/// digit is wrong and all share their references: that is what is tested here.
/// </remarks>
/// <param name="FromTotals">Binding energy per atom of equation 1, eV.</param>
/// <param name="FromParts">Binding energy per atom of equation 5, eV.</param>
/// <param name="Allowed">Largest difference that the stated precision of all inputs explains, eV.</param>
public sealed record BindingAgreement(StatedValue FromTotals, StatedValue FromParts, double Allowed)
{
    /// <summary>Relative spacing of doubles.</summary>
    private const double Unit = 2.220446049250313e-16;

    /// <summary>|FromTotals - FromParts|, eV.</summary>
    public double Difference => Math.Abs(FromTotals.Value - FromParts.Value);

    /// <summary>Whether the difference is within what rounding explains; false when a number is missing.</summary>
    public bool Agrees => Difference <= Allowed;

    /// <summary>Compares a binding energy that a table states with its parts.</summary>
    public static BindingAgreement Of(StatedValue binding, BindingComponents parts) =>
        Of(binding, parts, Math.Abs(binding.Value));

    /// <summary>Compares the binding energy of totals with its parts.</summary>
    public static BindingAgreement Of(BindingTotals totals, BindingComponents parts) => Of(totals.Binding, parts, totals.Magnitude);

    /// <summary>Both numbers, their difference and what rounding explains.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"equation 1 gives E_b = {FromTotals} eV/atom, equation 5 gives {FromParts} eV/atom: they differ by {Difference:0.000000}, the stated precision explains {Allowed:0.000000}");

    private static BindingAgreement Of(StatedValue binding, BindingComponents parts, double magnitude)
    {
        var other = parts.Binding;

        // Rounding of the arithmetic itself: totals of 1e4 eV in doubles leave 1e-11 eV.
        var arithmetic = 64 * Unit * (magnitude + Math.Abs(other.Value));
        return new(binding, other, binding.Tolerance + other.Tolerance + arithmetic);
    }
}
