using System.Text.Json;

namespace ClusterML.Acceptance;

/// <summary>How a command ended and what it said.</summary>
public sealed record CommandResult(string Command, int ExitCode, string Out, string Error)
{
    /// <summary>The last line of standard output: for <c>run</c>, the run folder.</summary>
    public string LastLine => Out.TrimEnd('\n').Split('\n')[^1];

    public JsonElement Json => JsonDocument.Parse(Out).RootElement;

    /// <summary>Asserts the exit code, showing all that was said when it is another.</summary>
    public CommandResult Ended(int exitCode)
    {
        Assert.True(ExitCode == exitCode, $"{Command}\nended with {ExitCode}, not {exitCode}\n--- stdout\n{Out}\n--- stderr\n{Error}");
        return this;
    }
}
