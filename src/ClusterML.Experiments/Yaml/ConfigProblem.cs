namespace ClusterML.Experiments.Yaml;

/// <summary>One mistake in a configuration: where it is, what it is, and what would be right.</summary>
/// <param name="File">The file, or the text of a <c>--set</c> override.</param>
/// <param name="Line">Line, from 1; 0 for an override.</param>
/// <param name="Column">Column, from 1; 0 for an override.</param>
/// <param name="Path">Path of the value, such as <c>protocols[1].column</c>; empty for the document.</param>
/// <param name="Message">What is wrong, and what would be right.</param>
public sealed record ConfigProblem(string File, int Line, int Column, string Path, string Message)
{
    /// <summary>A problem at a position.</summary>
    public ConfigProblem(SourcePosition position, string path, string message)
        : this(position.File, position.Line, position.Column, path, message)
    {
    }

    /// <summary>Where it is.</summary>
    public SourcePosition Position => new(File, Line, Column);

    /// <summary><c>file:line:col: path: message</c>; without the path for the document as a whole.</summary>
    public override string ToString() => Path.Length == 0 ? $"{Position}: {Message}" : $"{Position}: {Path}: {Message}";
}
