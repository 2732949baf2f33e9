using System.CommandLine;
using System.Globalization;
using ClusterML.Cli.Terminal;
using ClusterML.Experiments.Engine;

namespace ClusterML.Cli.Verbs;

/// <summary><c>cache</c>: stage results that can be made again.</summary>
internal sealed class CacheVerb : Verb
{
    public CacheVerb(Session session)
        : base(
            "cache",
            "Stage results that can be made again: where, how large, which runs use them.",
            "clusterml cache list",
            "clusterml cache clean --dry-run")
    {
        Add(new ListVerb(session));
        Add(new CleanVerb(session));
    }

    private static void Write(Session session, IReadOnlyList<CacheUse> entries, bool json, string total)
    {
        var bytes = entries.Sum(e => e.Bytes);
        if (json)
        {
            JsonOutput.Write(session.Terminal, new { Entries = entries, Bytes = bytes });
            return;
        }

        TextTable.Write(
            session.Terminal.Out,
            ["stage", "hash", "bytes", "runs", "path"],
            [.. entries.Select(e => new[] { e.Stage, e.Hash[..12], $"{e.Bytes}", $"{e.Runs.Count}", e.Path })]);
        session.Note(string.Create(CultureInfo.InvariantCulture, $"{total}: {entries.Count} results, {bytes / 1e6:F1} MB"));
    }

    private sealed class ListVerb : Verb
    {
        public ListVerb(Session session)
            : base("list", "List the stage results below artifacts/ in the current folder.", "clusterml cache list --json")
        {
            var json = JsonOption();
            Add(json);
            SetAction(result =>
            {
                Write(session, session.Engine.ListCache(), result.GetValue(json), "In all");
                return ExitCodes.Done;
            });
        }
    }

    private sealed class CleanVerb : Verb
    {
        public CleanVerb(Session session)
            : base(
                "clean",
                "Remove stage results that no run folder in artifacts/runs uses. Runs made elsewhere with --out are not counted.",
                "clusterml cache clean --dry-run",
                "clusterml cache clean --all --stage pretrain")
        {
            var all = new Option<bool>("--all") { Description = "Also those that run folders use; the run folders stay." };
            var stage = new Option<string?>("--stage") { Description = "Only results of this stage.", HelpName = "STAGE" };
            var dryRun = new Option<bool>("--dry-run") { Description = "Say what would be removed; remove nothing." };
            var json = JsonOption();
            Add(all);
            Add(stage);
            Add(dryRun);
            Add(json);
            SetAction(result =>
            {
                var dry = result.GetValue(dryRun);
                var everything = result.GetValue(all);
                var removed = session.Engine.CleanCache(everything, result.GetValue(stage), dry);
                Write(session, removed, result.GetValue(json), dry ? "Would be removed" : "Removed");
                if (!everything)
                {
                    session.Note("Only runs in artifacts/runs were counted: a result that only a run made with --out uses counts as unused. Run folders keep their files, and results can be made again.");
                }

                return ExitCodes.Done;
            });
        }
    }
}
