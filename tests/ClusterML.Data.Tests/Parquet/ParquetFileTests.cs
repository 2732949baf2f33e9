using ClusterML.Data.Rows;
using Parquet;
using Parquet.Schema;

namespace ClusterML.Data.Tests.Parquet;

public sealed class ParquetFileTests : IDisposable
{
    private static readonly TableColumn[] Columns =
        [new("id", ColumnRole.Id), new("phase", ColumnRole.Categorical), new("x", ColumnRole.Numeric, "Angstrom"), new("note", ColumnRole.Metadata), new("y", ColumnRole.Target, "eV")];

    private readonly TemporaryFolder folder = new();

    private string File => Path.Combine(folder.Path, "t.parquet");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Load_WhatWasWritten_IsTheSameTableAsTheCsv()
    {
        var csv = DeclaredTable.Load(folder.Write("t.csv", "id,phase,x,note,y\na,fcc,0.1,,-1.5e-3\nb,\"b,c\",,n,2\n"), Columns);
        RowFileWriter.Write(File, ColumnValues.Of(csv));

        var parquet = DeclaredTable.Load(File, Columns);

        Assert.Equal(csv.RowIds, parquet.RowIds);
        Assert.Equal(csv.TextColumns["phase"], parquet.TextColumns["phase"]);
        Assert.Equal(csv.NumberColumns["x"], parquet.NumberColumns["x"]);
        Assert.Equal(["", "n"], parquet.MetadataColumns["note"]);
        Assert.Equal(csv.TargetValues, parquet.TargetValues);
        Assert.Equal(csv.CanonicalHash, parquet.CanonicalHash);
    }

    [Fact]
    public async Task Read_EveryKindOfNumber_IsItsShortestText()
    {
        await Write(
            (new DataField<int>("i"), g => f => g.WriteAsync<int>(f, new[] { -3, 4 })),
            (new DataField<long?>("l"), g => f => g.WriteAsync<long>(f, new long?[] { null, 1L << 60 })),
            (new DataField<float>("s"), g => f => g.WriteAsync<float>(f, new[] { 0.1f, float.NaN })),
            (new DataField<double?>("d"), g => f => g.WriteAsync<double>(f, new double?[] { 1e-300, null })),
            (new DataField<bool>("b"), g => f => g.WriteAsync<bool>(f, new[] { true, false })),
            (new DataField<string>("t"), g => f => g.WriteAsync(f, new[] { " a ", null! })));

        using var file = RowFile.Open(File);

        Assert.True(file.Read());
        Assert.Equal(["-3", "", "0.1", "1E-300", "1", "a"], Enumerable.Range(0, 6).Select(file.Text));
        Assert.True(file.Read());
        Assert.Equal(["4", "1152921504606846976", "", "", "0", ""], Enumerable.Range(0, 6).Select(file.Text));
        Assert.False(file.Read());
        Assert.Equal("row", file.LineWord);
    }

    [Fact]
    public async Task Read_SeveralRowGroups_GoesThroughAll()
    {
        var schema = new ParquetSchema(new DataField<int>("i"));
        await using (var stream = System.IO.File.Create(File))
        await using (var writer = await ParquetWriter.CreateAsync(schema, stream, cancellationToken: TestContext.Current.CancellationToken))
        {
            foreach (var part in new int[][] { [1, 2], [], [3] })
            {
                using var group = writer.CreateRowGroup();
                await group.WriteAsync<int>(schema.DataFields[0], part, cancellationToken: TestContext.Current.CancellationToken);
            }
        }

        using var file = RowFile.Open(File);
        var read = new List<string>();
        while (file.Read())
        {
            read.Add($"{file.Line}:{file.Text(0)}");
        }

        Assert.Equal(["1:1", "2:2", "3:3"], read);
    }

    [Fact]
    public async Task Load_ColumnOfAnotherType_IsRefusedByName()
    {
        await Write((new DataField<DateTime>("x"), g => f => g.WriteAsync<DateTime>(f, new[] { DateTime.UnixEpoch, DateTime.UnixEpoch })));

        Assert.Equal(
            "t.parquet: column \"x\" holds values of type DateTime; texts, numbers and truth values can be read",
            folder.Problems(() => DeclaredTable.Load(File, [new("x", ColumnRole.Numeric)])));
    }

    [Theory]
    [InlineData("", "t.parquet: not a Parquet file")]
    [InlineData("PAR1 and more, but no end", "t.parquet: the Parquet file is cut short: its end mark is missing")]
    [InlineData("x,y\n1,2\n", "t.parquet: not a Parquet file")]
    public void Load_NotParquet_SaysSo(string text, string message)
    {
        System.IO.File.WriteAllText(File, text);

        Assert.Equal(message, folder.Problems(() => DeclaredTable.Load(File, [new("x", ColumnRole.Numeric)])));
    }

    /// <summary>Two thousand damaged copies of a file: bytes changed, cut out, or the end cut off and the mark put back.</summary>
    [Fact]
    public void Load_DamagedFile_IsReadOrRefusedAndNothingElse()
    {
        var rows = string.Concat(Enumerable.Range(0, 200).Select(i => FormattableString.Invariant($"r{i},{(i % 3 == 0 ? "fcc" : "bcc")},{i / 7.0:R},,{i * i}\n")));
        RowFileWriter.Write(File, ColumnValues.Of(DeclaredTable.Load(folder.Write("t.csv", "id,phase,x,note,y\n" + rows), Columns)));
        var whole = System.IO.File.ReadAllBytes(File);
        var random = new Random(20240607);
        var refused = 0;
        for (var round = 0; round < 2000; round++)
        {
            var bytes = (byte[])whole.Clone();
            var at = random.Next(4, bytes.Length - 4);
            switch (round % 4)
            {
                case 0:
                    bytes = [.. bytes[..at], .. "PAR1"u8];
                    break;
                case 1:
                    bytes = [.. bytes[..at], .. bytes[Math.Min(bytes.Length - 8, at + random.Next(1, 64))..]];
                    break;
                default:
                    for (var change = 0; change <= round % 5; change++)
                    {
                        bytes[random.Next(4, bytes.Length - 4)] = (byte)random.Next(256);
                    }

                    break;
            }

            System.IO.File.WriteAllBytes(File, bytes);
            try
            {
                DeclaredTable.Load(File, Columns);
            }
            catch (DataException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, 1000, 2000);
    }

    private async Task Write(params (DataField Field, Func<ParquetRowGroupWriter, Func<DataField, Task>> Column)[] columns)
    {
        await using var stream = System.IO.File.Create(File);
        await using var writer = await ParquetWriter.CreateAsync(new ParquetSchema(columns.Select(c => (Field)c.Field)), stream);
        using var group = writer.CreateRowGroup();
        foreach (var (field, column) in columns)
        {
            await column(group)(field);
        }
    }
}
