using ClusterML.Chemistry.Calculations;
using ClusterML.Chemistry.Campaigns;
using ClusterML.Chemistry.Files;
using ClusterML.Data.Datasets;
using ClusterML.Data.Energetics;
using ClusterML.Experiments.Configuration;

namespace ClusterML.Experiments.Labels;

/// <summary>Turns what a campaign has finished into a dataset folder.</summary>
public static class LabelExport
{
    /// <summary>Writes the results and the reasons of failures beside a <c>dataset.json</c>, and the card, <c>DATA_CARD.md</c>; what is there with the same content stays as it is.</summary>
    /// <remarks>
    /// With <see cref="LabelsConfig.RecipeFolder"/> they go into the subfolder of that name, and files of other recipes are not touched.
    /// The card is made of all calculations.
    /// </remarks>
    /// <param name="campaign">The campaign.</param>
    /// <param name="folder">The dataset folder; one that describes another dataset is refused.</param>
    /// <returns>How many results and how many failures the dataset holds of this campaign.</returns>
    /// <exception cref="Data.DataException">
    /// The folder's <c>dataset.json</c> cannot be read or is of another kind, nothing is finished yet, or a result would stand beside one of the
    /// same system and method, or in place of one with another method. Nothing is written then.
    /// </exception>
    public static (int Results, int Failures) Write(LabelCampaign campaign, string folder)
    {
        var status = campaign.Status();
        if (status.Count(StateKind.Done) == 0)
        {
            throw new Data.DataException([new(campaign.Folder.Root, 0, 0, "the campaign has no finished calculation yet; `label run` makes them")]);
        }

        var recipe = campaign.Config.RecipeFolder;
        var calculations = Path.Combine(folder, Dataset.CalculationsFolder, recipe);
        RequirePlace(status, folder, calculations);
        var description = Path.Combine(folder, DatasetFile.FileName);
        if (!File.Exists(description))
        {
            DatasetFile.Write(description, Describe(campaign));
        }
        else if (DatasetFile.Read(description) is { Kind: not DatasetKind.Calculations } other)
        {
            throw new Data.DataException([new(description, 0, 0, $"{other.Name} is a table, not a dataset of calculations; give another folder")]);
        }

        var failed = Path.Combine(folder, DatasetFailure.FailedFolder, recipe);
        foreach (var name in Names(status, StateKind.Done))
        {
            // It may have failed before.
            var stale = Path.Combine(failed, $"{name}.json");
            if (File.Exists(stale))
            {
                File.Delete(stale);
            }
        }

        var results = Copy(Names(status, StateKind.Done), campaign.Folder.ResultFile, calculations);
        var failures = Copy(Names(status, StateKind.Failed), campaign.Folder.FailureFile, failed);
        DataCard.Write(Dataset.Open(folder), new() { PerHost = true });
        return (results, failures);
    }

    private static IEnumerable<string> Names(CampaignStatus status, StateKind kind) => status.Calculations.Where(c => c.Kind == kind).Select(c => c.Planned.Name);

    /// <summary>Refuses results that would take the place of another recipe's, or stand beside one of their own recipe.</summary>
    private static void RequirePlace(CampaignStatus status, string folder, string target)
    {
        var all = Path.Combine(folder, Dataset.CalculationsFolder);
        if (!Directory.Exists(all) || CalculationFiles.In(all).Count == 0)
        {
            return;
        }

        var there = CalculationFolder.ReadCandidates(all).Calculations;
        var coming = status.Calculations.Select(c => c.Result).OfType<Calculation>()
            .Select(c => Path.Combine(target, $"{c.Name}.json") is var file ? c with { File = file, Place = CalculationFiles.NameIn(all, file) } : c)
            .ToDictionary(c => c.Place, StringComparer.Ordinal);
        var problems = there.Where(c => coming.GetValueOrDefault(c.Place) is { } result && result.Method with { Box = 0 } != c.Method with { Box = 0 })
            .Select(c => new Data.DataProblem(
                c.File, 0, 0, $"{c.Name} of the campaign has another method ({coming[c.Place].Method}) than this file; recipe_folder in its config gives it a folder of its own"))
            .ToArray();
        problems = problems.Length > 0 ? problems : [.. CalculationFolder.Repeated([.. there.Where(c => !coming.ContainsKey(c.Place)), .. coming.Values.OrderBy(c => c.Place, StringComparer.Ordinal)])];
        if (problems.Length > 0)
        {
            throw new Data.DataException(problems);
        }
    }

    private static int Copy(IEnumerable<string> names, Func<string, string> source, string target)
    {
        var copied = 0;
        foreach (var name in names)
        {
            AtomicFile.WriteBytes(Path.Combine(target, $"{name}.json"), File.ReadAllBytes(source(name)));
            copied++;
        }

        return copied;
    }

    private static DatasetDescription Describe(LabelCampaign campaign) => new()
    {
        Name = campaign.Config.Name,
        Title = campaign.Config.Description ?? campaign.Config.Name,
        Version = "0.1.0",
        Licence = campaign.Config.Licence,
        Citation = campaign.Config.Citation,
        Description = $"Computed by the campaign {campaign.Config.Name}. Method: {campaign.Method}.",
        Row = "A host and a dopant whose clusters are relaxed with the dopant at the centre and at a vertex of the shell; X13 is the row X12X, one cluster for both.",
        Kind = DatasetKind.Calculations,
        Columns = X12tmColumns.All,
        HowToRemake = "clusterml label run CONFIG, then clusterml label export CONFIG --out FOLDER; CONFIG is the campaign's config.",
    };
}
