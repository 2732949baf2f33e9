namespace ClusterML.Cli;

/// <summary>One thing that is wrong, and where; <see cref="File"/> is null where no file is to blame.</summary>
internal sealed record Problem(string Message, string? File = null, int Line = 0, int Column = 0, string? Path = null)
{
    /// <summary><c>file:line:col: path: message</c>, leaving out what is not known.</summary>
    public override string ToString()
    {
        var place = File is null ? string.Empty : Line <= 0 ? $"{File}: " : Column <= 0 ? $"{File}:{Line}: " : $"{File}:{Line}:{Column}: ";
        var path = string.IsNullOrEmpty(Path) ? string.Empty : $"{Path}: ";
        return place + path + Message;
    }
}

/// <summary>Ends a verb with an exit code and every problem found, one line each.</summary>
internal sealed class CommandFailure(int exitCode, IReadOnlyList<Problem> problems, Exception? inner = null)
    : Exception(string.Join(Environment.NewLine, problems), inner)
{
    public CommandFailure(int exitCode, string message)
        : this(exitCode, [new Problem(message)])
    {
    }

    public int ExitCode { get; } = exitCode;

    public IReadOnlyList<Problem> Problems { get; } = problems;
}
