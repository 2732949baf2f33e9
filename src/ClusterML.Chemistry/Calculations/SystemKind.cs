namespace ClusterML.Chemistry.Calculations;

/// <summary>What a calculation is of.</summary>
public enum SystemKind
{
    /// <summary>A free atom.</summary>
    FreeAtom,

    /// <summary>Twelve atoms of the host, the reference of formation energies.</summary>
    X12,

    /// <summary>Thirteen atoms of the host: host and dopant are the same, and so are both sites.</summary>
    X13,

    /// <summary>Twelve atoms of the host and one dopant.</summary>
    X12TM,

    /// <summary>The twelve host atoms cut out of a relaxed X12TM, left where they were: what interaction and distortion energies need.</summary>
    FrozenX12,

    /// <summary>Anything else: it can be imported and described, and takes no part in formation energies.</summary>
    Other,
}
