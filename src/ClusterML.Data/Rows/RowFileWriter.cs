using ClusterML.Chemistry.Files;
using ClusterML.Data.Csv;
using Parquet;
using Parquet.Schema;

namespace ClusterML.Data.Rows;

/// <summary>Writes columns as csv, or as Parquet when the name ends in <c>.parquet</c>: beside the place first, then renamed.</summary>
internal static class RowFileWriter
{
    /// <summary>Rows of one row group of Parquet.</summary>
    public const int RowGroupSize = 100_000;

    /// <summary>Writes a file; the folder is made if it is missing.</summary>
    /// <param name="path">The file.</param>
    /// <param name="columns">The columns, all of one length; at least one.</param>
    /// <exception cref="IOException">The folder cannot be written; an old file is untouched.</exception>
    public static void Write(string path, IReadOnlyList<ColumnValues> columns)
    {
        var rows = columns[0].Count;
        if (!RowFile.IsParquet(path))
        {
            AtomicFile.WriteText(path, CsvText.Write(
                [.. columns.Select(c => c.Name)],
                Enumerable.Range(0, rows).Select(row => columns.Select(c => c.Text(row)).ToArray())));
            return;
        }

        using var bytes = new MemoryStream();
        WriteParquet(bytes, columns, rows).GetAwaiter().GetResult();
        AtomicFile.WriteBytes(path, bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
    }

    private static async Task WriteParquet(Stream stream, IReadOnlyList<ColumnValues> columns, int rows)
    {
        DataField[] fields = [.. columns.Select(Field)];
        await using var writer = await ParquetWriter.CreateAsync(new ParquetSchema(fields), stream);
        for (var start = 0; start < Math.Max(1, rows); start += RowGroupSize)
        {
            var count = Math.Min(RowGroupSize, rows - start);
            using var group = writer.CreateRowGroup();
            for (var c = 0; c < fields.Length; c++)
            {
                await WriteColumn(group, fields[c], columns[c], start, count);
            }
        }
    }

    private static DataField Field(ColumnValues column) => column switch
    {
        { Texts: not null } => new DataField<string>(column.Name),
        { IsSingle: true } => new DataField<float>(column.Name, nullable: true),
        _ => new DataField<double>(column.Name, nullable: true),
    };

    private static async Task WriteColumn(ParquetRowGroupWriter group, DataField field, ColumnValues column, int start, int count)
    {
        if (column.Texts is { } texts)
        {
            await group.WriteAsync(field, [.. Enumerable.Range(start, count).Select(row => texts[row])]);
            return;
        }

        double? At(int row) => double.IsNaN(column.Numbers![row]) ? null : column.Numbers[row];
        if (column.IsSingle)
        {
            await group.WriteAsync<float>(field, Enumerable.Range(start, count).Select(row => (float?)At(row)).ToArray().AsMemory());
        }
        else
        {
            await group.WriteAsync<double>(field, Enumerable.Range(start, count).Select(At).ToArray().AsMemory());
        }
    }
}
