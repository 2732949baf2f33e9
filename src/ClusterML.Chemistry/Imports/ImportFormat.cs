namespace ClusterML.Chemistry.Imports;

/// <summary>What a calculation was imported from.</summary>
public enum ImportFormat
{
    /// <summary>An output of CP2K, with the trajectory and the projected densities of states beside it.</summary>
    Cp2k,

    /// <summary>Files of VASP: vasprun.xml, OUTCAR, CONTCAR or POSCAR, DOSCAR, EIGENVAL.</summary>
    Vasp,

    /// <summary>A structure file with energies: extended xyz, or a database or JSON of ASE.</summary>
    Structures,

    /// <summary>A calculation that this library wrote, one JSON file.</summary>
    Calculation,
}
