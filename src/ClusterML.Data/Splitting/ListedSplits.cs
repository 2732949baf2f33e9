using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace ClusterML.Data;

/// <summary>Splits of one protocol as index lists that are kept beside the rows they are for.</summary>
[Description("Splits of one protocol as lists of row ids, kept beside the rows they are for.")]
public sealed record ListedSplits
{
    /// <summary>The version of this format.</summary>
    public const string SchemaName = "clusterml/splits@1";

    [Description("Format of this file.")]
    [Required]
    [AllowedValues(SchemaName)]
    public string Schema { get; init; } = SchemaName;

    [Description("Name of the table that was split.")]
    [Required]
    public required string Dataset { get; init; }

    [Description("Canonical hash (SHA-256) of the rows that were split, as data describe prints it; other rows are refused.")]
    [Required]
    [RegularExpression("^[0-9a-f]{64}$")]
    public required string Hash { get; init; }

    [Description("The protocol that made the splits, its type first, with what it was given: column, folds, seed.")]
    [Required]
    public required IReadOnlyDictionary<string, string> Protocol { get; init; }

    [Description("The splits.")]
    [Required]
    [MinLength(1)]
    public required IReadOnlyList<ListedSplit> Splits { get; init; }

    /// <summary>Lists of ids for splits of positions.</summary>
    /// <param name="table">The rows that were split.</param>
    /// <param name="protocol">The protocol that made the splits, <c>type</c> first.</param>
    /// <param name="splits">The splits, with the group that each holds out.</param>
    /// <exception cref="DataException">The rows have no ids of their own: a line number is no name for a row.</exception>
    public static ListedSplits Of(DataTable table, IReadOnlyDictionary<string, string> protocol, IEnumerable<(Split Split, string? Group)> splits)
    {
        RequireIds(table, "");
        return new()
        {
            Dataset = table.Name,
            Hash = table.CanonicalHash,
            Protocol = protocol,
            Splits = [.. splits.Select(s => new ListedSplit
            {
                Name = s.Split.Name,
                Group = s.Group,
                K = s.Split.K,
                Fraction = s.Split.Fraction,
                Train = [.. s.Split.Train.Select(row => table.RowIds[row])],
                Test = [.. s.Split.Test.Select(row => table.RowIds[row])],
            })],
        };
    }

    /// <summary>The splits as positions in a table, in the order of <see cref="Splits"/>.</summary>
    /// <param name="table">The rows.</param>
    /// <param name="file">The file, as problems name it.</param>
    /// <exception cref="DataException">The table is not the one that was split, a row is not in it, or a row is listed twice; all of it is named.</exception>
    public IReadOnlyList<Split> On(DataTable table, string file)
    {
        RequireIds(table, file);
        var problems = new List<DataProblem>();
        if (table.CanonicalHash != Hash)
        {
            problems.Add(new(file, 0, 0, $"made for {Dataset} with the hash {Hash[..12]}, and {table.Name} has {table.CanonicalHash[..12]}: rows, units or roles changed since; make the splits again (clusterml data split)"));
        }

        var positions = table.RowIds.Index().ToDictionary(r => r.Item, r => r.Index, StringComparer.Ordinal);
        var faults = new List<(string Split, string Fault)>();
        foreach (var split in Splits)
        {
            void Report(IEnumerable<string> rows, string message)
            {
                if (rows.ToList() is { Count: > 0 } found)
                {
                    faults.Add((split.Name, $"{message}: {string.Join(", ", found.Take(8))}{(found.Count > 8 ? $" and {found.Count - 8} more" : "")}"));
                }
            }

            Report(split.Train.Concat(split.Test).Distinct().Where(id => !positions.ContainsKey(id)), "not in the table");
            Report(split.Train.Intersect(split.Test), "in training and in the test");
            Report(Repeated(split.Train).Concat(Repeated(split.Test)), "listed twice");
        }

        // What is wrong with a row is mostly wrong with it in every split: once is enough.
        problems.AddRange(faults.GroupBy(f => f.Fault, f => f.Split, StringComparer.Ordinal).Select(same => new DataProblem(
            file, 0, 0, same.Count() == 1 ? $"split {same.First()}: {same.Key}" : $"{same.Count()} splits ({string.Join(", ", same.Take(8))}{(same.Count() > 8 ? ", ..." : "")}): {same.Key}")));
        return problems.Count > 0 ? throw new DataException(problems) : [.. Splits.Select(split =>
            new Split(split.Name, Positions(split.Train), Positions(split.Test)) { K = split.K, Fraction = split.Fraction })];

        int[] Positions(IEnumerable<string> ids) => [.. ids.Select(id => positions[id]).Order()];
    }

    private static IEnumerable<string> Repeated(IEnumerable<string> ids) =>
        ids.GroupBy(id => id, StringComparer.Ordinal).Where(g => g.Count() > 1).Select(g => g.Key);

    private static void RequireIds(DataTable table, string file)
    {
        if (table.RowIdsArePositions)
        {
            throw new DataException([new DataProblem(file, 0, 0, $"{table.Name} has no id column, and lists of rows need names that stay: give a column the role id")]);
        }
    }
}
