using ClusterML.Chemistry.Calculations;

namespace ClusterML.Chemistry.Tests.Calculations;

public sealed class MethodFingerprintTests
{
    private const string Cluster = "CP2K 2023.1 PBE GTH-PBE DZVP-MOLOPT-SR-GTH RKS Fermi-Dirac 1000 K box 11.0 A cutoff 300 Ry";
    private const string Atom = "CP2K 2023.1 PBE GTH-PBE DZVP-MOLOPT-SR-GTH UKS OT box 8.0 A cutoff 300 Ry";

    private static readonly MethodFingerprint Recipe = MethodFingerprint.OfCluster(MethodDescription.Parse(Cluster));

    [Fact]
    public void Parse_ReadsEveryPart()
    {
        var method = MethodDescription.Parse(Cluster);
        Assert.Equal(
            ("CP2K 2023.1", "PBE", "GTH-PBE", "DZVP-MOLOPT-SR-GTH", "RKS", "Fermi-Dirac 1000 K", "cutoff 300 Ry", 11.0, ""),
            (method.Code, method.Functional, method.Potential, method.Basis, method.Spin, method.Smearing, method.Grid, method.Box, method.Thresholds));
    }

    [Fact]
    public void OfCluster_AnotherBox_IsTheSameRecipe()
    {
        var other = MethodFingerprint.OfCluster(MethodDescription.Parse(Cluster.Replace("11.0", "10.5", StringComparison.Ordinal)));
        Assert.Equal(Recipe, other);
        Assert.Equal(Recipe.Id, other.Id);
    }

    [Theory]
    [InlineData("2023.1", "2024.1")]
    [InlineData(" PBE ", " TPSS ")]
    [InlineData("GTH-PBE", "GTH-BLYP")]
    [InlineData("DZVP", "TZVP")]
    [InlineData("RKS", "UKS")]
    [InlineData("1000 K", "300 K")]
    [InlineData("300 Ry", "400 Ry")]
    [InlineData("300 Ry", "300 Ry eps_scf 1E-6")]
    public void OfCluster_AnotherPart_IsAnotherRecipe(string part, string other)
    {
        var changed = MethodFingerprint.OfCluster(MethodDescription.Parse(Cluster.Replace(part, other, StringComparison.Ordinal)));
        Assert.NotEqual(Recipe, changed);
        Assert.NotEqual(Recipe.Id, changed.Id);
    }

    [Fact]
    public void CoversAtom_AtomPolicyOfTheRecipe_Belongs()
    {
        Assert.True(Recipe.CoversAtom(MethodDescription.Parse(Atom)));
        Assert.True(Recipe.CoversAtom(MethodDescription.Parse(Atom.Replace("8.0", "12.0", StringComparison.Ordinal))));
    }

    [Theory]
    [InlineData("UKS", "RKS")]
    [InlineData("OT", "Fermi-Dirac 1000 K")]
    [InlineData("300 Ry", "400 Ry")]
    public void CoversAtom_AnotherPolicyOrGrid_DoesNotBelong(string part, string other) =>
        Assert.False(Recipe.CoversAtom(MethodDescription.Parse(Atom.Replace(part, other, StringComparison.Ordinal))));

    [Theory]
    [InlineData("cutoff 300 Ry", "the cutoff (cutoff 300 Ry)")]
    [InlineData("RKS ", "the spin (RKS, UKS or ROKS)")]
    [InlineData("Fermi-Dirac 1000 K ", "the occupation (Fermi-Dirac 1000 K, or OT)")]
    [InlineData("DZVP-MOLOPT-SR-GTH ", "CODE VERSION FUNCTIONAL POTENTIAL BASIS at its start")]
    public void Parse_PartMissing_NamesIt(string part, string name)
    {
        var text = Cluster.Replace(part, "", StringComparison.Ordinal);
        Assert.Equal($"method \"{text}\" does not state {name}", Assert.Throws<FormatException>(() => MethodDescription.Parse(text)).Message);
    }
}
