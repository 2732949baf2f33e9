using Google.Protobuf;

namespace ClusterML.Learning.Onnx;

/// <summary>A named constant of a node.</summary>
public sealed class OnnxAttribute
{
    // Field and type numbers of AttributeProto in onnx.proto.
    private readonly Action<CodedOutputStream> write;

    private OnnxAttribute(string name, int type, Action<CodedOutputStream> value)
    {
        Name = name;
        write = output =>
        {
            output.Text(1, name);
            value(output);
            output.Number(20, type);
        };
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>A number.</summary>
    public static OnnxAttribute Float(string name, float value) => new(name, 1, output => output.Single(2, value));

    /// <summary>An integer.</summary>
    public static OnnxAttribute Int(string name, long value) => new(name, 2, output => output.Number(3, value));

    /// <summary>A text.</summary>
    public static OnnxAttribute Text(string name, string value) => new(name, 3, output => output.Text(4, value));

    /// <summary>A list of numbers.</summary>
    public static OnnxAttribute Floats(string name, params IEnumerable<float> values) =>
        new(name, 6, output => Each(values, value => output.Single(7, value)));

    /// <summary>A list of integers.</summary>
    public static OnnxAttribute Ints(string name, params IEnumerable<long> values) =>
        new(name, 7, output => Each(values, value => output.Number(8, value)));

    /// <summary>A list of texts.</summary>
    public static OnnxAttribute Texts(string name, params IEnumerable<string> values) =>
        new(name, 8, output => Each(values, value => output.Text(9, value)));

    internal void Write(CodedOutputStream output) => write(output);

    private static void Each<T>(IEnumerable<T> values, Action<T> write)
    {
        foreach (var value in values)
        {
            write(value);
        }
    }
}
