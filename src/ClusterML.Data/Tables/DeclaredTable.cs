using ClusterML.Data.Rows;

namespace ClusterML.Data;

/// <summary>Any csv or Parquet table whose columns were given roles; columns that were not are ignored.</summary>
public static class DeclaredTable
{
    /// <summary>Reads the table; Parquet where the name ends in <c>.parquet</c>, else csv.</summary>
    /// <remarks>
    /// A numeric feature and metadata may be empty (missing); a target, a weight, an id, a category and a group may not. Without
    /// an id column the ids are <c>line 2</c>, <c>line 3</c> and so on (of Parquet <c>row 1</c>, <c>row 2</c>).
    /// </remarks>
    /// <param name="path">The file.</param>
    /// <param name="columns">The columns to read.</param>
    /// <param name="name">Name of the table; null: that of the file, without its ending.</param>
    /// <param name="shownAs">What problems call the file; null: its path.</param>
    /// <param name="identities">Equations that its columns obey, for the audit; null: none.</param>
    /// <exception cref="DataException">The file is missing, a column is, the roles contradict each other, or a row is unusable.</exception>
    public static DataTable Load(string path, IReadOnlyList<TableColumn> columns, string? name = null, string? shownAs = null, IReadOnlyList<string>? identities = null)
    {
        CheckRoles(shownAs ?? path, columns);
        using var file = RowFile.Open(path, shownAs: shownAs);
        var at = columns.Select(c => c.Name).Distinct(StringComparer.Ordinal).ToDictionary(column => column, file.Require, StringComparer.Ordinal);
        file.ThrowProblems();

        IReadOnlyList<TableColumn> Of(ColumnRole role) => [.. columns.Where(c => c.Role == role)];
        var textNames = Of(ColumnRole.Categorical).Concat(Of(ColumnRole.Group)).Select(c => c.Name).Distinct(StringComparer.Ordinal).ToArray();
        var (numeric, targets, metadata) = (Of(ColumnRole.Numeric), Of(ColumnRole.Target), Of(ColumnRole.Metadata));
        var (id, weight) = (Of(ColumnRole.Id).SingleOrDefault(), Of(ColumnRole.Weight).SingleOrDefault());

        var lines = new OrderedDictionary<string, int>(StringComparer.Ordinal);
        var texts = textNames.Select(_ => new List<string>()).ToArray();
        var numbers = numeric.Select(_ => new List<float>()).ToArray();
        var notes = metadata.Select(_ => new List<string>()).ToArray();
        var (values, weights) = (new List<double[]>(), new List<float>());
        var places = new List<string>();
        while (file.Read())
        {
            places.Add(file.ShortPlace);
            AddId(file, id is null ? -1 : at[id.Name], lines);
            Each(texts, i => file.RequiredText(at[textNames[i]]));
            Each(numbers, i => Narrow(file, at[numeric[i].Name], numeric[i].Factor));
            Each(notes, i => file.Text(at[metadata[i].Name]));
            values.Add([.. targets.Select(t => t.Factor * file.Number(at[t.Name]))]);
            if (weight is not null)
            {
                weights.Add(ReadWeight(file, at[weight.Name]));
            }
        }

        file.Finish(places.Count);
        return new DataTable(name ?? Path.GetFileNameWithoutExtension(path), [.. lines.Keys])
        {
            RowIdsArePositions = id is null,
            RowPlaces = places,
            Identities = identities ?? [],
            IdColumn = id?.Name,
            TextColumns = Columns(textNames, texts),
            NumberColumns = Columns([.. numeric.Select(c => c.Name)], numbers),
            MetadataColumns = Columns([.. metadata.Select(c => c.Name)], notes),
            Targets = [.. targets.Select(t => new TargetColumn(t.Name, t.Unit))],
            TargetValues = [.. values],
            Weights = weight is null ? null : [.. weights],
            CategoricalColumns = [.. Of(ColumnRole.Categorical).Select(c => c.Name)],
            NumericColumns = [.. numeric.Select(c => c.Name)],
            GroupColumns = [.. Of(ColumnRole.Group).Select(c => c.Name)],
            Units = numeric.Concat(metadata).Where(c => c.Unit.Length > 0).ToDictionary(c => c.Name, c => c.Unit, StringComparer.Ordinal),
        };
    }

    private static void CheckRoles(string path, IReadOnlyList<TableColumn> columns)
    {
        var problems = new List<DataProblem>();
        void Report(string message) => problems.Add(new(path, 0, 0, message));

        foreach (var named in columns.GroupBy(c => c.Name, StringComparer.Ordinal))
        {
            ColumnRole[] roles = [.. named.Select(c => c.Role).Order()];
            if (roles.Length > 1 && !roles.SequenceEqual([ColumnRole.Categorical, ColumnRole.Group]))
            {
                Report($"column \"{named.Key}\" has the roles {string.Join(", ", roles)}; only Categorical and Group go together");
            }

            if (DataTable.ReservedNames.Contains(named.Key) && roles[0] is ColumnRole.Categorical or ColumnRole.Numeric or ColumnRole.Group or ColumnRole.Metadata)
            {
                Report($"column \"{named.Key}\" has a name that is taken ({string.Join(", ", DataTable.ReservedNames)}): rename it");
            }
        }

        foreach (var role in new[] { ColumnRole.Id, ColumnRole.Weight })
        {
            if (columns.Count(c => c.Role == role) > 1)
            {
                Report($"only one column can be {role}: {string.Join(", ", columns.Where(c => c.Role == role).Select(c => c.Name))}");
            }
        }

        if (problems.Count > 0)
        {
            throw new DataException(problems);
        }
    }

    private static void AddId(RowFile file, int column, OrderedDictionary<string, int> lines)
    {
        var id = column < 0 ? FormattableString.Invariant($"{file.LineWord} {file.Line}") : file.RequiredText(column);
        if (!lines.TryAdd(id, file.Line))
        {
            file.Report(column, FormattableString.Invariant($"id \"{id}\" repeats {file.LineWord} {lines[id]}"));
        }
    }

    private static float Narrow(RowFile file, int column, double factor)
    {
        var value = (float)(factor * file.OptionalNumber(column));
        if (float.IsInfinity(value))
        {
            file.Report(column, $"{file.Text(column)} is too large for a feature");
        }

        return value;
    }

    private static float ReadWeight(RowFile file, int column)
    {
        // Judged as it will be used: in single precision the smallest weights are 0 and the largest infinite.
        var weight = (float)file.Number(column);
        if (weight <= 0 || float.IsInfinity(weight))
        {
            file.Report(column, FormattableString.Invariant($"the weight {file.Text(column)} must be finite and above zero; leave out rows that should not count"));
        }

        return weight;
    }

    private static void Each<T>(List<T>[] columns, Func<int, T> read)
    {
        for (var i = 0; i < columns.Length; i++)
        {
            columns[i].Add(read(i));
        }
    }

    private static OrderedDictionary<string, T[]> Columns<T>(IReadOnlyList<string> names, List<T>[] values) =>
        new(names.Zip(values, (name, column) => KeyValuePair.Create(name, column.ToArray())));
}
