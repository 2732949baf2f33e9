namespace ClusterML.Chemistry.Analysis;

/// <summary>How two structures are related.</summary>
public enum MatchKind
{
    /// <summary>No rotation, reflection and renumbering lays one on the other.</summary>
    Different,

    /// <summary>The same up to translation, rotation and numbering of the atoms.</summary>
    Equal,

    /// <summary>The same only after a reflection: the two hands of a chiral structure.</summary>
    MirrorImage,
}
