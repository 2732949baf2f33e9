namespace ClusterML.Chemistry.Calculations;

/// <summary>A calculation file that cannot be understood.</summary>
public sealed class CalculationFormatException(string file, int line, int column, string message, Exception? inner = null)
    : FormatException(message, inner)
{
    /// <summary>The file.</summary>
    public string File { get; } = file;

    /// <summary>Line from 1; 0 when no single line is to blame.</summary>
    public int Line { get; } = line;

    /// <summary>Character of the line from 1; 0 when no single one is to blame.</summary>
    public int Column { get; } = column;
}
