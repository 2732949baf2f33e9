namespace ClusterML.Chemistry.Formats;

/// <summary>What a structure file may ask for at most. Memory follows what a file holds, never what a count in it announces.</summary>
public static class FormatLimits
{
    /// <summary>Atoms of one structure.</summary>
    public const int MaxAtoms = 20_000_000;

    /// <summary>Characters of one line of a text file.</summary>
    public const int MaxLineLength = 4 << 20;

    /// <summary>Values of one row of extended xyz.</summary>
    public const int MaxColumns = 4096;

    /// <summary>Arrays and objects inside each other in JSON.</summary>
    public const int MaxDepth = 64;

    /// <summary>Characters of one text of JSON.</summary>
    public const int MaxTextLength = 16 << 20;

    /// <summary>Bytes of one value of an SQLite database.</summary>
    public const int MaxBlobLength = 512 << 20;
}
