using System.ComponentModel.DataAnnotations;
using ClusterML.Data.Options;

namespace ClusterML.Data.Tests.Options;

public sealed class OptionsValidationTests
{
    [Fact]
    public void Checked_Defaults_AreValid() => Assert.Equal(3.0, new QcdUnaryOptions().Checked().MaxSecondDifference);

    [Fact]
    public void Checked_SeveralViolations_AreOneMessage() => Assert.Equal(
        "QcdUnaryOptions is invalid: The field MaxSecondDifference must be between 0 and 1000.; The field MinAtoms must be between 2 and 1000.",
        Assert.Throws<ValidationException>(() => new QcdUnaryOptions { MaxSecondDifference = -1, MinAtoms = 1 }.Checked()).Message);
}
