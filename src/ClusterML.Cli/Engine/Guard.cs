using System.ComponentModel.DataAnnotations;
using ClusterML.Chemistry;
using ClusterML.Cli.Terminal;
using ClusterML.Data;
using ClusterML.Experiments.Audits;
using ClusterML.Experiments.Engine;
using ClusterML.Experiments.Prediction;
using ClusterML.Experiments.Yaml;

namespace ClusterML.Cli.Engine;

/// <summary>Turns the exceptions of the rooms below into exit codes, with every problem they carry.</summary>
internal static class Guard
{
    /// <summary>Calls, and turns what goes wrong into a <see cref="CommandFailure"/>.</summary>
    public static T Run<T>(Func<T> call)
    {
        try
        {
            return call();
        }
        catch (ConfigException e)
        {
            throw new CommandFailure(ExitCodes.InvalidConfig, [.. e.Problems.Select(p => new Problem(p.Message, p.File, p.Line, p.Column, p.Path))], e);
        }
        catch (DataException e)
        {
            throw new CommandFailure(ExitCodes.DataCheckFailed, [.. e.Problems.Select(p => new Problem(p.Message, p.File.Length == 0 ? null : p.File, p.Line, p.Column))], e);
        }
        catch (AuditException e)
        {
            throw new CommandFailure(
                ExitCodes.DataCheckFailed,
                [.. AuditText.Lines(e.Report).Append(AuditText.Summary(e.Report)).Append(AuditText.HowToAccept(e.Report)).Select(line => new Problem(line))],
                e);
        }
        catch (MalformedFileException e)
        {
            throw new CommandFailure(ExitCodes.DataCheckFailed, [new Problem(e.Message, e.File, e.Line, e.Column)], e);
        }
        catch (VerificationException e)
        {
            throw new CommandFailure(ExitCodes.VerificationMismatch, [e.Problem is { } p ? new Problem(p.Message, p.File, p.Line, p.Column, p.Path) : new Problem(e.Message)], e);
        }
        catch (ValidationException e)
        {
            throw new CommandFailure(ExitCodes.InvalidConfig, [new Problem(e.Message)], e);
        }
        catch (UnknownStageException e)
        {
            throw new CommandFailure(ExitCodes.WrongUsage, [new Problem(e.Message)], e);
        }
    }
}
