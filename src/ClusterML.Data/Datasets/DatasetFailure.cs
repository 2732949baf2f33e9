using ClusterML.Chemistry;
using ClusterML.Chemistry.Calculations;
using ClusterML.Chemistry.Campaigns;

namespace ClusterML.Data.Datasets;

/// <summary>A failure that a dataset records in <c>failed/</c>, or in the subfolder of a recipe there.</summary>
/// <param name="Folder">The subfolder with a slash at its end, as results of that recipe have it in <c>calculations/</c>; empty for none.</param>
/// <param name="Failure">The failure.</param>
public sealed record DatasetFailure(string Folder, CampaignFailure Failure)
{
    /// <summary>The subfolder of failures.</summary>
    public const string FailedFolder = "failed";

    /// <summary>Name of the calculation, with the subfolder in front where there is one.</summary>
    public string PlacedName => Folder + Failure.Name;

    /// <summary>Every failure of a dataset folder, in the order of the paths of their files.</summary>
    /// <exception cref="MalformedFileException">The record of a failure is damaged.</exception>
    public static IReadOnlyList<DatasetFailure> Read(string folder)
    {
        var failed = Path.Combine(folder, FailedFolder);
        if (!Directory.Exists(failed))
        {
            return [];
        }

        var campaign = new CampaignFolder(folder);
        return [.. CalculationFiles.In(failed).Select(file => CalculationFiles.NameIn(failed, file)).Select(name =>
            new DatasetFailure(name[..(name.LastIndexOf('/') + 1)], campaign.Failure(name[..^".json".Length])!))];
    }
}
