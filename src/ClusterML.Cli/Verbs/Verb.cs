using System.CommandLine;
using ClusterML.Cli.Terminal;

namespace ClusterML.Cli.Verbs;

/// <summary>A command with examples in its help.</summary>
internal class Verb : Command
{
    public Verb(string name, string description, params IReadOnlyList<string> examples)
        : base(name, description) => Examples = examples;

    public IReadOnlyList<string> Examples { get; }

    /// <summary>Every verb, in the order that help lists them.</summary>
    public static IReadOnlyList<Verb> All(Session session) =>
    [
        new RunVerb(session),
        new ValidateVerb(session),
        new PlanVerb(session),
        new RenderVerb(session),
        new SchemaVerb(session),
        new InitVerb(session),
        new PredictVerb(session),
        new ModelsVerb(session),
        new DataVerb(session),
        new LabelVerb(session),
        new StructureVerb(session),
        new ReportVerb(session),
        new CardVerb(session),
        new CacheVerb(session),
        new DoctorVerb(session),
    ];

    protected static Option<bool> JsonOption() => new("--json") { Description = "One JSON document on standard output." };
}
