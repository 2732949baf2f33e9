using Google.Protobuf;

namespace ClusterML.Learning.Tests.Embedding;

/// <summary>The smallest graph with the inputs and the output of a backbone: the embedding is the codes, then the numbers.</summary>
internal static class ConcatenationGraph
{
    private const int Float = 1;
    private const int Int64 = 7;

    internal static byte[] Bytes(int codes, int numbers) => Message(
        Number(1, 8),
        Field(8, Message(Number(2, 17))),
        Field(7, Message(
            Field(1, Message(Text(1, "x_cat"), Text(2, "x_cat_float"), Text(4, "Cast"), Field(5, Message(Text(1, "to"), Number(3, Float), Number(20, 2))))),
            Field(1, Message(Text(1, "x_cat_float"), Text(1, "x_num"), Text(2, "embedding"), Text(4, "Concat"), Field(5, Message(Text(1, "axis"), Number(3, 1), Number(20, 2))))),
            Text(2, "concatenation"),
            Field(11, Tensor("x_cat", Int64, codes)),
            Field(11, Tensor("x_num", Float, numbers)),
            Field(12, Tensor("embedding", Float, codes + numbers)))));

    private static byte[] Tensor(string name, int type, int width)
    {
        var shape = Message(Field(1, Message(Text(2, "batch"))), Field(1, Message(Number(1, width))));
        return Message(Text(1, name), Field(2, Message(Field(1, Message(Number(1, type), Field(2, shape))))));
    }

    private static Action<CodedOutputStream> Number(int field, long value) => stream =>
    {
        stream.WriteTag(field, WireFormat.WireType.Varint);
        stream.WriteInt64(value);
    };

    private static Action<CodedOutputStream> Text(int field, string value) => stream =>
    {
        stream.WriteTag(field, WireFormat.WireType.LengthDelimited);
        stream.WriteString(value);
    };

    private static Action<CodedOutputStream> Field(int field, byte[] value) => stream =>
    {
        stream.WriteTag(field, WireFormat.WireType.LengthDelimited);
        stream.WriteBytes(ByteString.CopyFrom(value));
    };

    private static byte[] Message(params Action<CodedOutputStream>[] fields)
    {
        using var memory = new MemoryStream();
        using var stream = new CodedOutputStream(memory);
        foreach (var field in fields)
        {
            field(stream);
        }

        stream.Flush();
        return memory.ToArray();
    }
}
