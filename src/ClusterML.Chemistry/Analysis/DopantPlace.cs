namespace ClusterML.Chemistry.Analysis;

/// <summary>Where the single atom of another element sits in a cluster, as its relaxed geometry says.</summary>
public enum DopantPlace
{
    /// <summary>At the centre: the paper's "in".</summary>
    Centre,

    /// <summary>Below the surface and not at the centre: bonded to eleven atoms or more. Not possible with 13 atoms.</summary>
    Inner,

    /// <summary>In the surface, around a host at the centre: the paper's "out".</summary>
    Surface,

    /// <summary>On the surface: bonded to four atoms or fewer. Neither in nor out.</summary>
    Adatom,

    /// <summary>No atom is at the centre, so the cluster has lost the structure in which in and out are told apart.</summary>
    Displaced,
}
