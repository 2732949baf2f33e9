using System.CommandLine;
using ClusterML.Cli.Terminal;

namespace ClusterML.Cli.Verbs;

/// <summary><c>models</c>: what stands in model folders.</summary>
internal sealed class ModelsVerb : Verb
{
    private const int Shown = 10;

    public ModelsVerb(Session session)
        : base("models", "Check the files and predictions of a model.", "clusterml models verify artifacts/runs/RUN")
    {
        Add(new VerifyVerb(session));
    }

    private sealed class VerifyVerb : Verb
    {
        public VerifyVerb(Session session)
            : base(
                "verify",
                "Check the hashes of a model's files, and recompute its golden batch in .NET and in ONNX Runtime.",
                "clusterml models verify artifacts/runs/RUN",
                "clusterml models verify artifacts/backbones/qcd-ft66 --json")
        {
            var model = new Argument<string>("MODEL") { Description = "A run folder, its model folder, or the folder of a backbone." };
            var json = JsonOption();
            Add(model);
            Add(json);
            SetAction(result =>
            {
                var given = result.GetRequiredValue(model);
                var folder = session.FullPath(given);
                if (!Directory.Exists(folder))
                {
                    throw new CommandFailure(ExitCodes.InvalidConfig, [new Problem(File.Exists(folder) ? "is a file; give a run or model folder" : InputPath.Missing, given)]);
                }

                var report = session.Engine.VerifyModel(folder);
                if (result.GetValue(json))
                {
                    JsonOutput.Write(session.Terminal, report);
                    return report.Passed ? ExitCodes.Done : ExitCodes.VerificationMismatch;
                }

                foreach (var check in report.Checks)
                {
                    session.Terminal.Out.WriteLine($"{(check.Passed ? "ok" : "differs")}: {check.Name}: {check.Detail}");
                    foreach (var difference in check.Differences.Take(Shown))
                    {
                        session.Error($"{check.Name}: {difference}");
                    }

                    if (check.Differences.Count > Shown)
                    {
                        session.Error($"{check.Name}: and {check.Differences.Count - Shown} more; --json lists all");
                    }
                }

                return report.Passed ? ExitCodes.Done : ExitCodes.VerificationMismatch;
            });
        }
    }
}
