using ClusterML.Cli.Engine;

namespace ClusterML.Cli.Terminal;

/// <summary>What every verb gets: the terminal, the engine, and how loud to be.</summary>
internal sealed class Session(ITerminal terminal, IExperimentEngine engine, IInterruption interruption)
{
    public ITerminal Terminal { get; } = terminal;

    public IExperimentEngine Engine { get; } = engine;

    public IInterruption Interruption { get; } = interruption;

    /// <summary>Only errors go to standard error.</summary>
    public bool Quiet { get; set; }

    /// <summary>Stack traces of unexpected errors are shown.</summary>
    public bool Verbose { get; set; }

    /// <summary><c>--no-color</c> was given.</summary>
    public bool NoColor { get; set; }

    /// <summary>Colour on standard error: a terminal, and neither <c>--no-color</c> nor a non-empty NO_COLOR.</summary>
    public bool UseColor => Terminal.ErrorIsTerminal && !NoColor && string.IsNullOrEmpty(Terminal.EnvironmentVariable("NO_COLOR"));

    /// <summary>An error: always shown.</summary>
    public void Error(string message) => Terminal.Error.WriteLine(UseColor ? $"\e[31m{message}\e[0m" : message);

    /// <summary>Something worth knowing: hidden by <c>--quiet</c>.</summary>
    public void Note(string message)
    {
        if (!Quiet)
        {
            Terminal.Error.WriteLine(message);
        }
    }

    /// <summary><paramref name="path"/> from the current folder.</summary>
    public string FullPath(string path) => Path.GetFullPath(path, Terminal.CurrentFolder);
}
