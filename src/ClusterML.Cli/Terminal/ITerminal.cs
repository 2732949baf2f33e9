namespace ClusterML.Cli.Terminal;

/// <summary>Everything a verb may say something through: results on <see cref="Out"/>, all else on <see cref="Error"/>.</summary>
internal interface ITerminal
{
    TextWriter Out { get; }

    TextWriter Error { get; }

    /// <summary>Whether <see cref="Error"/> is a terminal on which a line can be rewritten.</summary>
    bool ErrorIsTerminal { get; }

    /// <summary>Columns of the terminal; 80 where there is none.</summary>
    int Width { get; }

    TimeProvider Clock { get; }

    /// <summary>The folder that relative paths start from.</summary>
    string CurrentFolder { get; }

    string? EnvironmentVariable(string name);
}
