using ClusterML.Chemistry.Structures;
using Microsoft.Data.Sqlite;

namespace ClusterML.Chemistry.Formats;

/// <summary>Writes an SQLite database of ASE, version 9, with the tables that its queries use.</summary>
/// <remarks>SQLite has no NaN: an energy, a free energy or a magnetic moment that is NaN reads back as missing.</remarks>
internal static class AseDbWriter
{
    private static readonly string[] AtomColumns = ["initial_magmoms", "initial_charges", "masses", "tags", "momenta", "forces", "magmoms", "charges"];

    private static readonly string[] Columns =
    [
        "id INTEGER PRIMARY KEY AUTOINCREMENT", "unique_id TEXT UNIQUE", "ctime REAL", "mtime REAL", "username TEXT", "numbers BLOB",
        "positions BLOB", "cell BLOB", "pbc INTEGER", "initial_magmoms BLOB", "initial_charges BLOB", "masses BLOB", "tags BLOB",
        "momenta BLOB", "constraints TEXT", "calculator TEXT", "calculator_parameters TEXT", "energy REAL", "free_energy REAL",
        "forces BLOB", "stress BLOB", "dipole BLOB", "magmoms BLOB", "magmom REAL", "charges BLOB", "key_value_pairs TEXT", "data BLOB",
        "natoms INTEGER", "fmax REAL", "smax REAL", "volume REAL", "mass REAL", "charge REAL",
    ];

    private static readonly string Schema =
        $"CREATE TABLE systems ({string.Join(", ", Columns)});" + """
        CREATE TABLE species (Z INTEGER, n INTEGER, id INTEGER, FOREIGN KEY (id) REFERENCES systems(id));
        CREATE TABLE keys (key TEXT, id INTEGER, FOREIGN KEY (id) REFERENCES systems(id));
        CREATE TABLE text_key_values (key TEXT, value TEXT, id INTEGER, FOREIGN KEY (id) REFERENCES systems(id));
        CREATE TABLE number_key_values (key TEXT, value REAL, id INTEGER, FOREIGN KEY (id) REFERENCES systems(id));
        CREATE TABLE information (name TEXT, value TEXT);
        INSERT INTO information VALUES ('version', '9');
        CREATE INDEX unique_id_index ON systems(unique_id);
        CREATE INDEX ctime_index ON systems(ctime);
        CREATE INDEX username_index ON systems(username);
        CREATE INDEX calculator_index ON systems(calculator);
        CREATE INDEX species_index ON species(Z);
        CREATE INDEX key_index ON keys(key);
        CREATE INDEX text_index ON text_key_values(key);
        CREATE INDEX number_index ON number_key_values(key);
        """;

    /// <summary>Writes every structure as a row of a new database.</summary>
    /// <param name="path">The new file.</param>
    /// <param name="structures">The structures.</param>
    /// <param name="time">Years since 2000, for structures that say none.</param>
    public static void Write(string path, IEnumerable<Structure> structures, double time)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path.GetFullPath(path), Pooling = false }.ToString());
        connection.Open();
        using var transaction = connection.BeginTransaction();
        Execute(connection, Schema);
        var id = 0L;
        foreach (var structure in structures)
        {
            Insert(connection, ++id, new(structure, id, time, AtomColumns));
        }

        transaction.Commit();
    }

    private static void Insert(SqliteConnection connection, long id, AseContent content)
    {
        var structure = content.Structure;
        var cell = structure.Cell;
        object? Blob(string name) => content.Atoms.TryGetValue(name, out var value) || content.Frame.TryGetValue(name, out value)
            ? name == "tags" ? AseBytes.Integers(value.Integers!) : AseBytes.Reals(value.Reals!)
            : null;
        object? Real(string name) => content.Frame.TryGetValue(name, out var value) ? value.Reals![0] : null;
        Execute(
            connection,
            $"INSERT INTO systems VALUES ({string.Join(", ", Columns.Select((_, i) => FormattableString.Invariant($"@{i}")))})",
            id, content.UniqueId, content.CreatedAt, content.ModifiedAt, content.User,
            AseBytes.Integers([.. structure.Elements.Select(e => (long)e.AtomicNumber)]), AseBytes.Reals(structure.Positions.ToArray()),
            AseBytes.Reals(cell?.Vectors ?? new double[9]),
            (cell?.PeriodicA == true ? 1 : 0) + (cell?.PeriodicB == true ? 2 : 0) + (cell?.PeriodicC == true ? 4 : 0),
            Blob("initial_magmoms"), Blob("initial_charges"), Blob("masses"), Blob("tags"), Blob("momenta"), content.Constraints,
            content.Calculator, content.CalculatorParameters, Real("energy"), Real("free_energy"), Blob("forces"), Blob("stress"),
            Blob("dipole"), Blob("magmoms"), Real("magmom"), Blob("charges"), content.PairsJson, AseBytes.Write(content.DataJson),
            structure.Count, LargestForce(content), Largest(content.Frame.GetValueOrDefault("stress")),
            cell is null || cell.SignedVolume == 0 ? null : Math.Abs(cell.SignedVolume), Mass(content), 0.0);
        foreach (var element in structure.Elements.GroupBy(e => e.AtomicNumber))
        {
            Execute(connection, "INSERT INTO species VALUES (@0, @1, @2)", element.Key, element.Count(), id);
        }

        foreach (var (key, value) in content.Pairs)
        {
            var number = value.Logicals is [var logical] ? (logical ? 1 : 0) : value.Reals?[0];
            Execute(connection, "INSERT INTO keys VALUES (@0, @1)", key, id);
            Execute(
                connection,
                $"INSERT INTO {(number is null ? "text" : "number")}_key_values VALUES (@0, @1, @2)", key, number is null ? value.Texts![0] : number, id);
        }
    }

    private static double? LargestForce(AseContent content) => content.Atoms.TryGetValue("forces", out var forces)
        ? Enumerable.Range(0, content.Structure.Count).Max(i => Math.Sqrt(Enumerable.Range(3 * i, 3).Sum(j => forces.Reals![j] * forces.Reals![j])))
        : null;

    private static double? Largest(PropertyValue? value) => value?.Reals!.Max(Math.Abs);

    private static double Mass(AseContent content) => content.Atoms.TryGetValue("masses", out var masses)
        ? masses.Reals!.Sum()
        : content.Structure.Elements.Sum(e => e.AtomicMass);

    private static void Execute(SqliteConnection connection, string sql, params object?[] values)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters.AddWithValue(FormattableString.Invariant($"@{i}"), values[i] is null or double.NaN ? DBNull.Value : values[i]);
        }

        command.ExecuteNonQuery();
    }
}
