namespace ClusterML.Chemistry.Vibrations;

/// <summary>Judges harmonic frequencies: a minimum has 3N - 6 real, positive ones (3N - 5 when linear).</summary>
public static class VibrationalAnalysis
{
    /// <summary>h c for wavenumbers, eV cm (CODATA 2018, exact).</summary>
    public const double ElectronvoltsPerWavenumber = 1.239841984332003e-4;

    /// <summary>
    /// Largest wavenumber, 1/cm, of a mode that passes as a translation or rotation of the whole. Finite differences leave
    /// those near zero, not at zero; more than this speaks of a geometry that is not stationary.
    /// </summary>
    public const double LargestRigid = 100;

    /// <summary>Judges the frequencies of a structure.</summary>
    /// <param name="frequencies">Frequencies in any order, 1/cm, imaginary ones negative: the vibrations alone, or with the
    /// rigid modes that a program did not project out (up to 3N). Of more than the expected number, those nearest zero are rigid.</param>
    /// <param name="atoms">Number of atoms, N.</param>
    /// <param name="isLinear">Whether the atoms lie on a line; null to take two atoms as linear and more as not. See <see cref="IsLinear"/>.</param>
    /// <exception cref="ArgumentException">There are more than 3N frequencies, or one is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no atom.</exception>
    public static VibrationalJudgement Judge(IReadOnlyList<double> frequencies, int atoms, bool? isLinear = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(atoms, 1);
        if (frequencies.Count > 3 * atoms)
        {
            throw new ArgumentException($"{atoms} atoms have {3 * atoms} modes, not {frequencies.Count}", nameof(frequencies));
        }

        if (!frequencies.All(double.IsFinite))
        {
            throw new ArgumentException("every frequency must be finite", nameof(frequencies));
        }

        var linear = atoms == 2 || (isLinear ?? false);
        var expected = atoms == 1 ? 0 : (3 * atoms) - (linear ? 5 : 6);
        var byStiffness = frequencies.OrderBy(Math.Abs).ToArray();
        var spare = Math.Max(frequencies.Count - expected, 0);
        double[] rigid = [.. byStiffness.Take(spare).Order()];
        double[] vibrations = [.. byStiffness.Skip(spare).Order()];

        // Zero is neither real and positive nor imaginary: it counts against a minimum.
        var imaginary = vibrations.Count(nu => nu <= 0);
        var of = linear ? "3N - 5" : "3N - 6";
        var (verdict, text) = (vibrations, rigid) switch
        {
            _ when vibrations.Length < expected =>
                (VibrationalVerdict.Incomplete, FormattableString.Invariant($"incomplete: {vibrations.Length} of {expected} vibrations ({of} with N = {atoms})")),
            _ when rigid.Length > 0 && Math.Abs(byStiffness[spare - 1]) > LargestRigid =>
                (VibrationalVerdict.Unclear, FormattableString.Invariant(
                    $"unclear: beside {expected} vibrations ({of}) a mode at {Wavenumber(byStiffness[spare - 1])} should be rigid, within {LargestRigid} 1/cm of zero")),
            _ when expected == 0 => (VibrationalVerdict.Minimum, "minimum: a single atom has no vibrations"),
            _ when imaginary > 0 =>
                (VibrationalVerdict.SaddlePoint, FormattableString.Invariant($"saddle point of order {imaginary}: smallest frequency {Wavenumber(vibrations[0])}")),
            _ => (VibrationalVerdict.Minimum, FormattableString.Invariant($"minimum: {expected} real frequencies ({of}), smallest {Wavenumber(vibrations[0])}")),
        };
        var zeroPoint = verdict == VibrationalVerdict.Minimum ? vibrations.Sum() * ElectronvoltsPerWavenumber / 2 : double.NaN;
        return new(verdict, text, expected, vibrations, rigid, verdict == VibrationalVerdict.Incomplete ? vibrations.Count(nu => nu < 0) : imaginary, zeroPoint);
    }

    /// <summary>Whether all atoms lie on a line, to within <paramref name="tolerance"/>.</summary>
    /// <param name="positions">Positions [atom][axis], Angstrom.</param>
    /// <param name="tolerance">Largest distance from the line through the two atoms that lie furthest apart, Angstrom.</param>
    public static bool IsLinear(IReadOnlyList<double[]> positions, double tolerance = 1e-3)
    {
        if (positions.Count < 3)
        {
            return positions.Count == 2;
        }

        var start = positions[0];
        var (a, b) = (start, positions.MaxBy(p => Length(Minus(p, start)))!);
        a = positions.MaxBy(p => Length(Minus(p, b)))!;
        var line = Minus(b, a);
        var length = Length(line);
        return length > 0 && positions.All(p => Length(Cross(Minus(p, a), line)) / length <= tolerance);
    }

    private static string Wavenumber(double nu) =>
        nu < 0 ? FormattableString.Invariant($"{-nu:0.0}i 1/cm") : FormattableString.Invariant($"{nu:0.0} 1/cm");

    private static double[] Minus(double[] a, double[] b) => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];

    private static double[] Cross(double[] a, double[] b) =>
        [(a[1] * b[2]) - (a[2] * b[1]), (a[2] * b[0]) - (a[0] * b[2]), (a[0] * b[1]) - (a[1] * b[0])];

    private static double Length(double[] a) => Math.Sqrt((a[0] * a[0]) + (a[1] * a[1]) + (a[2] * a[2]));
}
