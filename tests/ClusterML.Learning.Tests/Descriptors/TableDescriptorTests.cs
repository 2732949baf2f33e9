using System.ComponentModel.DataAnnotations;
using ClusterML.Data.Views;
using ClusterML.Learning.Descriptors;
using ClusterML.Learning.Tokens;

namespace ClusterML.Learning.Tests.Descriptors;

public sealed class TableDescriptorTests
{
    private static readonly TableDescriptorOptions Options = new() { Categorical = ["phase"], Numeric = ["t"] };

    [Fact]
    public void Fit_CodesAreOrdinalAndIndependentOfRowOrder()
    {
        var fitted = new TableDescriptorEstimator(Options).Fit(Table(["fcc", "bcc", "hcp", "bcc", ""]));

        Assert.Equal(["bcc", "fcc", "hcp"], fitted.Vocabularies[0].Values);
        Assert.Equal(4, fitted.Vocabularies[0].Cardinality);
        Assert.Equal([3, 0, 1, 0], fitted.Transform(Table(["hcp", "sc", "bcc", ""])).ReadVectors("categorical").Select(c => c[0]));
    }

    [Fact]
    public void Transform_NumericOnly_WritesNoCodes()
    {
        var view = Table(["a", "b"]);

        var schema = new TableDescriptorEstimator(new() { Numeric = ["t"] }).Fit(view).GetOutputSchema(view.Schema);

        Assert.Null(schema.GetColumnOrNull("categorical"));
        Assert.NotNull(schema.GetColumnOrNull("continuous"));
    }

    [Fact]
    public void Constructor_NoColumnOrOneTwice_IsRefused()
    {
        Assert.Throws<ValidationException>(() => new TableDescriptorEstimator(new()));
        Assert.Contains("column t is named", Assert.Throws<ValidationException>(() => new TableDescriptorEstimator(new() { Numeric = ["t", "t"] })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OneHot_UnseenCode_HasNoIndicator()
    {
        var codes = new ColumnarView([ValueColumn.Int32s("categorical", 2, [[3, 1], [5, 1], [0, 2]])]);
        var test = new ColumnarView([ValueColumn.Int32s("categorical", 2, [[5, 2], [4, 0]])]);

        var fitted = new OneHotEstimator(new()).Fit(codes);

        Assert.Equal([[0, 1, 0, 1], [0, 0, 0, 0]], fitted.Transform(test).ReadVectors("one_hot"));
    }

    private static ColumnarView Table(string[] phases) =>
        new([ValueColumn.Text("phase", phases), ValueColumn.Single("t", [.. phases.Select((_, i) => (float)i)])]);
}
