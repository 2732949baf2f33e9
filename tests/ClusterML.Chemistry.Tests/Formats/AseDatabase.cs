using System.Text;
using ClusterML.Chemistry.Formats;
using ClusterML.Fuzzing;
using Microsoft.Data.Sqlite;

namespace ClusterML.Chemistry.Tests.Formats;

/// <summary>Small databases of ASE for the fuzz run: whole files, and files with one value replaced.</summary>
internal static class AseDatabase
{
    private static readonly string[] Columns =
    [
        "numbers", "positions", "cell", "pbc", "initial_magmoms", "tags", "momenta", "constraints", "calculator", "calculator_parameters",
        "energy", "forces", "stress", "dipole", "magmoms", "magmom", "charges", "key_value_pairs", "data", "ctime", "username",
    ];

    private static readonly Lazy<byte[]> Written = new(Create);

    /// <summary>A database of two rows on small pages.</summary>
    public static byte[] Bytes() => Written.Value;

    /// <summary>One value each: column (a byte, here from a), kind (b bytes, t text, i integer, r real), value.</summary>
    public static IReadOnlyList<byte[]> Values() =>
    [
        Value('s', 'b', AseBytes.Write("""{"a": [1, 2, {"b": null}], "atom_properties": {"own": [1, 2, 3]}}""")),
        Value('s', 'b', [16, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, .. """{"x": {"__ndarray__": [[2, 2], "int16", 8]}}"""u8]),
        Value('s', 't', """{"old": {"__ndarray__": [[2], "float64", [1.5, NaN]]}}"""u8),
        Value('r', 't', """{"k": 1.5, "s": "text", "b": true}"""u8),
        Value('h', 't', """[{"name": "FixAtoms", "kwargs": {"indices": [0, -1]}}, {"name": "FixScaled", "kwargs": {"a": 1, "mask": [true, false, true]}}]"""u8),
        Value('b', 'b', new byte[72]),
        Value('d', 'i', "5"u8),
        Value('k', 'r', "-1.5"u8),
        Value('a', 'b', [22, 0, 0, 0, 26, 0, 0, 0, 22, 0, 0, 0]),
    ];

    /// <summary>Puts the value of the input into the first row; the path of the database.</summary>
    public static string WithValue(FuzzInput input)
    {
        var bytes = input.Bytes;
        var path = input.Path;
        File.WriteAllBytes(path, Bytes());
        using var connection = Open(path);
        using var command = connection.CreateCommand();
        command.CommandText = $"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; UPDATE systems SET {Columns[bytes.Length == 0 ? 0 : bytes[0] % Columns.Length]} = @value WHERE id = 1";
        var text = bytes.Length < 2 ? "" : Encoding.UTF8.GetString(bytes, 2, bytes.Length - 2);
        command.Parameters.AddWithValue("@value", (bytes.Length < 2 ? 'n' : (char)bytes[1]) switch
        {
            'b' => bytes[2..],
            't' => text,
            'i' => long.TryParse(text, out var integer) ? integer : 8L,
            'r' => double.TryParse(text, out var real) && !double.IsNaN(real) ? real : double.PositiveInfinity,
            _ => DBNull.Value,
        });
        command.ExecuteNonQuery();
        return path;
    }

    private static byte[] Value(char column, char kind, ReadOnlySpan<byte> value)
    {
        return [(byte)(column - 'a'), (byte)kind, .. value];
    }

    private static byte[] Create()
    {
        var folder = Directory.CreateTempSubdirectory("clusterml-fuzz-");
        try
        {
            var path = Path.Combine(folder.FullName, "seed.db");
            StructureFile.Write(path, StructureFuzzTargets.Samples(), clock: new StillClock());
            using (var connection = Open(path))
            {
                using var command = connection.CreateCommand();
                command.CommandText = "DROP INDEX ctime_index; DROP INDEX key_index; DROP INDEX text_index; DROP INDEX number_index; PRAGMA page_size = 512; VACUUM";
                command.ExecuteNonQuery();
            }

            return File.ReadAllBytes(path);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static SqliteConnection Open(string path)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }
}
