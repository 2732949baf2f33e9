using ClusterML.Chemistry.Calculations;
using ClusterML.Chemistry.Engines.Cp2k;
using ClusterML.Tests;

namespace ClusterML.Chemistry.Tests.Calculations;

public sealed class MethodLineTests
{
    private const string Start = "CP2K 2023.1 PBE GTH-PBE DZVP-MOLOPT-SR-GTH";

    [Theory]
    [InlineData($"{Start} RKS Fermi-Dirac 1000 K box 11.0 A cutoff 300 Ry")]
    [InlineData($"{Start} UKS integer box 8.0 A cutoff 300 Ry rel_cutoff 40 Ry EPS_DEFAULT 1E-09 EPS_SCF 5E-05")]
    [InlineData("VASP 5.4.4 PBE+U PAW_PBE plane-waves UKS Gaussian 0.05 eV box 15.5 A cutoff 400 eV prec accurate lreal T kpoints 4 EDIFF 1E-06 EDIFFG -0.02")]
    [InlineData("VASP 6.3.2 PBE PAW_PBE plane-waves NCL Methfessel-Paxton-2 0.2 eV cutoff 400 eV")]
    [InlineData($"{Start} RKS Fermi-Dirac 1000 K cutoff 300 Ry rel_cutoff 40 Ry poisson wavelet EPS_SCF 2E-05 MAX_FORCE 0.05 eV/A")]
    [InlineData("VASP 6.3.2 unstated unstated plane-waves spin-unstated smearing-unstated cutoff unstated")]
    [InlineData("VASP 6.3.2 PBE PAW_PBE plane-waves RKS tetrahedron-Bloechl cutoff 400 eV see notes of May")]
    public void ToString_CanonicalLine_ReadsBack(string line)
    {
        var method = MethodDescription.Parse(line);
        Assert.Equal(line, method.ToString());
        Assert.Equal(method, MethodDescription.Parse(method.ToString()));
    }

    [Theory]
    [InlineData("EPS_SCF 2.0E-05 EPS_DEFAULT 1.0E-9", "EPS_DEFAULT 1E-09 EPS_SCF 2E-05")]
    [InlineData("eps_scf 0.00002", "EPS_SCF 2E-05")]
    public void Parse_ThresholdsWrittenInAnotherWay_AreTheSame(string written, string canonical) =>
        Assert.Equal(canonical, MethodDescription.Parse($"{Start} RKS Fermi-Dirac 1000.0 K cutoff 300.0 Ry {written}").Thresholds);

    [Fact]
    public void ToString_Parts_MakeTheLine()
    {
        var method = new MethodDescription
        {
            Code = "CP2K 2023.1",
            Functional = "PBE",
            Potential = "GTH-PBE",
            Basis = "DZVP-MOLOPT-SR-GTH",
            Spin = "RKS",
            Smearing = MethodDescription.Smeared("Fermi-Dirac", 1000, "K"),
            Grid = MethodDescription.CutoffGrid(300, "Ry", 40),
            Thresholds = MethodDescription.ThresholdText([("eps_scf", 2e-5), ("eps_default", 1e-9)]),
            Box = 11,
        };
        Assert.Equal($"{Start} RKS Fermi-Dirac 1000 K box 11.0 A cutoff 300 Ry rel_cutoff 40 Ry EPS_DEFAULT 1E-09 EPS_SCF 2E-05", method.ToString());
    }

    /// <summary>The one recipe of the published calculations; its number is in commands and cards.</summary>
    [Fact]
    public void Id_OfPublishedCalculations_StaysTheSame()
    {
        var clusters = Directory.EnumerateFiles(Path.Combine(Published.Repository, "data", "x12tm", "pilot", "calculations"), "*.json")
            .Select(file => CalculationFile.Read(file)!)
            .Where(c => c.System.Kind != SystemKind.FreeAtom && !c.Method.ToString().Contains("EPS", StringComparison.Ordinal));
        Assert.Equal("dee22ff900ce", Assert.Single(clusters.Select(c => MethodFingerprint.OfCluster(c.Method).Id).Distinct()));
    }

    [Fact]
    public void CoversSinglePoint_WithoutThresholdsOfARelaxation_Belongs()
    {
        var relaxed = MethodDescription.Parse($"{Start} RKS Fermi-Dirac 1000 K cutoff 300 Ry EPS_SCF 2E-05 MAX_FORCE 0.0009");
        var recipe = MethodFingerprint.OfCluster(relaxed);

        Assert.True(recipe.CoversSinglePoint(relaxed with { Thresholds = "EPS_SCF 2E-05" }));
        Assert.False(recipe.CoversSinglePoint(relaxed with { Thresholds = "EPS_SCF 1E-06" }));
        Assert.False(recipe.CoversSinglePoint(relaxed with { Thresholds = "EPS_SCF 2E-05", Spin = "UKS" }));
    }

    [Theory]
    [InlineData("UKS integer cutoff 300 Ry EPS_DEFAULT 1E-09 EPS_SCF 5E-05", true)]
    [InlineData("UKS integer cutoff 300 Ry EPS_DEFAULT 1E-10 EPS_SCF 5E-05", false)]
    [InlineData("UKS integer cutoff 300 Ry", false)]
    [InlineData("UKS Fermi-Dirac 1000 K cutoff 300 Ry EPS_DEFAULT 1E-09 EPS_SCF 2E-05", false)]
    public void CoversAtom_OfRestrictedClusters_FollowsThePolicy(string atom, bool belongs)
    {
        var recipe = MethodFingerprint.OfCluster(MethodDescription.Parse(
            $"{Start} RKS Fermi-Dirac 1000 K cutoff 300 Ry EPS_DEFAULT 1E-09 EPS_SCF 2E-05 MAX_FORCE 0.0009"));
        Assert.Equal(belongs, recipe.CoversAtom(MethodDescription.Parse($"{Start} {atom}")));
    }

    [Theory]
    [InlineData("UKS Gaussian 0.05 eV cutoff 400 eV EDIFF 1E-06", true)]
    [InlineData("UKS Gaussian 0.01 eV cutoff 400 eV EDIFF 1E-06", false)]
    [InlineData("UKS Gaussian 0.05 eV cutoff 400 eV EDIFF 1E-05", false)]
    [InlineData("RKS Gaussian 0.05 eV cutoff 400 eV EDIFF 1E-06", false)]
    public void CoversAtom_OfPolarisedClusters_MayShareTheirSmearing(string atom, bool belongs)
    {
        const string Vasp = "VASP 5.4.4 PBE PAW_PBE plane-waves";
        var recipe = MethodFingerprint.OfCluster(MethodDescription.Parse($"{Vasp} UKS Gaussian 0.05 eV cutoff 400 eV EDIFF 1E-06 EDIFFG -0.02"));
        Assert.Equal(belongs, recipe.CoversAtom(MethodDescription.Parse($"{Vasp} {atom}")));
    }

    /// <summary>The two ways in which the frozen recipe was written: by hand into a line, and out of the program's output.</summary>
    [Theory]
    [InlineData("Ti13", "RKS Fermi-Dirac 1000 K box 11.0 A")]
    [InlineData("Fe13", "UKS Fermi-Dirac 1000 K box 10.5 A")]
    public void OfCluster_LineOfTheFrozenRecipe_IsItsFingerprint(string name, string occupation)
    {
        var system = ClusterSystem.Parse(name)!;
        var recipe = new Cp2kRecipe();
        var line = MethodDescription.Parse($"{Start} {occupation} cutoff 300 Ry rel_cutoff 40 Ry EPS_SCF 1.0E-05 EPS_DEFAULT 1.0E-9 Poisson WAVELET max_force 0.05 eV/A");
        var atom = MethodDescription.Parse($"{Start} UKS OT box 12.0 A cutoff 300 Ry rel_cutoff 40 Ry EPS_SCF 1.0E-05 EPS_DEFAULT 1.0E-9 Poisson WAVELET max_force 0.05 eV/A");

        var fingerprint = MethodFingerprint.OfCluster(MethodDescription.Parse(recipe.Method("2023.1", system, 12)));

        Assert.Equal(fingerprint, MethodFingerprint.OfCluster(line));
        Assert.True(fingerprint.CoversAtom(atom));
        Assert.True(fingerprint.CoversAtom(MethodDescription.Parse(recipe.Method("2023.1", ClusterSystem.Parse("Pt_atom")!, 12))));
        Assert.True(fingerprint.CoversSinglePoint(MethodDescription.Parse(recipe.Method("2023.1", ClusterSystem.Parse($"{name[..2]}12Pt_in_frozen")!, 12))));
        Assert.Equal("cutoff 300 Ry rel_cutoff 40 Ry poisson wavelet", line.Grid);
        Assert.Equal("EPS_DEFAULT 1E-09 EPS_SCF 1E-05 MAX_FORCE 0.05 eV/A", line.Thresholds);
    }

    [Fact]
    public void OfCluster_PolarisedAndRestricted_AreTwoFingerprints()
    {
        var recipe = new Cp2kRecipe();
        MethodFingerprint Of(string name) => MethodFingerprint.OfCluster(MethodDescription.Parse(recipe.Method("2023.1", ClusterSystem.Parse(name)!, 11)));

        Assert.NotEqual(Of("Fe13"), Of("Ti13"));
        Assert.Equal(Of("Hf12Fe_in"), Of("Ti13"));
        Assert.False(Of("Fe13").CoversSinglePoint(MethodDescription.Parse(recipe.Method("2023.1", ClusterSystem.Parse("Ti12Fe_in_frozen")!, 11))));
    }
}
