using System.Globalization;
using ClusterML.Chemistry.Energetics;
using CsCheck;

namespace ClusterML.Chemistry.Tests.Energetics;

/// <summary>Equation 1 and equation 5 of the supporting information are one number, whatever the totals and the reference X12.</summary>
public sealed class BindingAgreementTests
{
    private static readonly Gen<(double Cluster, double X12, double Frozen, double HostAtom, double DopantAtom)> Totals =
        Gen.Select(
            Gen.Double[-2500, -10],
            Gen.Double[-5000, -10],
            Gen.Double[-80, -1],
            Gen.Double[-30, 5],
            Gen.Double[-3, 8],
            (host, dopant, bound, dopantBound, strain) =>
                ((12 * host) + bound + dopant + dopantBound, (12 * host) + bound, (12 * host) + bound + strain, host, dopant));

    [Fact]
    public void Of_ExactComponents_AgreesForAnyTotals() => Totals.Sample(t =>
    {
        var agreement = BindingAgreement.Of(TotalsOf(t), PartsOf(t, Exact));
        Assert.True(agreement.Agrees, agreement.ToString());
        Assert.InRange(agreement.Allowed, 0.0, 1e-8);
    });

    [Fact]
    public void Of_RoundedInputs_AgreesAtEveryPrecision() => Gen.Select(Totals, Gen.Int[0, 6], Gen.Int[0, 6]).Sample((t, few, many) =>
    {
        var binding = Rounded((t.Cluster - (12 * t.HostAtom) - t.DopantAtom) / 13, many);
        var agreement = BindingAgreement.Of(binding, PartsOf(t, v => Rounded(v, few)));
        Assert.True(agreement.Agrees, agreement.ToString());

        var totals = new BindingTotals(Rounded(t.Cluster, many), Rounded(t.HostAtom, many), Rounded(t.DopantAtom, many));
        agreement = BindingAgreement.Of(totals, PartsOf(t, v => Rounded(v, few)));
        Assert.True(agreement.Agrees, agreement.ToString());
    });

    [Fact]
    public void Of_OneWrongDigit_IsRefusedWithBothNumbers() => Gen.Select(Totals, Gen.Int[0, 2], Gen.Double[3.0, 50.0]).Sample((t, which, units) =>
    {
        // An error of 1e-3 times three units and more in one part cannot come from rounding to four decimals.
        var parts = PartsOf(t, v => Rounded(v, 4));
        var error = 13e-3 * units;
        parts = which switch
        {
            0 => parts with { HostBinding = parts.HostBinding with { Value = parts.HostBinding.Value + error } },
            1 => parts with { Interaction = parts.Interaction with { Value = parts.Interaction.Value + error } },
            _ => parts with { Distortion = parts.Distortion with { Value = parts.Distortion.Value - error } },
        };
        var agreement = BindingAgreement.Of(TotalsOf(t), parts);
        Assert.False(agreement.Agrees, agreement.ToString());
        Assert.Contains(agreement.FromTotals.Value.ToString("0.000000", CultureInfo.InvariantCulture), agreement.ToString(), StringComparison.Ordinal);
        Assert.Contains(agreement.FromParts.Value.ToString("0.000000", CultureInfo.InvariantCulture), agreement.ToString(), StringComparison.Ordinal);
    });

    [Fact]
    public void Of_HandComputed_AllowsTheWeightedHalfUnits()
    {
        // (12 * -3.20 + -9.1 + 12 * 0.05) / 13 = -3.60769...; allowed: 0.005 + (12 * 0.005 + 0.05 + 12 * 0.005) / 13.
        var parts = new BindingComponents(new(-3.20, 0.005), new(-9.1, 0.05), new(0.05, 0.005));
        var agreement = BindingAgreement.Of(new StatedValue(-3.61, 0.005), parts);
        Assert.Equal(-46.9 / 13, agreement.FromParts.Value, 12);
        Assert.Equal(0.005 + (0.17 / 13), agreement.Allowed, 9);
        Assert.True(agreement.Agrees);
        Assert.False(BindingAgreement.Of(new StatedValue(-3.63, 0.005), parts).Agrees);
    }

    [Fact]
    public void Agrees_WithAMissingNumber_IsFalse() =>
        Assert.False(BindingAgreement.Of(StatedValue.Missing, new(new(-3, 0.1), new(-9, 0.1), new(0.1, 0.1))).Agrees);

    private static BindingTotals TotalsOf((double Cluster, double X12, double Frozen, double HostAtom, double DopantAtom) t) =>
        new(StatedValue.Exact(t.Cluster), StatedValue.Exact(t.HostAtom), StatedValue.Exact(t.DopantAtom));

    private static BindingComponents PartsOf(
        (double Cluster, double X12, double Frozen, double HostAtom, double DopantAtom) t, Func<double, StatedValue> state) => new(
        state(ClusterEnergies.HostBinding(t.X12, t.HostAtom)),
        state(ClusterEnergies.Interaction(t.Cluster, t.Frozen, t.DopantAtom)),
        state(ClusterEnergies.Distortion(t.Frozen, t.X12)));

    private static StatedValue Exact(double value) => StatedValue.Exact(value);

    private static StatedValue Rounded(double value, int decimals) =>
        StatedValue.TryParse(value.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture), out var read) ? read : throw new FormatException();
}
