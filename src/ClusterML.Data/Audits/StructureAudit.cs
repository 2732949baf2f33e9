using ClusterML.Chemistry.Analysis;
using ClusterML.Chemistry.Structures;
using ClusterML.Data.Options;

namespace ClusterML.Data.Audits;

/// <summary>Finds clusters that are copies of each other: turned, reflected, moved, or with their atoms in another order.</summary>
public static class StructureAudit
{
    private const string CheckName = "copies of structures";

    /// <summary>Audits the structures of one table.</summary>
    /// <param name="table">Name of the table.</param>
    /// <param name="structures">Its structures.</param>
    /// <param name="options">How far an atom may be from its partner.</param>
    public static AuditReport Run(string table, IReadOnlyList<NamedStructure> structures, AuditOptions? options = null)
    {
        var tolerance = (options ?? new()).Checked().StructureTolerance;
        var (clusters, skipped) = Isolated(structures);
        return new(
            table,
            structures.Count,
            DuplicateStructures.Find([.. clusters.Select(c => c.Structure)], tolerance).Select(group => Copies([.. group.Members.Select(m => clusters[m])], group.Pairs, clusters, tolerance)),
            [new(CheckName, Reason(structures.Count, skipped))]);
    }

    /// <summary>Audits the structures of a table against those of its pretraining: the network has seen the energy of a copy.</summary>
    /// <param name="table">Name of the table.</param>
    /// <param name="structures">Its structures.</param>
    /// <param name="pretraining">Structures of the pretraining table.</param>
    /// <param name="options">How far an atom may be from its partner.</param>
    public static AuditReport AgainstPretraining(
        string table, IReadOnlyList<NamedStructure> structures, IReadOnlyList<NamedStructure> pretraining, AuditOptions? options = null)
    {
        var tolerance = (options ?? new()).Checked().StructureTolerance;
        var (own, skipped) = Isolated(structures);
        var (seen, skippedThere) = Isolated(pretraining);
        NamedStructure[] all = [.. own, .. seen];
        var findings =
            from duplicates in DuplicateStructures.Find([.. all.Select(c => c.Structure)], tolerance)
            let tested = duplicates.Members.Where(m => m < own.Length).ToArray()
            let trained = duplicates.Members.Where(m => m >= own.Length).ToArray()
            where tested.Length > 0 && trained.Length > 0
            select Finding.Of(
                FindingKinds.PretrainingOverlap,
                FormattableString.Invariant($"{string.Join(", ", Names(tested))}: the same structure as {string.Join(", ", Names(trained))} of pretraining, to within {tolerance} Angstrom"),
                tested.SelectMany(m => all[m].Rows).Distinct());
        return new(table, structures.Count, findings, [new("copies of structures in pretraining", Reason(structures.Count + pretraining.Count, skipped + skippedThere))]);

        IEnumerable<string> Names(int[] members) => members.Select(m => all[m].Name).Order(StringComparer.Ordinal);
    }

    private static Finding Copies(
        IReadOnlyList<NamedStructure> members, IReadOnlyList<DuplicatePair> pairs, IReadOnlyList<NamedStructure> clusters, double tolerance)
    {
        var farthest = pairs.Max(p => p.Match.MaxDeviation);
        return Finding.Of(
            FindingKinds.DuplicateStructures,
            FormattableString.Invariant(
                $"{string.Join(", ", members.Select(m => m.Name).Order(StringComparer.Ordinal))} are one structure of {clusters[pairs[0].First].Structure.Count} atoms: no atom is farther than {farthest:0.000} Angstrom from its partner (limit {tolerance})"),
            members.SelectMany(m => m.Rows).Distinct());
    }

    /// <summary>Clusters; what goes on through its cell has no shape to compare.</summary>
    private static (NamedStructure[] Clusters, int Skipped) Isolated(IReadOnlyList<NamedStructure> structures)
    {
        var clusters = structures.Where(s => s.Structure.Cell is not { IsPeriodic: true } || EndsInItsCell(s.Structure)).ToArray();
        return (clusters, structures.Count - clusters.Length);
    }

    private static bool EndsInItsCell(Structure structure)
    {
        try
        {
            _ = DuplicateStructures.Find([structure], 0.1);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static string? Reason(int all, int skipped) =>
        all == 0 ? "there are no structures" : skipped > 0 ? FormattableString.Invariant($"{skipped} of {all} structures are periodic and were left out") : null;
}
