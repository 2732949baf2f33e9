using System.Globalization;

namespace ClusterML.Chemistry.Energetics;

/// <summary>An energy in eV, or NaN with the reason why there is none.</summary>
/// <param name="Value">The energy, eV; NaN when there is none.</param>
/// <param name="Missing">Why there is none; null when there is one.</param>
public readonly record struct EnergyValue(double Value, string? Missing)
{
    /// <summary>Whether there is an energy.</summary>
    public bool IsPresent => Missing is null;

    /// <summary>An energy.</summary>
    public static EnergyValue Of(double value) => double.IsFinite(value)
        ? new(value, null)
        : throw new ArgumentOutOfRangeException(nameof(value), value, "an energy must be finite");

    /// <summary>No energy.</summary>
    public static EnergyValue None(string reason) => new(double.NaN, reason);

    /// <inheritdoc/>
    public override string ToString() => Missing is null ? Value.ToString("0.000000", CultureInfo.InvariantCulture) : $"none: {Missing}";
}
