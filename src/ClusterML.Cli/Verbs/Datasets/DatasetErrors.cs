using System.ComponentModel.DataAnnotations;
using ClusterML.Chemistry;
using ClusterML.Data;

namespace ClusterML.Cli.Verbs.Datasets;

/// <summary>Errors of data that a verb reads itself, as exit codes.</summary>
internal static class DatasetErrors
{
    /// <summary>Runs <paramref name="call"/>; unreadable data end it with exit code 4, all problems at once.</summary>
    public static T Guarded<T>(Func<T> call)
    {
        try
        {
            return call();
        }
        catch (DataException e)
        {
            throw new CommandFailure(ExitCodes.DataCheckFailed, [.. e.Problems.Select(p => new Problem(p.Message, p.File.Length == 0 ? null : p.File, p.Line, p.Column))], e);
        }
        catch (MalformedFileException e)
        {
            throw new CommandFailure(ExitCodes.DataCheckFailed, [new Problem(e.Message, e.File, e.Line, e.Column)], e);
        }
        catch (ValidationException e)
        {
            throw new CommandFailure(ExitCodes.WrongUsage, e.Message);
        }
    }
}
