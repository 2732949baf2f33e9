using Google.Protobuf;

namespace ClusterML.Learning.Onnx;

/// <summary>Reads an ONNX file as far as it takes to make its graph part of another one.</summary>
/// <remarks>
/// Field numbers are those of onnx.proto. Nodes, constants and their names are told apart; what a node's attributes or a tensor hold is
/// carried over byte for byte. Graphs inside nodes and tensors outside the file are refused.
/// </remarks>
internal sealed class OnnxImport
{
    private readonly List<(uint Tag, byte[] Bytes)> graph;

    /// <exception cref="InvalidDataException">The bytes are no ONNX model, or one of another operator set.</exception>
    internal OnnxImport(byte[] model, int opset)
    {
        try
        {
            var fields = Fields(model);
            foreach (var import in fields.Where(f => Field(f.Tag) == 8).Select(f => Fields(f.Bytes)))
            {
                var (domain, version) = (Text(import, 1), Number(import, 2));
                if (domain.Length == 0 && version != opset)
                {
                    throw new InvalidDataException($"the ONNX file uses operator set {version}; only one of set {opset} can become part of this graph");
                }
            }

            graph = fields.Where(f => Field(f.Tag) == 7).Select(f => Fields(f.Bytes)).FirstOrDefault()
                ?? throw new InvalidDataException("the ONNX file holds no graph");
            Nodes = [.. graph.Where(f => Field(f.Tag) == 1).Select(f => Node(f.Bytes))];
            Constants = [.. graph.Where(f => Field(f.Tag) == 5).Select(f => Constant(f.Bytes))];
        }
        catch (InvalidProtocolBufferException e)
        {
            throw new InvalidDataException($"the bytes are no ONNX file: {e.Message}", e);
        }
    }

    /// <summary>The nodes, in order.</summary>
    internal IReadOnlyList<(string[] From, string[] To, string Operation, string Domain, IReadOnlyList<byte[]> Attributes)> Nodes { get; }

    /// <summary>The constants: name and all other fields.</summary>
    internal IReadOnlyList<(string Name, OnnxElementType Type, IReadOnlyList<(uint Tag, byte[] Bytes)> Others)> Constants { get; }

    /// <summary>Names and element types of the inputs that are no constants.</summary>
    internal IReadOnlyList<(string Name, OnnxElementType Type)> Inputs =>
        [.. Values(11).Where(v => Constants.All(c => c.Name != v.Name))];

    /// <summary>Names and element types of the outputs.</summary>
    internal IReadOnlyList<(string Name, OnnxElementType Type)> Outputs => Values(12);

    /// <summary>Writes a field that was read.</summary>
    internal static void Write(CodedOutputStream output, (uint Tag, byte[] Bytes) field)
    {
        output.WriteTag(field.Tag);
        switch (WireFormat.GetTagWireType(field.Tag))
        {
            case WireFormat.WireType.LengthDelimited:
                output.WriteBytes(ByteString.CopyFrom(field.Bytes));
                break;
            case WireFormat.WireType.Fixed32:
                output.WriteFixed32(new CodedInputStream(field.Bytes).ReadFixed32());
                break;
            case WireFormat.WireType.Fixed64:
                output.WriteFixed64(new CodedInputStream(field.Bytes).ReadFixed64());
                break;
            default:
                output.WriteUInt64(new CodedInputStream(field.Bytes).ReadUInt64());
                break;
        }
    }

    private static (string[] From, string[] To, string Operation, string Domain, IReadOnlyList<byte[]> Attributes) Node(byte[] bytes)
    {
        var fields = Fields(bytes);
        var attributes = fields.Where(f => Field(f.Tag) == 5).Select(f => f.Bytes).ToList();
        if (attributes.Any(a => Fields(a).Any(f => Field(f.Tag) is 6 or 11)))
        {
            throw new InvalidDataException($"node {Text(fields, 3)} of the ONNX file holds a graph of its own, which cannot become part of another one");
        }

        if (Text(fields, 7) is not ("" or OnnxGraphBuilder.MachineLearningDomain))
        {
            throw new InvalidDataException($"node {Text(fields, 3)} of the ONNX file needs the operators of {Text(fields, 7)}, which ONNX itself does not have");
        }

        return ([.. Texts(fields, 1)], [.. Texts(fields, 2)], Text(fields, 4), Text(fields, 7), attributes);
    }

    private static (string Name, OnnxElementType Type, IReadOnlyList<(uint Tag, byte[] Bytes)> Others) Constant(byte[] bytes)
    {
        var fields = Fields(bytes);
        if (Number(fields, 14) != 0)
        {
            throw new InvalidDataException($"constant {Text(fields, 8)} of the ONNX file lies in another file");
        }

        return (Text(fields, 8), (OnnxElementType)Number(fields, 2), [.. fields.Where(f => Field(f.Tag) != 8)]);
    }

    private List<(string Name, OnnxElementType Type)> Values(int field) =>
        [.. graph.Where(f => Field(f.Tag) == field).Select(f => Fields(f.Bytes)).Select(value =>
        {
            var tensor = Fields(Bytes(Fields(Bytes(value, 2)), 1));
            return (Text(value, 1), (OnnxElementType)Number(tensor, 1));
        })];

    private static List<(uint Tag, byte[] Bytes)> Fields(byte[] message)
    {
        var fields = new List<(uint, byte[])>();
        using var input = new CodedInputStream(message);
        uint tag;
        while ((tag = input.ReadTag()) != 0)
        {
            var start = input.Position;
            if (WireFormat.GetTagWireType(tag) == WireFormat.WireType.LengthDelimited)
            {
                fields.Add((tag, input.ReadBytes().ToByteArray()));
            }
            else
            {
                input.SkipLastField();
                fields.Add((tag, message[(int)start..(int)input.Position]));
            }
        }

        return fields;
    }

    private static int Field(uint tag) => WireFormat.GetTagFieldNumber(tag);

    private static byte[] Bytes(List<(uint Tag, byte[] Bytes)> fields, int field) =>
        fields.Where(f => Field(f.Tag) == field).Select(f => f.Bytes).FirstOrDefault() ?? [];

    private static string Text(List<(uint Tag, byte[] Bytes)> fields, int field) => System.Text.Encoding.UTF8.GetString(Bytes(fields, field));

    private static IEnumerable<string> Texts(List<(uint Tag, byte[] Bytes)> fields, int field) =>
        fields.Where(f => Field(f.Tag) == field).Select(f => System.Text.Encoding.UTF8.GetString(f.Bytes));

    private static long Number(List<(uint Tag, byte[] Bytes)> fields, int field)
    {
        var bytes = Bytes(fields, field);
        return bytes.Length == 0 ? 0 : new CodedInputStream(bytes).ReadInt64();
    }
}
