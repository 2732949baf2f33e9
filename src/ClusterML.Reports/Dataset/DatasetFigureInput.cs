using ClusterML.Chemistry.Energetics.Bulk;
using ClusterML.Chemistry.Energetics.Trends;

namespace ClusterML.Reports.Dataset;

/// <summary>What the figures of a dataset are drawn from.</summary>
/// <param name="Name">Name of the dataset, for titles.</param>
/// <param name="Sites">What is known of every site.</param>
/// <param name="Bulk">The bulk metals; those that were not computed are drawn from experiment only.</param>
public sealed record DatasetFigureInput(string Name, SiteTable Sites, BulkComparison Bulk);
