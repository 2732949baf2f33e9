using ClusterML.Data.Csv;

namespace ClusterML.Data;

/// <summary>Any csv table whose columns were given roles; columns that were not are ignored.</summary>
public static class CsvTable
{
    /// <summary>Reads the table.</summary>
    /// <remarks>
    /// A numeric feature may be empty (missing, NaN); a target, a weight, an id, a category and a group may not. Without an id
    /// column the ids are <c>line 2</c>, <c>line 3</c> and so on.
    /// </remarks>
    /// <exception cref="DataException">The file is missing, a column is, the roles contradict each other, or a line is unusable.</exception>
    public static DataTable Load(string csv, IReadOnlyList<CsvColumn> columns)
    {
        CheckRoles(csv, columns);
        using var file = new CsvFile(csv, "");
        var at = columns.Select(c => c.Name).Distinct(StringComparer.Ordinal).ToDictionary(name => name, file.Require, StringComparer.Ordinal);
        file.ThrowProblems();

        IReadOnlyList<CsvColumn> Of(CsvRole role) => [.. columns.Where(c => c.Role == role)];
        var textNames = Of(CsvRole.Categorical).Concat(Of(CsvRole.Group)).Select(c => c.Name).Distinct(StringComparer.Ordinal).ToArray();
        var (numeric, targets) = (Of(CsvRole.Numeric), Of(CsvRole.Target));
        var (id, weight) = (Of(CsvRole.Id).SingleOrDefault(), Of(CsvRole.Weight).SingleOrDefault());

        var lines = new OrderedDictionary<string, int>(StringComparer.Ordinal);
        var texts = textNames.Select(_ => new List<string>()).ToArray();
        var numbers = numeric.Select(_ => new List<float>()).ToArray();
        var (values, weights) = (new List<double[]>(), new List<float>());
        var places = new List<string>();
        while (file.Read())
        {
            places.Add(file.ShortPlace);
            AddId(file, id is null ? -1 : at[id.Name], lines);
            Each(texts, i => file.RequiredText(at[textNames[i]]));
            Each(numbers, i => Narrow(file, at[numeric[i].Name]));
            values.Add([.. targets.Select(t => file.Number(at[t.Name]))]);
            if (weight is not null)
            {
                weights.Add(ReadWeight(file, at[weight.Name]));
            }
        }

        file.Finish(places.Count);
        return new DataTable(Path.GetFileNameWithoutExtension(csv), [.. lines.Keys])
        {
            RowIdsArePositions = id is null,
            RowPlaces = places,
            TextColumns = Columns(textNames, texts),
            NumberColumns = Columns([.. numeric.Select(c => c.Name)], numbers),
            Targets = [.. targets.Select(t => new TargetColumn(t.Name, t.Unit))],
            TargetValues = [.. values],
            Weights = weight is null ? null : [.. weights],
            CategoricalColumns = [.. Of(CsvRole.Categorical).Select(c => c.Name)],
            NumericColumns = [.. numeric.Select(c => c.Name)],
            GroupColumns = [.. Of(CsvRole.Group).Select(c => c.Name)],
            Units = numeric.Where(c => c.Unit.Length > 0).ToDictionary(c => c.Name, c => c.Unit, StringComparer.Ordinal),
        };
    }

    private static void CheckRoles(string csv, IReadOnlyList<CsvColumn> columns)
    {
        var problems = new List<DataProblem>();
        void Report(string message) => problems.Add(new(csv, 0, 0, message));

        foreach (var named in columns.GroupBy(c => c.Name, StringComparer.Ordinal))
        {
            CsvRole[] roles = [.. named.Select(c => c.Role).Order()];
            if (roles.Length > 1 && !roles.SequenceEqual([CsvRole.Categorical, CsvRole.Group]))
            {
                Report($"column \"{named.Key}\" has the roles {string.Join(", ", roles)}; only Categorical and Group go together");
            }

            if (DataTable.ReservedNames.Contains(named.Key) && roles[0] is CsvRole.Categorical or CsvRole.Numeric or CsvRole.Group)
            {
                Report($"column \"{named.Key}\" has a name that is taken ({string.Join(", ", DataTable.ReservedNames)}): rename it");
            }
        }

        foreach (var role in new[] { CsvRole.Id, CsvRole.Weight })
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

    private static void AddId(CsvFile file, int column, OrderedDictionary<string, int> lines)
    {
        var id = column < 0 ? FormattableString.Invariant($"line {file.Line}") : file.RequiredText(column);
        if (!lines.TryAdd(id, file.Line))
        {
            file.Report(column, FormattableString.Invariant($"id \"{id}\" repeats line {lines[id]}"));
        }
    }

    private static float Narrow(CsvFile file, int column)
    {
        var value = (float)file.OptionalNumber(column);
        if (float.IsInfinity(value))
        {
            file.Report(column, $"{file.Text(column)} is too large for a feature");
        }

        return value;
    }

    private static float ReadWeight(CsvFile file, int column)
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
