using System.Buffers.Binary;
using System.Globalization;
using ClusterML.Data.Rows;
using Parquet;
using Parquet.Schema;

namespace ClusterML.Data.Parquet;

/// <summary>An Apache Parquet file of flat columns that is being read, one row group at a time.</summary>
/// <remarks>
/// Text, whole numbers, single and double precision, decimals and truth values (1 and 0), each also nullable; null and NaN are
/// missing. Columns of other types may be there as long as nobody asks for them. A single-precision number reads as its shortest
/// decimal, so that a csv file and a Parquet file of the same table are the same table. Whatever damage the file has, what
/// comes out is a <see cref="DataException"/>.
/// </remarks>
internal sealed class ParquetFile : RowFile
{
    // A footer names each column of each row group in some hundred bytes.
    private const int MaxFooter = 256 << 20;

    private readonly FileStream stream;
    private readonly ParquetReader reader;
    private readonly IReadOnlyList<Field> fields;
    private readonly string?[]?[] texts;
    private ParquetRowGroupReader? group;
    private int nextGroup;
    private int rowInGroup = -1;
    private int rowsInGroup;
    private int row;

    /// <summary>Opens the file and reads its schema.</summary>
    /// <param name="path">The file.</param>
    /// <param name="whenMissing">What to fetch, and from where, when there is no such file.</param>
    /// <param name="shownAs">What problems call the file; null: its path.</param>
    /// <exception cref="DataException">There is no such file, or it is not Parquet.</exception>
    public ParquetFile(string path, string whenMissing, string? shownAs = null)
        : base(shownAs ?? path)
    {
        if (!File.Exists(path))
        {
            throw new DataException([new DataProblem(Name, 0, 0, $"no such file. {whenMissing}".TrimEnd())]);
        }

        try
        {
            stream = File.OpenRead(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DataException([new DataProblem(Name, 0, 0, e.Message)]);
        }

        try
        {
            RequireMarks();
            reader = Guarded("its schema", () => ParquetReader.CreateAsync(stream, leaveStreamOpen: true).GetAwaiter().GetResult());
            fields = Guarded("its schema", () => reader.Schema.Fields);
            texts = new string?[fields.Count][];
            TakeHeader(fields.Select(f => f.Name));
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public override int Line => row;

    /// <inheritdoc/>
    public override string LineWord => "row";

    private protected override int HeaderLine => 0;

    /// <inheritdoc/>
    public override bool Read()
    {
        while (++rowInGroup >= rowsInGroup)
        {
            // A group may be empty.
            if (!NextGroup())
            {
                return false;
            }
        }

        row++;
        return true;
    }

    /// <inheritdoc/>
    public override string Text(int column) => (texts[column] ??= ReadColumn(column))[rowInGroup] ?? "";

    /// <inheritdoc/>
    public override string? Unreadable(int column) => fields[column] is DataField { IsArray: false } field && IsReadable(field.ClrType)
        ? null
        : $"column \"{Header[column]}\" holds {Kind(fields[column])}; texts, numbers and truth values can be read";

    /// <inheritdoc/>
    public override void Dispose()
    {
        group?.Dispose();
        reader.DisposeAsync().AsTask().GetAwaiter().GetResult();
        stream.Dispose();
    }

    private static string Kind(Field field) => field is DataField { IsArray: false } data ? $"values of type {data.ClrType.Name}" : "lists or records";

    private static bool IsText(Type type) => type == typeof(string) || type == typeof(ReadOnlyMemory<char>);

    private static bool IsReadable(Type type) => IsText(type) || type == typeof(bool) || type == typeof(decimal)
        || (type.IsPrimitive && type != typeof(char) && type != typeof(nint) && type != typeof(nuint));

    private static string? Number(double value) => double.IsNaN(value) ? null : value.ToString("R", CultureInfo.InvariantCulture);

    // Four bytes at either end: the file was cut short, or is something else, and that can be said plainly. Between them the
    // footer must be whole: what decodes it trusts its lengths.
    private void RequireMarks()
    {
        Span<byte> mark = stackalloc byte[4];
        bool Marked(Span<byte> at) => stream.ReadAtLeast(at, 4, throwOnEndOfStream: false) == 4 && at.SequenceEqual("PAR1"u8);

        var starts = Marked(mark);
        var ends = stream.Length >= 12 && stream.Seek(-4, SeekOrigin.End) >= 0 && Marked(mark);
        if (!starts || !ends)
        {
            throw new DataException([new DataProblem(Name, 0, 0, starts ? "the Parquet file is cut short: its end mark is missing" : "not a Parquet file")]);
        }

        stream.Seek(-8, SeekOrigin.End);
        stream.ReadExactly(mark);
        var length = BinaryPrimitives.ReadInt32LittleEndian(mark);
        if (length is <= 0 or > MaxFooter || length > stream.Length - 12)
        {
            throw Damaged("its footer");
        }

        var footer = new byte[length];
        stream.Seek(-8 - length, SeekOrigin.End);
        stream.ReadExactly(footer);
        if (ThriftWalk.StructLength(footer, ThriftShape.FileMetaData) < 0)
        {
            throw Damaged("its footer");
        }

        stream.Seek(0, SeekOrigin.Begin);
    }

    private bool NextGroup()
    {
        if (nextGroup >= Guarded("its row groups", () => reader.RowGroupCount))
        {
            return false;
        }

        group?.Dispose();
        group = Guarded("a row group", () => reader.OpenRowGroupReader(nextGroup));
        var count = Guarded("a row group", () => group.RowCount);

        // Every column of a flat table has a value, or a null, for each row. A count that no column has is damage, and must not
        // be allocated for.
        var counts = Guarded("a row group", () => group.RowGroup.Columns.Select(c => c.MetaData?.NumValues ?? -1).ToArray());
        var flat = fields.All(f => f is DataField { IsArray: false });
        if (count is < 0 or > int.MaxValue || (flat && counts.Any(c => c != count)))
        {
            throw Damaged("the number of rows of a row group");
        }

        Array.Clear(texts);
        nextGroup++;
        rowsInGroup = (int)count;
        rowInGroup = -1;
        return true;
    }

    private string?[] ReadColumn(int column)
    {
        if (Unreadable(column) is { } why)
        {
            throw new DataException([new DataProblem(Name, 0, column + 1, why)]);
        }

        var field = (DataField)fields[column];
        RequireWholePages(column);
        return Guarded($"column \"{Header[column]}\"", () => Type.GetTypeCode(field.ClrType) switch
        {
            _ when IsText(field.ClrType) => Texts(field),
            TypeCode.Boolean => Values<bool>(field, v => v ? "1" : "0"),
            TypeCode.Single => Values<float>(field, v => float.IsNaN(v) ? null : v.ToString("R", CultureInfo.InvariantCulture)),
            TypeCode.Double => Values<double>(field, Number),
            TypeCode.Decimal => Values<decimal>(field, v => v.ToString(CultureInfo.InvariantCulture)),
            TypeCode.SByte => Whole<sbyte>(field),
            TypeCode.Byte => Whole<byte>(field),
            TypeCode.Int16 => Whole<short>(field),
            TypeCode.UInt16 => Whole<ushort>(field),
            TypeCode.Int32 => Whole<int>(field),
            TypeCode.UInt32 => Whole<uint>(field),
            TypeCode.Int64 => Whole<long>(field),
            TypeCode.UInt64 => Whole<ulong>(field),
            _ => throw new InvalidDataException($"type {field.ClrType.Name}"),
        });
    }

    // The decoder reads pages until it has all values; pages that never add up would keep it going past the end of the file.
    private void RequireWholePages(int column)
    {
        var chunk = Guarded($"column \"{Header[column]}\"", () => group!.RowGroup.Columns[column].MetaData ?? throw new InvalidDataException());
        var start = chunk.DictionaryPageOffset is > 0 and var dictionary ? Math.Min(dictionary, chunk.DataPageOffset) : chunk.DataPageOffset;
        var whole = start >= 4 && chunk.TotalCompressedSize is >= 0 and <= int.MaxValue && start + chunk.TotalCompressedSize <= stream.Length;
        if (whole && chunk.NumValues > 0)
        {
            var bytes = new byte[chunk.TotalCompressedSize];
            stream.Seek(start, SeekOrigin.Begin);
            stream.ReadExactly(bytes);
            whole = PagesHold(bytes, chunk.NumValues);
        }

        if (!whole)
        {
            throw Damaged($"column \"{Header[column]}\"");
        }
    }

    private static bool PagesHold(ReadOnlySpan<byte> bytes, long values)
    {
        long found = 0;
        while (bytes.Length > 0)
        {
            if (!ThriftWalk.TryPageHeader(bytes, out var page) || page.Compressed < 0 || page.Values < 0 || page.Compressed > bytes.Length - page.Length)
            {
                return false;
            }

            found += page.Values;
            bytes = bytes[(page.Length + (int)page.Compressed)..];
        }

        return found == values;
    }

    private string?[] Whole<T>(DataField field)
        where T : struct, IFormattable =>
        Values<T>(field, v => v.ToString(null, CultureInfo.InvariantCulture));

    private string?[] Texts(DataField field)
    {
        var values = new string?[rowsInGroup];
        group!.ReadAsync(field, values.AsMemory()).AsTask().GetAwaiter().GetResult();
        return Array.ConvertAll(values, v => v?.Trim());
    }

    private string?[] Values<T>(DataField field, Func<T, string?> format)
        where T : struct
    {
        if (!field.IsNullable)
        {
            var plain = new T[rowsInGroup];
            group!.ReadAsync<T>(field, plain.AsMemory()).AsTask().GetAwaiter().GetResult();
            return Array.ConvertAll(plain, v => format(v));
        }

        var values = new T?[rowsInGroup];
        group!.ReadAsync<T>(field, values.AsMemory()).AsTask().GetAwaiter().GetResult();
        return Array.ConvertAll(values, v => v is { } value ? format(value) : null);
    }

    // The library answers damage with whatever its decoders run into; to a user all of it is one thing.
    private T Guarded<T>(string part, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is not DataException)
        {
            throw Damaged(part);
        }
    }

    private DataException Damaged(string part) =>
        new([new DataProblem(Name, 0, 0, $"the Parquet file is damaged: {part} cannot be read; write or copy the file again")]);
}
