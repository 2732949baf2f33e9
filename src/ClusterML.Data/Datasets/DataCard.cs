using System.Globalization;
using System.Text;
using ClusterML.Chemistry;
using ClusterML.Chemistry.Calculations;
using ClusterML.Chemistry.Elements;
using ClusterML.Chemistry.Files;
using ClusterML.Data.Units;

namespace ClusterML.Data.Datasets;

/// <summary>The card of a dataset, <c>DATA_CARD.md</c>: every number in it is counted from the files.</summary>
public static class DataCard
{
    /// <summary>Writes the card into the dataset's folder.</summary>
    /// <param name="dataset">The dataset.</param>
    /// <param name="options">Which calculations become rows; for datasets of calculations.</param>
    /// <returns>The file.</returns>
    /// <exception cref="DataException">The rows cannot be read.</exception>
    public static string Write(Dataset dataset, X12tmOptions? options = null)
    {
        var path = Path.Combine(dataset.Folder, Dataset.CardFile);
        AtomicFile.WriteText(path, Text(dataset, options));
        return path;
    }

    /// <summary>The card as text.</summary>
    /// <exception cref="DataException">The rows cannot be read.</exception>
    public static string Text(Dataset dataset, X12tmOptions? options = null)
    {
        var description = dataset.Description;
        var calculations = description.Kind == DatasetKind.Calculations ? new CalculationCard(dataset.Folder, (options ?? new()).MaxForce) : null;
        var (table, noRows) = Rows(dataset, options, calculations is not null);
        var card = new StringBuilder();
        void Line(string text = "") => card.Append(text).Append('\n');

        Line($"# {description.Title}");
        Line();
        Line("Generated from the files of this folder by `clusterml data card`; do not edit.");
        if (description.Description.Length > 0)
        {
            Line();
            Line(description.Description);
        }

        Line();
        AddTable(card, ["", ""],
        [
            ["name, version", $"{description.Name} {description.Version}"],
            ["rows", table is null ? $"0: {noRows}" : Text(table.RowCount)],
            ["what a row is", Stated(description.Row)],
            .. table is null ? Array.Empty<string[]>() : [["hash of the rows", $"`{table.CanonicalHash}`"]],
            .. description.Kind == DatasetKind.Calculations
                ? new[] { new[] { "hash of the calculations", $"`{dataset.Hash}`" }, ["calculations", Counted(dataset)] }
                : [["file", Path.GetFileName(dataset.Source)]],
            ["licence", Stated(description.Licence)],
            ["citation", Stated(description.Citation)],
        ]);
        calculations?.AddTo(card);
        if (table is not null)
        {
            var summary = TableSummary.Of(table, description);
            AddColumns(card, summary, description);
            AddCoverage(card, table);
            AddList(card, "Level of theory and references", table.Notes);
            AddSplits(card, dataset, table);
            AddLeftOut(card, summary);
        }

        Line();
        Line("## How to make it again");
        Line();
        Line(Stated(description.HowToRemake));
        return card.ToString();
    }

    /// <summary>The rows; of calculations, which may be too few for a first row, else why there are none.</summary>
    private static (DataTable? Table, string NoRows) Rows(Dataset dataset, X12tmOptions? options, bool mayBeNone)
    {
        try
        {
            return (dataset.Table(options), "");
        }
        catch (DataException e) when (mayBeNone)
        {
            return (null, e.Problems[0].Message);
        }
    }

    private static string Text(int count) => count.ToString(CultureInfo.InvariantCulture);

    private static string Stated(string text) => text.Length == 0 ? DatasetNames.NotStated : text;

    private static string Number(double? value) => value is { } number ? number.ToString("G6", CultureInfo.InvariantCulture) : "";

    private static string Counted(Dataset dataset)
    {
        var calculations = new List<Calculation>();
        foreach (var file in CalculationFiles.In(dataset.Source))
        {
            try
            {
                calculations.Add(CalculationFile.ReadAny(file));
            }
            catch (MalformedFileException e)
            {
                throw new DataException([new DataProblem(e.File, e.Line, e.Column, e.Message)]);
            }
        }

        var kinds = calculations.GroupBy(c => c.System.Kind).OrderBy(g => g.Key).Select(g => $"{g.Key} {Text(g.Count())}");
        var (scf, geometry) = (calculations.Count(c => !c.ScfConverged), calculations.Count(c => c.GeometryConverged == false));
        return $"{Text(calculations.Count)}: {string.Join(", ", kinds)}; SCF not converged {Text(scf)}, relaxation not converged {Text(geometry)}";
    }

    private static void AddColumns(StringBuilder card, TableSummary summary, DatasetDescription description)
    {
        card.Append("\n## Columns\n\n");
        AddTable(
            card,
            ["column", "role", "unit", "missing", "distinct", "min", "median", "max", "what it is", "provenance"],
            [
                .. summary.Columns.Select(c => new[]
                {
                    c.Name, DatasetFile.NameOf(c.Role), HasUnit(c) ? Stated(c.Unit) : c.Unit, Text(c.Missing), Text(c.Distinct),
                    Number(c.Minimum), Number(c.Median), Number(c.Maximum), c.Description, c.Provenance,
                }),
            ]);
        foreach (var column in description.Columns.Where(c => c.UnitInFile.Length > 0))
        {
            var (from, to) = (UnitTable.Find(column.UnitInFile)!, UnitTable.Find(column.Unit)!);
            card.Append(CultureInfo.InvariantCulture, $"\n{column.Name} stands in the file in {from}: 1 {from} = {UnitTable.Factor(from, to)!.Value:R} {to}{(from.Note.Length > 0 ? $" ({from.Note})" : "")}.\n");
        }
    }

    private static bool HasUnit(ColumnSummary column) => column.Role is ColumnRole.Numeric or ColumnRole.Target;

    private static void AddCoverage(StringBuilder card, DataTable table)
    {
        var covered = new List<(string Title, IReadOnlySet<string> Symbols, int Rows)>();
        if (table.IsComposition)
        {
            var (hosts, dopants) = (table.TextColumns["host"], table.TextColumns["dopant"]);
            covered.AddRange(hosts.Index().GroupBy(h => h.Item).OrderBy(g => g.Key, StringComparer.Ordinal)
                .Select(g => ($"Host {g.Key}: dopants", (IReadOnlySet<string>)g.Select(h => dopants[h.Index]).ToHashSet(), g.Count())));
        }
        else
        {
            covered.AddRange(ColumnValues.Of(table)
                .Where(c => c.Role is ColumnRole.Id or ColumnRole.Categorical or ColumnRole.Group && c.Texts!.All(t => ElementTable.Default.Find(t) is not null))
                .Select(c => ($"Column {c.Name}", (IReadOnlySet<string>)c.Texts!.ToHashSet(), c.Count)));
        }

        if (covered.Count == 0)
        {
            return;
        }

        card.Append("\n## Coverage of the periodic table\n\nIn brackets: covered.\n");
        foreach (var (title, symbols, rows) in covered)
        {
            card.Append(CultureInfo.InvariantCulture, $"\n{title} ({symbols.Count} elements, {rows} rows)\n\n```text\n{PeriodicTable.Text(symbols)}```\n");
        }
    }

    private static void AddList(StringBuilder card, string title, IReadOnlyList<string> lines)
    {
        if (lines.Count > 0)
        {
            card.Append(CultureInfo.InvariantCulture, $"\n## {title}\n\n");
            card.AppendJoin("", lines.Select(line => $"- {line}\n"));
        }
    }

    private static void AddSplits(StringBuilder card, Dataset dataset, DataTable table)
    {
        if (dataset.SplitFiles.Count == 0)
        {
            return;
        }

        card.Append("\n## Splits\n\n");
        AddTable(card, ["file", "protocol", "splits", "rows of this card"], [.. dataset.SplitFiles.Select(file =>
        {
            var splits = SplitsFile.Read(file);
            return new[]
            {
                $"{Dataset.SplitsFolder}/{Path.GetFileName(file)}",
                string.Join(", ", splits.Protocol.Where(p => p.Key != "name").Select(p => p.Key == "type" ? p.Value : $"{p.Key} {p.Value}")),
                Text(splits.Splits.Count),
                splits.Hash == table.CanonicalHash ? "yes" : "no: made for other rows",
            };
        })]);
    }

    private static void AddLeftOut(StringBuilder card, TableSummary summary)
    {
        card.Append(CultureInfo.InvariantCulture, $"\n## Left out\n\n");
        if (summary.LeftOut.Count == 0)
        {
            card.Append("Nothing.\n");
            return;
        }

        AddTable(card, ["where", "why"], [.. summary.LeftOut.Select(row => new[] { row.Source, row.Reason })]);
    }

    private static void AddTable(StringBuilder card, string[] header, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        string Row(IEnumerable<string> cells) => $"| {string.Join(" | ", cells.Select(c => c.Replace("|", "\\|", StringComparison.Ordinal).ReplaceLineEndings(" ")))} |\n";

        card.Append(Row(header)).Append(Row(header.Select(_ => "---")));
        card.AppendJoin("", rows.Select(Row));
    }
}
