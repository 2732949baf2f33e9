namespace ClusterML.Chemistry.Calculations;

/// <summary>How sites are called in names of systems, tables and messages.</summary>
public static class SiteNames
{
    /// <summary><c>in</c> or <c>out</c>.</summary>
    public static string Name(this Site site) => site == Site.In ? "in" : "out";
}
