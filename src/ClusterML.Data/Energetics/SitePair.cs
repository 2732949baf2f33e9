using ClusterML.Chemistry.Calculations;
using ClusterML.Chemistry.Elements;

namespace ClusterML.Data.Energetics;

/// <summary>A quantity of a site, computed and published.</summary>
/// <param name="Host">The host.</param>
/// <param name="Dopant">The dopant; the host itself for X13.</param>
/// <param name="Site">Where the dopant is.</param>
/// <param name="Column">The quantity, with its unit.</param>
/// <param name="Ours">The value of the dataset.</param>
/// <param name="Published">The published value.</param>
public sealed record SitePair(Element Host, Element Dopant, Site Site, SiteColumn Column, double Ours, double Published)
{
    /// <summary>The dataset's value less the published one.</summary>
    public double Difference => Ours - Published;
}
