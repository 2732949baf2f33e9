namespace ClusterML.Experiments.Yaml;

/// <summary>Where something was written: a place in a file, or an override given on the command line.</summary>
/// <param name="File">The file as the user named it, or the text of the override: <c>--set a.b=v</c>.</param>
/// <param name="Line">Line, from 1; 0 where there is no line.</param>
/// <param name="Column">Column, from 1; 0 where there is no line.</param>
public readonly record struct SourcePosition(string File, int Line, int Column)
{
    /// <summary><c>file:line:col</c>, or the file alone where there is no line.</summary>
    public override string ToString() =>
        Line == 0 ? File : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{File}:{Line}:{Column}");
}
