using System.CommandLine;
using ClusterML.Cli.Terminal;

namespace ClusterML.Cli.Verbs;

/// <summary><c>schema</c>: the JSON Schema of a kind of file.</summary>
internal sealed class SchemaVerb : Verb
{
    public SchemaVerb(Session session)
        : base("schema", "Print the JSON Schema of a kind of file, for editors.", "clusterml schema pipeline > pipeline.schema.json")
    {
        var kind = new Argument<string>("KIND") { Description = "The kind of file.", DefaultValueFactory = _ => "experiment" };
        kind.AcceptOnlyFromAmong("experiment", "pipeline", "labels", "dataset", "splits");
        Add(kind);
        SetAction(result =>
        {
            session.Terminal.Out.WriteLine(session.Engine.Schema(result.GetRequiredValue(kind)).TrimEnd());
            return ExitCodes.Done;
        });
    }
}
