using ClusterML.Chemistry.Structures;
using Microsoft.Data.Sqlite;

namespace ClusterML.Chemistry.Formats;

/// <summary>Reads an SQLite database of ASE row by row, in the order of the ids. The file is opened for reading alone.</summary>
internal sealed class AseDbReader(string path)
{
    private static readonly Dictionary<string, (string Kind, int Width)> Arrays = new(StringComparer.Ordinal)
    {
        ["numbers"] = ("int32", 1),
        ["positions"] = ("float64", 3),
        ["cell"] = ("float64", 3),
        ["initial_magmoms"] = ("float64", 1),
        ["initial_charges"] = ("float64", 1),
        ["masses"] = ("float64", 1),
        ["tags"] = ("int32", 1),
        ["momenta"] = ("float64", 3),
        ["forces"] = ("float64", 3),
        ["stress"] = ("float64", 1),
        ["dipole"] = ("float64", 1),
        ["magmoms"] = ("float64", 1),
        ["charges"] = ("float64", 1),
    };

    /// <summary>The structures; one at least.</summary>
    public IEnumerable<Structure> Read()
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = Path.GetFullPath(path),
            Mode = SqliteOpenMode.ReadOnly,
            Pooling = false,
        }.ToString());
        Guarded(() => Open(connection));
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT * FROM systems ORDER BY id";
        using var reader = Guarded(command.ExecuteReader);
        long? last = null;
        while (Guarded(reader.Read))
        {
            var id = Guarded(() => reader.GetValue(reader.GetOrdinal("id"))) as long? ?? throw Wrong("a row of systems has no id");
            if (id <= last)
            {
                throw Wrong("the ids of systems are not in order; the database is damaged");
            }

            last = id;
            yield return Row(id, Guarded(() => Members(id, reader)));
        }

        if (last is null)
        {
            throw Wrong("the database holds no structure");
        }
    }

    /// <summary>Opens the database and makes sure that it is one of ASE; its version.</summary>
    private long Open(SqliteConnection connection)
    {
        connection.Open();
        SQLitePCL.raw.sqlite3_limit(connection.Handle, SQLitePCL.raw.SQLITE_LIMIT_LENGTH, FormatLimits.MaxBlobLength);
        if (Scalar(connection, "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name IN ('systems', 'information')") is not 2L)
        {
            throw Wrong("not a database of ASE: it has no tables systems and information");
        }

        var version = Scalar(connection, "SELECT value FROM information WHERE name = 'version'");
        return version is string text && NumberText.TryInteger(text, out var number) && number is >= 5 and <= 9
            ? number
            : throw Wrong($"a database of ASE of the versions 5 to 9 can be read, not {TextLines.Quote(version?.ToString() ?? "none")}; convert it with ase db");
    }

    private static object? Scalar(SqliteConnection connection, string query)
    {
        using var command = connection.CreateCommand();
        command.CommandText = query;
        return command.ExecuteScalar();
    }

    private Structure Row(long id, JsonObject members) =>
        AseRow.Read(members, (member, message) => Wrong(FormattableString.Invariant($"row {id}: {message}")));

    private JsonObject Members(long id, SqliteDataReader reader)
    {
        var members = new JsonObject();
        for (var i = 0; i < reader.FieldCount; i++)
        {
            var (name, value) = (reader.GetName(i), reader.GetValue(i));
            name = name == "username" ? "user" : name;
            if (value is DBNull || name is "id" or "natoms" or "fmax" or "smax" or "volume" or "mass" or "charge")
            {
                continue;
            }

            try
            {
                members.TryAdd(new(name, Member(name, value), 0, 0));
            }
            catch (FormatException e)
            {
                throw Wrong(FormattableString.Invariant($"row {id}: {TextLines.Named(name)}: {e.Message}"));
            }
        }

        return members;
    }

    private static object? Member(string name, object value) => (name, value) switch
    {
        ("pbc", long mask) => mask is >= 0 and <= 7
            ? PropertyValue.Of([(mask & 1) != 0, (mask & 2) != 0, (mask & 4) != 0])
            : throw new FormatException("0 to 7 is expected, one bit for each direction"),
        ("energy" or "free_energy" or "magmom" or "ctime" or "mtime", long or double) => Convert.ToDouble(value),
        ("magmom", byte[] { Length: 8 } bytes) => AseBytes.Array(bytes, "float64", [1]).Reals![0],
        ("unique_id" or "user" or "calculator", string text) => text,
        ("constraints" or "calculator_parameters" or "key_value_pairs" or "data", string json) => JsonReader.Parse(json),
        ("data", byte[] bytes) => AseBytes.Read(bytes),
        (_, byte[] bytes) when Arrays.TryGetValue(name, out var array) => Array(bytes, array.Kind, array.Width),
        ("unique_id" or "user" or "calculator" or "constraints" or "calculator_parameters" or "key_value_pairs", _) => throw new FormatException("a text is expected"),
        _ when Arrays.ContainsKey(name) || name is "pbc" or "energy" or "free_energy" or "magmom" or "ctime" or "mtime" or "data" =>
            throw new FormatException("the value is of another kind than ASE writes"),
        (_, long or double or string) => value,
        _ => throw new FormatException("a value of a kind that no column of ASE has"),
    };

    private static PropertyValue Array(byte[] bytes, string kind, int width)
    {
        var count = bytes.Length / (kind == "int32" ? 4 : 8);
        return AseBytes.Array(bytes, kind, width == 1 ? [count] : [count / width, width]);
    }

    private T Guarded<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (SqliteException e) when (e.SqliteErrorCode is SQLitePCL.raw.SQLITE_BUSY or SQLitePCL.raw.SQLITE_LOCKED
            or SQLitePCL.raw.SQLITE_CANTOPEN or SQLitePCL.raw.SQLITE_PERM or SQLitePCL.raw.SQLITE_NOMEM)
        {
            throw new IOException($"{path}: {e.Message}", e);
        }
        catch (Exception e) when (e is SqliteException or InvalidCastException or OverflowException or InvalidOperationException or ArgumentException)
        {
            throw new MalformedFileException(path, 0, 0, $"not a database of ASE that can be read: {e.Message}", e);
        }
    }

    private MalformedFileException Wrong(string message) => new(path, 0, 0, message);
}
