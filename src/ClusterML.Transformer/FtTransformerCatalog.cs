using Microsoft.ML;

namespace ClusterML.Transformer;

/// <summary>The FT-Transformer among ML.NET's regression trainers.</summary>
public static class FtTransformerCatalog
{
    /// <summary>A trainer of an FT-Transformer on category codes and numbers, for one or more targets.</summary>
    /// <param name="trainers">ML.NET's regression trainers.</param>
    /// <param name="options">Columns, architecture, training and seed; the defaults of each when null.</param>
    /// <exception cref="System.ComponentModel.DataAnnotations.ValidationException">An options record is invalid.</exception>
    public static FtTransformerEstimator FtTransformer(this RegressionCatalog.RegressionTrainers trainers, FtTransformerTrainerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(trainers);
        options ??= new();
        return new(options.Network, options.Training, options.Setup(), options.Columns);
    }
}
