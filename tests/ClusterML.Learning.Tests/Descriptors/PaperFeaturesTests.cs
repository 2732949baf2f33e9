using ClusterML.Chemistry.Elements;
using ClusterML.Data.Views;
using ClusterML.Learning.Descriptors;
using ClusterML.Learning.Tokens;

namespace ClusterML.Learning.Tests.Descriptors;

public sealed class PaperFeaturesTests
{
    [Fact]
    public void Names_AreSixtySixInAFixedOrder()
    {
        Assert.Equal(
            ["atomic_number_1", "atomic_number_2", "oxidation_states_1", "oxidation_states_2", "standard_state_1", "standard_state_2", "group_block_1", "group_block_2", "electron_configuration_1", "electron_configuration_2"],
            PaperFeatures.CategoricalNames);
        Assert.Equal(56, PaperFeatures.ContinuousNames.Distinct().Count());
        Assert.Equal(
            ["n_atoms_1", "n_atoms_2", "coe_1", "coe_2", "atomic_mass_abs_diff", "atomic_mass_mean", "atomic_radius_abs_diff"],
            PaperFeatures.ContinuousNames.Take(7));
        Assert.Equal(
            ["same_oxidation_states", "same_standard_state", "same_group_block", "same_electron_configuration", "core_n_electron_1", "core_n_electron_2", "core_n_electron_abs_diff", "core_n_electron_mean", "n_3d_1"],
            PaperFeatures.ContinuousNames.Skip(20).Take(9));
        Assert.Equal("n_6s_mean", PaperFeatures.ContinuousNames[^1]);
        Assert.Equal(10, PaperFeatures.Cardinalities.Count);
    }

    [Fact]
    public void Continuous_Ti12Fe_ByHand() => AssertFeatures(
        "Ti",
        "Fe",
        [
            12, 1, 4.85, 4.28,
            7.97, 51.855, 7, 190.5, 0.29, 1.685, 1.074, 7.365, 0.084, 0.121, 130, 1876, 426, 3347, 3.374, 6.187,
            0, 1, 1, 0,
            18, 18, 0, 18, 2, 6, 4, 4, 2, 2, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        ]);

    [Fact]
    public void Continuous_Zr12Pt_ByHand() => AssertFeatures(
        "Zr",
        "Pt",
        [
            12, 1, 6.25, 5.84,
            103.86, 143.15, 23, 197.5, 0.95, 1.805, 2.366, 7.817, 1.702, 1.277, 86.45, 2084.775, 584, 4390, 14.94, 13.99,
            0, 1, 1, 0,
            36, 54, 18, 45, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 2, 1, 0, 14, 14, 7, 2, 0, 2, 1, 0, 9, 9, 4.5, 0, 1, 1, 0.5,
        ]);

    [Fact]
    public void Continuous_Hf12Hf_ByHand() => AssertFeatures(
        "Hf",
        "Hf",
        [
            12, 1, 6.44, 6.44,
            0, 178.5, 0, 212, 0, 1.3, 0, 6.825, 0, 0.178, 0, 2506, 0, 4876, 0, 13.3,
            1, 1, 1, 1,
            54, 54, 0, 54, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 14, 14, 0, 14, 0, 0, 0, 0, 2, 2, 0, 2, 2, 2, 0, 2,
        ]);

    [Fact]
    public void Categorical_ShareOneTableBetweenSites()
    {
        var (ti, fe) = (ElementTable.Default.Find("Ti"), ElementTable.Default.Find("Fe"));

        var codes = PaperFeatures.Categorical(ti, fe);
        var swapped = PaperFeatures.Categorical(fe, ti);

        Assert.Equal([22, 26], codes[..2]);
        Assert.NotEqual(codes[2], codes[3]);
        Assert.Equal(codes[4], codes[5]);
        for (var i = 0; i < 10; i += 2)
        {
            Assert.Equal((codes[i], codes[i + 1]), (swapped[i + 1], swapped[i]));
        }

        Assert.All(codes.Zip(PaperFeatures.Cardinalities), pair => Assert.InRange(pair.First, 1, pair.Second - 1));
    }

    [Fact]
    public void Vocabularies_CoverTheElementList()
    {
        Assert.All(ElementTable.Default.All, e => Assert.All(ElementVocabularies.Codes(e)[..1], code => Assert.Equal(e.AtomicNumber, code)));
        Assert.All(ElementVocabularies.All, v => Assert.Equal(0, v.Code("no such value")));
    }

    [Fact]
    public void Transform_UnknownElement_HasCodesZeroAndNaN()
    {
        var view = new ColumnarView(
        [
            ValueColumn.Text("host", ["Ti", "Xx"]), ValueColumn.Text("dopant", ["Qq", "Fe"]),
            ValueColumn.Single("n_atoms_1", [12, 12]), ValueColumn.Single("n_atoms_2", [1, 1]),
        ]);

        var output = new CompositionDescriptorEstimator(new CompositionDescriptorOptions()).Fit(view).Transform(view);

        var codes = output.ReadVectors("categorical");
        Assert.Equal([22, 0], codes[0][..2]);
        Assert.Equal([0, 26], codes[1][..2]);
        var numbers = output.ReadVectors("continuous")[0];
        Assert.Equal([12, 1], numbers[..2]);
        Assert.Equal(4.85, numbers[2], 1e-6);
        Assert.All(numbers[3..24], v => Assert.True(double.IsNaN(v)));
        Assert.Equal([18, double.NaN, double.NaN, double.NaN], numbers[24..28]);
    }

    private static void AssertFeatures(string host, string dopant, double[] expected)
    {
        var table = ElementTable.Default;
        var actual = PaperFeatures.Continuous(table.Find(host), table.Find(dopant), 12, 1);

        Assert.Equal(56, expected.Length);
        for (var j = 0; j < expected.Length; j++)
        {
            Assert.True(
                Math.Abs(expected[j] - actual[j]) <= 1e-6 * Math.Max(1, Math.Abs(expected[j])),
                $"{PaperFeatures.ContinuousNames[j]}: {actual[j]}, expected {expected[j]}");
        }
    }
}
