namespace ClusterML.Chemistry.Structures;

/// <summary>Where in its shell an atom of a cluster sits.</summary>
public enum SiteKind
{
    /// <summary>At the centre of the cluster: shell 0.</summary>
    Centre,

    /// <summary>At a corner of the polyhedron that the shell forms.</summary>
    Vertex,

    /// <summary>Inside an edge.</summary>
    Edge,

    /// <summary>Inside a face.</summary>
    Face,
}
