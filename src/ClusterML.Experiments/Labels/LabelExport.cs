using ClusterML.Chemistry.Campaigns;
using ClusterML.Chemistry.Files;
using ClusterML.Data.Datasets;

namespace ClusterML.Experiments.Labels;

/// <summary>Turns what a campaign has finished into a dataset folder.</summary>
public static class LabelExport
{
    /// <summary>Writes the results and the reasons of failures beside a <c>dataset.json</c>, and the card, <c>DATA_CARD.md</c>; what is there with the same content stays as it is.</summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="folder">The dataset folder; one that describes another dataset is refused.</param>
    /// <returns>How many results and how many failures the dataset holds of this campaign.</returns>
    /// <exception cref="Data.DataException">The folder's <c>dataset.json</c> cannot be read or is of another kind, or nothing is finished yet.</exception>
    public static (int Results, int Failures) Write(LabelCampaign campaign, string folder)
    {
        var status = campaign.Status();
        if (status.Count(StateKind.Done) == 0)
        {
            throw new Data.DataException([new(campaign.Folder.Root, 0, 0, "the campaign has no finished calculation yet; `label run` makes them")]);
        }

        var description = Path.Combine(folder, DatasetFile.FileName);
        if (!File.Exists(description))
        {
            DatasetFile.Write(description, Describe(campaign));
        }
        else if (DatasetFile.Read(description) is { Kind: not DatasetKind.Calculations } other)
        {
            throw new Data.DataException([new(description, 0, 0, $"{other.Name} is a table, not a dataset of calculations; give another folder")]);
        }

        var results = Copy(status, StateKind.Done, campaign.Folder.ResultFile, Path.Combine(folder, "calculations"));
        var failures = Copy(status, StateKind.Failed, campaign.Folder.FailureFile, Path.Combine(folder, "failed"));
        DataCard.Write(Dataset.Open(folder), new() { PerHost = true });
        return (results, failures);
    }

    private static int Copy(CampaignStatus status, StateKind kind, Func<string, string> source, string target)
    {
        var copied = 0;
        foreach (var name in status.Calculations.Where(c => c.Kind == kind).Select(c => c.Planned.Name))
        {
            if (kind == StateKind.Done)
            {
                // It may have failed before.
                var stale = Path.Combine(Path.GetDirectoryName(target)!, "failed", $"{name}.json");
                if (File.Exists(stale))
                {
                    File.Delete(stale);
                }
            }

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
