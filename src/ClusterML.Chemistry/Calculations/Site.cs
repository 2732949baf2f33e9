namespace ClusterML.Chemistry.Calculations;

/// <summary>Where the dopant sits in a 13-atom icosahedron.</summary>
public enum Site
{
    /// <summary>At the centre, bound to twelve hosts.</summary>
    In,

    /// <summary>At a vertex of the shell.</summary>
    Out,
}
