namespace ClusterML.Data.Parquet;

/// <summary>The types of the fields of a Thrift struct, as far as they are known; fields that are not listed may be anything.</summary>
/// <param name="fields">Type in the compact protocol by number of the field.</param>
internal sealed class ThriftShape(params (int Id, ThriftType Type)[] fields)
{
    private static readonly ThriftType I32 = new(5);
    private static readonly ThriftType I64 = new(6);
    private static readonly ThriftType Binary = new(8);

    private static readonly ThriftType KeyValues = List(new ThriftShape((1, Binary), (2, Binary)));

    private static readonly ThriftShape SchemaElement = new(
        (1, I32), (2, I32), (3, I32), (4, Binary), (5, I32), (6, I32), (7, I32), (8, I32), (9, I32), (10, new(12)));

    private static readonly ThriftShape ColumnMetaData = new(
        (1, I32), (2, new(9, 5)), (3, new(9, 8)), (4, I32), (5, I64), (6, I64), (7, I64), (8, KeyValues), (9, I64), (10, I64), (11, I64), (12, new(12)), (13, new(9, 12)), (14, I64), (15, I32));

    private static readonly ThriftShape ColumnChunk = new((1, Binary), (2, I64), (3, new(12, 0, ColumnMetaData)), (4, I64), (5, I32), (6, I64), (7, I32));

    private static readonly ThriftShape RowGroup = new((1, List(ColumnChunk)), (2, I64), (3, I64), (4, new(9, 12)), (5, I64), (6, I64), (7, new(4)));

    /// <summary>FileMetaData of parquet.thrift, the footer of a file.</summary>
    public static ThriftShape FileMetaData { get; } = new(
        (1, I32), (2, List(SchemaElement)), (3, I64), (4, List(RowGroup)), (5, KeyValues), (6, Binary), (7, new(9, 12)));

    /// <summary>The type of a field, or null when nothing is known of it.</summary>
    public ThriftType? Of(ulong id)
    {
        foreach (var (known, type) in fields)
        {
            if ((ulong)known == id)
            {
                return type;
            }
        }

        return null;
    }

    private static ThriftType List(ThriftShape element) => new(9, 12, element);
}

/// <summary>A type in the compact protocol of Thrift.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Element">Code of the elements of a list; 0 for others.</param>
/// <param name="Shape">Shape of the struct, or of the structs of a list; null when nothing is known of it.</param>
internal sealed record ThriftType(int Code, int Element = 0, ThriftShape? Shape = null);
