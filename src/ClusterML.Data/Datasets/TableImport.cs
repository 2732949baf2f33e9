using System.Globalization;
using ClusterML.Data.Errors;
using ClusterML.Data.Rows;
using ClusterML.Data.Units;

namespace ClusterML.Data.Datasets;

/// <summary>Imports csv and Parquet tables as the rows of a dataset.</summary>
internal sealed class TableImport(IReadOnlyList<string> sources, string folder, Dataset? existing, DatasetImportOptions options)
{
    private readonly List<DataProblem> problems = [];
    private readonly List<LeftOutRow> leftOut = [];
    private readonly List<string> notes = [];
    private readonly List<string> imported = [];

    public ImportReport Run(IProgress<ImportProgress>? progress, CancellationToken cancellation)
    {
        RequireKnownUnits();
        var tables = new List<TableText>();
        foreach (var (index, source) in sources.Index())
        {
            cancellation.ThrowIfCancellationRequested();
            progress?.Report(new(index, sources.Count, source));
            tables.Add(TableText.Read(source));
        }

        var description = existing?.Description ?? NewDescription(tables[0]);
        RequireColumns(tables, description);
        foreach (var table in tables)
        {
            // Judged by the reader that will read the dataset, so that mistakes are named where they are in the source.
            _ = DeclaredTable.Load(table.File, [.. description.Columns.Select(Dataset.Column)]);
        }

        var rows = existing is null ? new TableText("", [.. description.Columns.Select(c => c.Name).Distinct()]) : TableText.Read(existing.Source);
        foreach (var table in tables)
        {
            Add(table, rows, description);
        }

        Throw();
        cancellation.ThrowIfCancellationRequested();
        Write(rows, description);
        progress?.Report(new(sources.Count, sources.Count, ""));
        foreach (var file in existing?.SplitFiles ?? [])
        {
            notes.Add($"{Path.GetRelativePath(folder, file)} was made for the rows as they were; make it again (clusterml data split)");
        }

        return new(folder, DatasetKind.Table, existing is null, imported, leftOut, notes);
    }

    private void Throw()
    {
        if (problems.Count > 0)
        {
            throw new DataException(problems);
        }
    }

    private void RequireKnownUnits()
    {
        problems.AddRange(options.Units.Where(u => UnitTable.Find(u.Value) is null).Select(u => new DataProblem("", 0, 0, $"--unit {u.Key}={u.Value}: {UnitTable.Unknown(u.Value)}")));
        Throw();
    }

    private DatasetDescription NewDescription(TableText table)
    {
        foreach (var name in options.Roles.Keys.Concat(options.Units.Keys).Where(n => !table.Header.Contains(n)).Distinct())
        {
            problems.Add(new(table.File, 1, 0, $"there is no column {name} {NearestName.Hint(name, table.Header, "columns")}"));
        }

        if (table.Header.Index().FirstOrDefault(h => h.Item.Length == 0, (Index: -1, Item: "")).Index is var unnamed and >= 0)
        {
            problems.Add(new(table.File, 1, unnamed + 1, "the column has no name, as where the index of rows was written along; name it, or leave it out"));
        }

        Throw();
        if (options.Roles.Count + options.Targets.Count + options.Units.Count == 0 && TableExport.Beside(table.File) is { } beside)
        {
            notes.Add($"roles and units are those of the description beside {Path.GetFileName(table.File)}");
            var described = DatasetImport.Describe(sources, folder, options, DatasetKind.Table, beside.Columns);
            return described with
            {
                Title = options.Title.Length > 0 ? described.Title : beside.Title,
                Licence = options.Licence == DatasetNames.NotStated ? beside.Licence : described.Licence,
                Citation = options.Citation == DatasetNames.NotStated ? beside.Citation : described.Citation,
                Description = beside.Description,
                Row = beside.Row,
                Identities = beside.Identities,
            };
        }

        ColumnGuess.RequireClean(table, table.File, [.. options.Roles.Keys]);
        var targets = options.Targets.Concat(options.Roles.Where(r => r.Value == ColumnRole.Target).Select(r => r.Key)).Distinct().ToList();
        var guesses = ColumnGuess.Of(table.File, table.Header, table.Columns, targets).Select(g => options.Roles.TryGetValue(g.Name, out var role) ? g with { Role = role, Reason = "" } : g).ToList();
        RequireOneId(table, guesses);
        notes.AddRange(guesses.Where(g => g.Reason.Length > 0 && !options.Targets.Contains(g.Name)).Select(g => $"{g.Name}: role {DatasetFile.NameOf(g.Role)}, guessed ({g.Reason.Split(';')[0]})"));
        var columns = guesses.Select(Column).ToList();
        var unstated = columns.Where(c => c.Role is ColumnRole.Numeric or ColumnRole.Target && c.Unit.Length == 0).Select(c => c.Name).ToList();
        if (unstated.Count > 0)
        {
            notes.Add($"no unit stated for {string.Join(", ", unstated)}; write it into {DatasetFile.FileName}, or import with --unit COLUMN=UNIT");
        }

        return DatasetImport.Describe(sources, folder, options, DatasetKind.Table, columns);
    }

    private void RequireOneId(TableText table, IReadOnlyList<ColumnGuess> guesses)
    {
        if (options.Roles.FirstOrDefault(r => r.Value == ColumnRole.Id).Key is { } given
            && guesses.FirstOrDefault(g => g.Role == ColumnRole.Id && !options.Roles.ContainsKey(g.Name)) is { } guessed)
        {
            problems.Add(new(table.File, 1, table.Find(guessed.Name) + 1, $"only one column can be the id: {given} was given, and {guessed.Name} is guessed ({guessed.Reason}); say what it is, as in --role {guessed.Name}=metadata"));
            Throw();
        }
    }

    private DatasetColumn Column(ColumnGuess guess)
    {
        var inFile = options.Units.TryGetValue(guess.Name, out var symbol) ? UnitTable.Find(symbol) : null;
        var unit = inFile is null ? null : guess.Role == ColumnRole.Metadata ? inFile : UnitTable.Canonical(inFile);
        if (inFile is not null && unit != inFile)
        {
            notes.Add(FormattableString.Invariant($"{guess.Name}: rows are in {unit}, the file in {inFile} (1 {inFile} = {UnitTable.Factor(inFile, unit!)!.Value:R} {unit}{(inFile.Note.Length > 0 ? $", {inFile.Note}" : "")})"));
        }

        return new() { Name = guess.Name, Role = guess.Role, Unit = unit?.Symbol ?? "", UnitInFile = unit == inFile ? "" : inFile!.Symbol };
    }

    private void RequireColumns(IReadOnlyList<TableText> tables, DatasetDescription description)
    {
        foreach (var table in tables)
        {
            problems.AddRange(description.Columns.Where(c => !table.Header.Contains(c.Name))
                .Select(c => new DataProblem(table.File, 1, 0, $"column \"{c.Name}\" of the dataset is missing")));
            problems.AddRange(table.Header.Index().Where(h => description.Columns.All(c => c.Name != h.Item))
                .Select(h => new DataProblem(table.File, 1, h.Index + 1, $"the dataset has no column \"{h.Item}\" {NearestName.Hint(h.Item, [.. description.Columns.Select(c => c.Name)], "columns")}")));
        }

        Throw();
    }

    /// <summary>Appends rows whose id is new; an id that is there must say the same.</summary>
    private void Add(TableText table, TableText rows, DatasetDescription description)
    {
        var factors = description.Columns.Select(c => Factor(table.File, c)).ToArray();
        Throw();
        var id = description.Columns.Index().FirstOrDefault(c => c.Item.Role == ColumnRole.Id, (Index: -1, Item: null!)).Index;
        var at = description.Columns.Select(c => table.Find(c.Name)).ToArray();
        var target = description.Columns.Select(c => rows.Find(c.Name)).ToArray();
        var known = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var row = 0; row < rows.Count; row++)
        {
            known.TryAdd(Key(c => rows.Columns[target[c]][row]), row);
        }

        string Key(Func<int, string> cell) => id >= 0
            ? cell(id)
            : string.Join('\u001f', description.Columns.Select((c, i) => Same(c, cell(i))));

        for (var row = 0; row < table.Count; row++)
        {
            string Cell(int column) => Converted(table.Columns[at[column]][row], factors[column]);

            var key = Key(Cell);
            var place = FormattableString.Invariant($"{table.File}:{table.Lines[row]}");
            if (!known.TryGetValue(key, out var there))
            {
                known.Add(key, rows.Count);
                rows.Add([.. rows.Header.Select(h => Cell(description.Columns.Index().First(c => c.Item.Name == h).Index))]);
                imported.Add(id >= 0 ? key : place);
                continue;
            }

            var other = description.Columns.Index().Where(c => Same(c.Item, Cell(c.Index)) != Same(c.Item, rows.Columns[target[c.Index]][there])).Select(c => c.Item.Name).ToList();
            if (other.Count == 0)
            {
                leftOut.Add(new(place, id >= 0 ? $"{key} is in the dataset already, with the same values" : "a row with the same values is in the dataset already"));
            }
            else
            {
                problems.Add(new(table.File, table.Lines[row], at[id] + 1, $"id \"{key}\" is in the dataset already with another {string.Join(", ", other)}"));
            }
        }
    }

    /// <summary>What numbers of a source are multiplied by to be as the dataset's file has them.</summary>
    private double Factor(string file, DatasetColumn column)
    {
        var stored = column.UnitInFile.Length > 0 ? column.UnitInFile : column.Unit;
        if (existing is null || !options.Units.TryGetValue(column.Name, out var symbol) || symbol == stored)
        {
            return 1;
        }

        var (from, to) = (UnitTable.Find(symbol)!, UnitTable.Find(stored));
        if (to is null || UnitTable.Factor(from, to) is not { } factor)
        {
            problems.Add(new(file, 1, 0, $"--unit {column.Name}={symbol}: the dataset has {column.Name} in {(stored.Length == 0 ? "a unit that it does not state" : stored)}"));
            return 1;
        }

        return factor;
    }

    private static string Converted(string text, double factor) =>
        factor == 1 || text.Length == 0 ? text : (factor * double.Parse(text, CultureInfo.InvariantCulture)).ToString("R", CultureInfo.InvariantCulture);

    // 1.0 and 1e0 are the same value of a number and different texts of an id. Features are single precision in every row;
    // a converted number may differ in its last digits from one that was never converted.
    private static string Same(DatasetColumn column, string text)
    {
        if (column.Role is ColumnRole.Id or ColumnRole.Categorical or ColumnRole.Group
            || !double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
        {
            return text;
        }

        return column.Role is ColumnRole.Numeric or ColumnRole.Weight
            ? ((float)value).ToString("G6", CultureInfo.InvariantCulture)
            : value.ToString("G13", CultureInfo.InvariantCulture);
    }

    private void Write(TableText rows, DatasetDescription description)
    {
        ColumnValues[] columns = [.. rows.Header.Select((name, at) => Values(description.Columns.First(c => c.Name == name), rows.Columns[at]))];
        if (existing is not null)
        {
            if (imported.Count > 0)
            {
                RowFileWriter.Write(existing.Source, columns);
            }

            return;
        }

        var file = sources.All(RowFile.IsParquet) ? "rows.parquet" : "rows.csv";
        DatasetImport.Create(folder, at =>
        {
            RowFileWriter.Write(Path.Combine(at, file), columns);
            DatasetFile.Write(Path.Combine(at, DatasetFile.FileName), description);
        });
    }

    /// <summary>Csv keeps every field as it was written; Parquet needs numbers.</summary>
    private ColumnValues Values(DatasetColumn column, IReadOnlyList<string> texts)
    {
        var isParquet = existing is null ? sources.All(RowFile.IsParquet) : RowFile.IsParquet(existing.Source);
        return isParquet && column.Role is ColumnRole.Numeric or ColumnRole.Target or ColumnRole.Weight
            ? new(column.Name, column.Role, column.Unit, null, [.. texts.Select(t => t.Length == 0 ? double.NaN : double.Parse(t, CultureInfo.InvariantCulture))])
            : new(column.Name, column.Role, column.Unit, texts, null);
    }
}
