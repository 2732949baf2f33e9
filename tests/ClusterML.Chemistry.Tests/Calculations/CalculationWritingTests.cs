using ClusterML.Chemistry.Calculations;
using ClusterML.Tests;
using CsCheck;

namespace ClusterML.Chemistry.Tests.Calculations;

public sealed class CalculationWritingTests : IDisposable
{
    private const string Method = "CP2K 2023.1 PBE GTH-PBE DZVP-MOLOPT-SR-GTH RKS Fermi-Dirac 1000 K box 11.0 A cutoff 300 Ry";

    private static readonly Calculation Dimer = new()
    {
        File = "",
        Name = "Ti_atom",
        System = ClusterSystem.Parse("Ti_atom")!,
        Method = MethodDescription.Parse(Method),
        Energy = -9.5,
        ScfConverged = true,
        GeometryConverged = null,
        MaxForce = double.NaN,
        Symbols = ["Ti"],
        Positions = [[0.1, -2, 3e-7]],
        IsPilot = false,
    };

    private readonly string folder = Directory.CreateTempSubdirectory("clusterml").FullName;

    private string At => Path.Combine(folder, "a.json");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Write_Text_IsCanonical()
    {
        CalculationFile.Write(At, Dimer with
        {
            FreeEnergy = -10,
            EnergyWithoutEntropy = -9,
            Cell = new([8, 0, 0, 0, 8, 0, 0, 0, 9.5], true, true, false),
            Charges = new Dictionary<string, double[]> { ["Mulliken"] = [0.25] },
            IsPilot = true,
        });

        Assert.Equal(
            """
            {
             "name": "Ti_atom",
             "host": "Ti",
             "method": "CP2K 2023.1 PBE GTH-PBE DZVP-MOLOPT-SR-GTH RKS Fermi-Dirac 1000 K box 11.0 A cutoff 300 Ry",
             "energy_eV": -10,
             "entropic_eV": -1,
             "energy_T0_eV": -9.5,
             "scf_converged": true,
             "geometry_converged": null,
             "symbols": ["Ti"],
             "positions_A": [
              [0.1, -2, 3E-07]
             ],
             "cell_A": [8, 0, 0, 0, 8, 0, 0, 0, 9.5],
             "cell_periodic": [true, true, false],
             "charges_e": {
              "Mulliken": [0.25]
             },
             "pilot": true
            }

            """,
            File.ReadAllText(At));
        Assert.Equal([At], Directory.EnumerateFiles(folder));
    }

    [Fact]
    public void Write_AnyNumbers_ReadBackExactly()
    {
        var finite = Gen.Double.Where(double.IsFinite);
        var known = Gen.OneOf(finite, Gen.Const(double.NaN));
        Gen.Select(Gen.Select(known, known, known, known), Gen.Select(known, known, known), finite.Array[0, 9], finite.Array[3], Gen.Bool).Sample(
            (energies, values, frequencies, vector, flag) =>
            {
                var calculation = Dimer with
                {
                    Energy = energies.Item1,
                    FreeEnergy = energies.Item2,
                    EnergyWithoutEntropy = energies.Item3,
                    MaxForce = Math.Abs(energies.Item4),
                    Gap = values.Item1,
                    DBandCentre = values.Item2,
                    MagneticMoment = values.Item3,
                    Frequencies = frequencies,
                    Positions = [vector],
                    Forces = [vector],
                    ScfConverged = flag,
                    GeometryConverged = flag ? null : flag,
                    Steps = flag ? 3 : null,
                };
                CalculationFile.Write(At, calculation);
                var again = CalculationFile.Read(At)!;

                // Without a stated energy at zero temperature it is made of the other two: then there is nothing to compare.
                double[] Numbers(Calculation c) =>
                    [double.IsNaN(calculation.Energy) ? 0 : c.Energy, c.FreeEnergy, c.EnergyWithoutEntropy, c.MaxForce, c.Gap, c.DBandCentre, c.MagneticMoment,
                        .. c.Frequencies!, .. c.Positions[0], .. c.Forces![0]];
                Assert.Equal(Numbers(calculation), Numbers(again));
                Assert.Equal((calculation.ScfConverged, calculation.GeometryConverged, calculation.Steps, calculation.Method), (again.ScfConverged, again.GeometryConverged, again.Steps, again.Method));
            },
            iter: 300,
            threads: 1);
    }

    [Fact]
    public void Write_PublishedFiles_ReadBackWithTheSameFingerprint() => Assert.All(
        Directory.EnumerateFiles(Path.Combine(Published.Repository, "data", "x12tm", "pilot", "calculations"), "*.json"),
        file =>
        {
            var calculation = CalculationFile.Read(file)!;
            CalculationFile.Write(At, calculation);
            var again = CalculationFile.Read(At)!;

            Assert.Equal(CalculationText.Of(calculation), CalculationText.Of(again));
            Assert.Equal((calculation.Method, calculation.Energy), (again.Method, again.Energy));
            Assert.Equal(MethodFingerprint.OfCluster(calculation.Method).Id, MethodFingerprint.OfCluster(again.Method).Id);
        });

    [Fact]
    public void Write_AtomsContradictTheName_IsRefused()
    {
        File.WriteAllText(At, "old");

        var e = Assert.Throws<ArgumentException>(() => CalculationFile.Write(At, Dimer with { Symbols = ["Zr"] }));

        Assert.Equal("Ti_atom cannot be written: Ti_atom has other atoms than Zr", e.Message);
        Assert.Equal("old", File.ReadAllText(At));
    }

    [Fact]
    public void ReadAny_OtherSystem_IsOther()
    {
        File.WriteAllText(At, $$"""{"name": "my dimer", "method": "{{Method}}", "symbols": ["Ti", "Cu"], "energy_T0_eV": -3}""");

        var calculation = CalculationFile.ReadAny(At);

        Assert.Null(CalculationFile.Read(At));
        Assert.Equal((SystemKind.Other, "CuTi"), (calculation.System.Kind, calculation.System.Name));
        Assert.Equal(["Cu", "Ti"], calculation.System.Atoms().Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("\"forces_eV_per_A\": [[1, 2]]", "Ti_atom: forces_eV_per_A must hold three finite components for each of 1 atoms")]
    [InlineData("\"charges_e\": {\"Mulliken\": [1, 2]}", "Ti_atom: charges_e Mulliken must hold a finite number for each of 1 atoms")]
    [InlineData("\"cell_A\": [1, 2]", "Ti_atom: cell_A must hold nine finite numbers, and cell_periodic three flags")]
    public void Read_FieldOfAnotherShape_SaysSo(string field, string message)
    {
        File.WriteAllText(At, $$"""{"name": "Ti_atom", "method": "{{Method}}", {{field}}}""");

        Assert.Equal(message, Assert.Throws<MalformedFileException>(() => CalculationFile.Read(At)).Message);
    }
}
