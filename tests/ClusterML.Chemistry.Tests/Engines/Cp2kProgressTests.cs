using ClusterML.Chemistry.Engines;
using ClusterML.Chemistry.Engines.Cp2k;

namespace ClusterML.Chemistry.Tests.Engines;

/// <summary>Lines of outputs of CP2K 2023.1 as they stood while it ran.</summary>
public sealed class Cp2kProgressTests : IDisposable
{
    private const string Scf = """
                                eps_scf:                                        1.00E-05
                                eps_scf_history:                                0.00E+00

         SCF WAVEFUNCTION OPTIMIZATION

          Step     Update method      Time    Convergence         Total energy    Change
          ------------------------------------------------------------------------------

         *** WARNING in pw/ps_wavelet_methods.F:241 :: Density non-zero on the ***
         *** edges of the unit cell: wrong results in WAVELET solver           ***

             1 Broy./Diag. 0.20E+00    1.6     0.02248933      -741.3783751087 -7.41E+02
             9 Broy./Diag. 0.20E+00    2.8     0.00012180      -741.3745414428  2.02E-03

        """;

    private const string Forces = """
         ATOMIC FORCES in [a.u.]

         # Atom   Kind   Element          X              Y              Z
              1      1      Nb          0.00300000     0.00000000     0.00400000
              2      1      Nb          0.00226844     0.00024110    -0.00119054
         SUM OF ATOMIC FORCES          -0.00001592    -0.00000837    -0.00001343     0.00002245

        """;

    private const string ForcesOf2024 = """
         FORCES| Atomic forces [hartree/bohr]
         FORCES| Atom     x               y               z               |f|
         FORCES|      1  3.00000000E-03  0.00000000E+00  4.00000000E-03  5.00000000E-03
         FORCES|      2  2.26844000E-03  2.41100000E-04 -1.19054000E-03  2.57320000E-03
         FORCES| Sum    -1.59200000E-05 -8.37000000E-06 -1.34300000E-05  2.24500000E-05

        """;

    private const string Step = """

         --------------------------
         OPTIMIZATION STEP:      8
         --------------------------

        """;

    private readonly string folder = Directory.CreateTempSubdirectory("progress-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    // 0.005 hartree/bohr are 0.005 * 51.42206747... eV/Angstrom = 0.257.
    [Theory]
    [InlineData(Forces)]
    [InlineData(ForcesOf2024)]
    public void Doing_Relaxation_SaysStepForceAndScf(string forces) => Assert.Equal(
        "geometry step 8, largest force 0.257 (at most 0.05) eV/Angstrom, SCF step 9 at 1.2E-4 (to 1.0E-5)",
        Doing(Scf + "  *** SCF run converged in    23 steps ***\n\n" + forces + Step + Scf, relax: true));

    [Fact]
    public void Doing_FirstGeometry_HasNoForceYet() =>
        Assert.Equal("geometry step 0, SCF step 9 at 1.2E-4 (to 1.0E-5)", Doing(Scf, relax: true));

    [Fact]
    public void Doing_SinglePoint_SaysTheScfOnly() => Assert.Equal("SCF step 9 at 1.2E-4 (to 1.0E-5)", Doing(Forces + Scf, relax: false));

    [Fact]
    public void Doing_LineThatIsBeingWritten_CountsWhenItIsWhole() => Assert.Equal(
        "SCF step 9 at 1.2E-4 (to 1.0E-5)", Doing(Scf + "    10 Broy./Diag. 0.20E+00    2.8     0.0000", relax: false));

    [Fact]
    public void Doing_OrbitalTransformation_KeepsTheChangeOverItsLineSearch() => Assert.Equal(
        "SCF step 2 at 1.9E-1",
        Doing("     1 OT CG       0.15E+00    2.4     0.19086992       -55.2945811844 -5.53E+01\n     2 OT LS       0.26E+00    1.3                      -56.6090017193\n", relax: false));

    [Theory]
    [InlineData("  *** SCF run converged in    23 steps ***\n", "SCF converged in 9 steps")]
    [InlineData(" *** WARNING in qs_scf.F:598 :: SCF run NOT converged ***\n", "SCF not converged in 9 steps")]
    public void Doing_AfterTheScf_SaysHowItEnded(string line, string doing) => Assert.Equal(doing, Doing(Scf + line, relax: false));

    [Fact]
    public void Doing_BeforeTheFirstStep_SaysSo() => Assert.Equal("before the first SCF step", Doing(" CP2K| version string: CP2K version 2023.1\n", relax: false));

    [Fact]
    public void Doing_NoOutputYet_IsNothing() => Assert.Null(Engine.Doing(Request(relax: true), folder));

    [Fact]
    public void Doing_DamagedOutput_IsNothing() => Assert.Null(Doing(Scf + "\0\n", relax: true));

    private static IEngine Engine => new Cp2kEngine(new() { MaxForce = 0.05 });

    private static CalculationRequest Request(bool relax) => Cp2k.Dimer(relax);

    private string? Doing(string output, bool relax)
    {
        File.WriteAllText(Path.Combine(folder, "Cu12_dimer.out"), output);
        return Engine.Doing(Request(relax), folder);
    }
}
