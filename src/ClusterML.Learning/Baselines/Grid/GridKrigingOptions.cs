using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using ClusterML.Learning.Descriptors;

namespace ClusterML.Learning.Baselines.Grid;

/// <summary>Kriging (Gaussian process regression) on the host-dopant grid, whose axes are properties of the elements.</summary>
public sealed record GridKrigingOptions : IValidatableObject
{
    [Description("Text column with the symbol of the host.")]
    [Required]
    public string HostColumn { get; init; } = "host";

    [Description("Text column with the symbol of the dopant.")]
    [Required]
    public string DopantColumn { get; init; } = "dopant";

    [Description("Element properties that say how alike two elements are, each with a length of its own; group and period are the place in the periodic table.")]
    [Required]
    [MinLength(1)]
    public IReadOnlyList<string> Properties { get; init; } = ["group", "period"];

    [Description("How likeness falls with distance: exponential (rough; reverts quickly to the mean), matern32, or matern52 (smooth; extrapolates).")]
    public GridKernel Kernel { get; init; } = GridKernel.Exponential;

    [Description("Add a row of value 0 for every element as a dopant in itself. True for segregation energies, by definition, and for nothing else; it needs no label.")]
    public bool ZeroInItself { get; init; }

    [Description("Rows in the likelihood that chooses lengths and amplitudes; more are drawn from by a seed. All rows enter the prediction.")]
    [Range(10, 5000)]
    public int LikelihoodRows { get; init; } = 250;

    [Description("Steps up the likelihood.")]
    [Range(0, 1000)]
    public int Iterations { get; init; } = 40;

    [Description("Column to predict.")]
    [Required]
    public string TargetColumn { get; init; } = "targets";

    [Description("Column that is written.")]
    [Required]
    public string OutputColumn { get; init; } = "prediction";

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var name in Properties.Where(p => ElementProperty.Find(p) is null))
        {
            yield return new($"there is no element property {name}; the properties are {string.Join(", ", ElementProperty.All.Select(p => p.Name))}");
        }
    }
}

/// <summary>Covariance of two elements as a function of their scaled distance r.</summary>
public enum GridKernel
{
    /// <summary>exp(-r).</summary>
    Exponential,

    /// <summary>(1 + √3 r) exp(-√3 r).</summary>
    Matern32,

    /// <summary>(1 + √5 r + 5r²/3) exp(-√5 r).</summary>
    Matern52,
}
