using ClusterML.Chemistry.Calculations;
using ClusterML.Chemistry.Elements;

namespace ClusterML.Data.Energetics;

/// <summary>What was published for a site.</summary>
/// <param name="Place">File and line.</param>
/// <param name="Host">The host.</param>
/// <param name="Dopant">The dopant; the host itself for X13.</param>
/// <param name="Site">Where the dopant is.</param>
/// <param name="Values">Values by the names of <see cref="SiteColumn.All"/>, in their units; NaN where nothing was published.</param>
public sealed record PublishedSite(string Place, Element Host, Element Dopant, Site Site, IReadOnlyDictionary<string, double> Values);
