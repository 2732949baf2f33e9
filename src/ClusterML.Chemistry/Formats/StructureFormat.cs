namespace ClusterML.Chemistry.Formats;

/// <summary>A format of files that hold structures.</summary>
public enum StructureFormat
{
    /// <summary>Plain xyz: symbols, positions and a free comment.</summary>
    Xyz,

    /// <summary>Extended xyz: the comment names the columns and holds the cell and properties of the frame.</summary>
    ExtendedXyz,

    /// <summary>POSCAR or CONTCAR of VASP 4 to 6: one structure in a periodic cell.</summary>
    Poscar,

    /// <summary>JSON of ASE: a database of rows, or encoded <c>Atoms</c>.</summary>
    AseJson,

    /// <summary>SQLite database of ASE, versions 5 to 9.</summary>
    AseDb,
}
