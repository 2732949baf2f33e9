using ClusterML.Chemistry.Calculations;

namespace ClusterML.Chemistry.Imports;

/// <summary>A calculation as it was found in the files of a program, with what could not be read.</summary>
public sealed record ImportedCalculation
{
    /// <summary>The calculation. Its flags say whether it converged; one that did not is imported too.</summary>
    public required Calculation Calculation { get; init; }

    /// <summary>What it was imported from.</summary>
    public required ImportFormat Format { get; init; }

    /// <summary>The file or the folder.</summary>
    public required string Source { get; init; }

    /// <summary>Number of the structure in a file of many, from 1; null for a file or folder of one calculation.</summary>
    public int? Frame { get; init; }

    /// <summary>Every ionic step with its convergence; empty when the file has none.</summary>
    public IReadOnlyList<IonicStep> Steps { get; init; } = [];

    /// <summary>What the files do not state, such as <c>forces</c>.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];

    /// <summary>What the reader should know before using it: contradictions, truncation, rules that were applied.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}
