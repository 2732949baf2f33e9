using System.Runtime.InteropServices;
using Google.Protobuf;

namespace ClusterML.Learning.Onnx;

/// <summary>Builds an ONNX model (opset 17, IR version 8) value by value and writes it without generated protobuf classes.</summary>
/// <remarks>
/// Values are made in order, so nodes come out sorted as ONNX demands. The same calls give the same bytes. Field numbers are
/// those of onnx.proto (https://github.com/onnx/onnx/blob/main/onnx/onnx.proto). <see cref="OnnxOperators"/> has the operators.
/// </remarks>
/// <param name="name">Name of the graph.</param>
public sealed class OnnxGraphBuilder(string name)
{
    private const int IrVersion = 8;
    private const int Opset = 17;
    private const int MachineLearningOpset = 3;

    /// <summary>The operator set of ONNX for lookups and trees; an operator of it is named with this prefix and a colon.</summary>
    internal const string MachineLearningDomain = "ai.onnx.ml";

    private readonly List<Action<CodedOutputStream>> nodes = [];
    private readonly List<Action<CodedOutputStream>> initializers = [];
    private readonly List<Action<CodedOutputStream>> inputs = [];
    private readonly List<Action<CodedOutputStream>> outputs = [];
    private readonly SortedDictionary<string, string> metadata = new(StringComparer.Ordinal);
    private readonly HashSet<string> names = [];
    private bool usesMachineLearning;
    private string scope = string.Empty;

    /// <summary>What the model is, for people; empty by default.</summary>
    public string Documentation { get; set; } = string.Empty;

    /// <summary>Adds an entry to the model's metadata.</summary>
    public void AddMetadata(string key, string value) => metadata.Add(key, value);

    /// <summary>Puts a prefix before the names of constants that are made until the scope is disposed; scopes nest.</summary>
    public IDisposable Scope(string prefix)
    {
        var outer = scope;
        scope += prefix;
        return new ScopeEnd(() => scope = outer);
    }

    /// <summary>An input of the graph.</summary>
    public OnnxValue Input(string input, OnnxElementType type, params IReadOnlyList<OnnxDimension> shape)
    {
        inputs.Add(ValueInfo(Unique(input), type, shape));
        return new OnnxValue(input, type);
    }

    /// <summary>Names <paramref name="value"/> as an output of the graph.</summary>
    public void Output(string output, OnnxValue value, params IReadOnlyList<OnnxDimension> shape)
    {
        AddNode("Identity", [value], [Unique(output)], []);
        outputs.Add(ValueInfo(output, value.Type, shape));
    }

    /// <summary>A constant of single-precision numbers; no shape makes a scalar.</summary>
    public OnnxValue Constant(string constant, ReadOnlySpan<float> values, params IReadOnlyList<long> shape) =>
        Raw(constant, OnnxElementType.Single, values, shape);

    /// <summary>A constant of double-precision numbers; no shape makes a scalar.</summary>
    public OnnxValue Constant(string constant, ReadOnlySpan<double> values, params IReadOnlyList<long> shape) =>
        Raw(constant, OnnxElementType.Double, values, shape);

    /// <summary>A constant of 64-bit integers; no shape makes a scalar.</summary>
    public OnnxValue Constant(string constant, ReadOnlySpan<long> values, params IReadOnlyList<long> shape) =>
        Raw(constant, OnnxElementType.Int64, values, shape);

    /// <summary>A constant of texts; no shape makes a scalar.</summary>
    public OnnxValue Constant(string constant, IReadOnlyList<string> values, params IReadOnlyList<long> shape) =>
        Initializer(constant, OnnxElementType.String, values.Count, shape, output =>
        {
            foreach (var value in values)
            {
                output.Bytes(6, System.Text.Encoding.UTF8.GetBytes(value));
            }
        });

    /// <summary>A node with one output of the given element type; see the operator's page for inputs and attributes.</summary>
    /// <param name="operation">Name of the ONNX operator; those for machine learning as <c>ai.onnx.ml:LabelEncoder</c>.</param>
    /// <param name="type">Element type of the output.</param>
    /// <param name="inputs">Its inputs, in order.</param>
    /// <param name="attributes">Its attributes.</param>
    public OnnxValue Node(string operation, OnnxElementType type, IReadOnlyList<OnnxValue> inputs, params IReadOnlyList<OnnxAttribute> attributes) =>
        Nodes(operation, [type], inputs, attributes)[0];

    /// <summary>A node with several outputs, one for each of <paramref name="types"/>.</summary>
    public IReadOnlyList<OnnxValue> Nodes(
        string operation,
        IReadOnlyList<OnnxElementType> types,
        IReadOnlyList<OnnxValue> inputs,
        params IReadOnlyList<OnnxAttribute> attributes)
    {
        OnnxValue[] results = [.. types.Select(type => new OnnxValue(Unique($"{operation.Split(':')[^1]}_{nodes.Count}_{names.Count}"), type))];
        AddNode(operation, inputs, [.. results.Select(r => r.Name)], attributes);
        return results;
    }

    /// <summary>Makes the graph of an ONNX file part of this one, its values renamed after the open scope.</summary>
    /// <param name="model">The bytes of the file.</param>
    /// <param name="from">A value of this graph for each of the file's inputs.</param>
    /// <returns>The value of each of the file's outputs.</returns>
    /// <exception cref="InvalidDataException">The file is damaged, of another operator set, or asks for other inputs.</exception>
    public IReadOnlyDictionary<string, OnnxValue> Import(byte[] model, IReadOnlyDictionary<string, OnnxValue> from)
    {
        var file = new OnnxImport(model, Opset);
        var renamed = new Dictionary<string, string>();
        foreach (var (input, type) in file.Inputs)
        {
            renamed[input] = from.TryGetValue(input, out var value) && value.Type == type
                ? value.Name
                : throw new InvalidDataException($"the ONNX file reads {input} ({type}), which is not given");
        }

        foreach (var (constant, type, rest) in file.Constants)
        {
            var unique = renamed[constant] = Unique(scope + constant);
            initializers.Add(tensor =>
            {
                foreach (var field in rest)
                {
                    OnnxImport.Write(tensor, field);
                }

                tensor.Text(8, unique);
            });
        }

        foreach (var (inputs, outputs, operation, domain, attributes) in file.Nodes)
        {
            var read = inputs.Select(i => i.Length == 0 ? i : renamed[i]).ToArray();
            var written = outputs.Select(o => o.Length == 0 ? o : renamed[o] = Unique(scope + o)).ToArray();
            AddNode(operation, domain, read, written, [.. attributes.Select(bytes => (Action<CodedOutputStream>)(node => node.Bytes(5, bytes)))]);
        }

        return file.Outputs.ToDictionary(o => o.Name, o => new OnnxValue(renamed[o.Name], o.Type));
    }

    /// <summary>The model as bytes.</summary>
    /// <exception cref="InvalidOperationException">The graph has no output.</exception>
    public byte[] ToModel()
    {
        if (outputs.Count == 0)
        {
            throw new InvalidOperationException($"graph {name} has no output");
        }

        return ProtobufWriting.ToBytes(model =>
        {
            model.Number(1, IrVersion);
            model.Text(2, "ClusterML");
            if (Documentation.Length > 0)
            {
                model.Text(6, Documentation);
            }

            model.Message(7, Graph);
            model.Message(8, opset => opset.Number(2, Opset));
            if (usesMachineLearning)
            {
                model.Message(8, opset =>
                {
                    opset.Text(1, MachineLearningDomain);
                    opset.Number(2, MachineLearningOpset);
                });
            }

            foreach (var (key, value) in metadata)
            {
                model.Message(14, entry =>
                {
                    entry.Text(1, key);
                    entry.Text(2, value);
                });
            }
        });
    }

    private void Graph(CodedOutputStream graph)
    {
        nodes.ForEach(node => graph.Message(1, node));
        graph.Text(2, name);
        initializers.ForEach(initializer => graph.Message(5, initializer));
        inputs.ForEach(input => graph.Message(11, input));
        outputs.ForEach(output => graph.Message(12, output));
    }

    private void AddNode(string operation, IReadOnlyList<OnnxValue> from, IReadOnlyList<string> to, IReadOnlyList<OnnxAttribute> attributes)
    {
        if (from.FirstOrDefault(value => !names.Contains(value.Name)) is { } stranger)
        {
            throw new ArgumentException($"{operation} reads {stranger.Name}, which is not in graph {name}");
        }

        var isMachineLearning = operation.StartsWith(MachineLearningDomain + ":", StringComparison.Ordinal);
        AddNode(
            operation.Split(':')[^1],
            isMachineLearning ? MachineLearningDomain : string.Empty,
            [.. from.Select(value => value.Name)],
            to,
            [.. attributes.Select(attribute => (Action<CodedOutputStream>)(node => node.Message(5, attribute.Write)))]);
    }

    private void AddNode(string operation, string domain, IReadOnlyList<string> from, IReadOnlyList<string> to, IReadOnlyList<Action<CodedOutputStream>> attributes)
    {
        usesMachineLearning |= domain == MachineLearningDomain;
        var label = $"{operation}_{nodes.Count}";
        nodes.Add(node =>
        {
            foreach (var value in from)
            {
                node.Text(1, value);
            }

            foreach (var result in to)
            {
                node.Text(2, result);
            }

            node.Text(3, label);
            node.Text(4, operation);
            foreach (var attribute in attributes)
            {
                attribute(node);
            }

            if (domain.Length > 0)
            {
                node.Text(7, domain);
            }
        });
    }

    private OnnxValue Raw<T>(string constant, OnnxElementType type, ReadOnlySpan<T> values, IReadOnlyList<long> shape)
        where T : unmanaged
    {
        if (!BitConverter.IsLittleEndian)
        {
            throw new PlatformNotSupportedException("ONNX tensors are little-endian");
        }

        var bytes = MemoryMarshal.AsBytes(values).ToArray();
        return Initializer(constant, type, values.Length, shape, output => output.Bytes(9, bytes));
    }

    private OnnxValue Initializer(string constant, OnnxElementType type, int count, IReadOnlyList<long> shape, Action<CodedOutputStream> data)
    {
        if (shape.Aggregate(1L, (product, size) => product * size) != count)
        {
            throw new ArgumentException($"constant {constant} has {count} values for shape [{string.Join(", ", shape)}]", nameof(shape));
        }

        var unique = Unique(scope + constant);
        initializers.Add(tensor =>
        {
            foreach (var size in shape)
            {
                tensor.Number(1, size);
            }

            tensor.Number(2, (int)type);
            data(tensor);
            tensor.Text(8, unique);
        });
        return new OnnxValue(unique, type);
    }

    private string Unique(string wanted) =>
        names.Add(wanted) ? wanted : throw new ArgumentException($"graph {name} already has a value named {wanted}");

    private static Action<CodedOutputStream> ValueInfo(string value, OnnxElementType type, IReadOnlyList<OnnxDimension> shape) => info =>
    {
        info.Text(1, value);
        info.Message(2, typeProto => typeProto.Message(1, tensor =>
        {
            tensor.Number(1, (int)type);
            tensor.Message(2, shapeProto =>
            {
                foreach (var dimension in shape)
                {
                    shapeProto.Message(1, axis =>
                    {
                        if (dimension.Symbol is { } symbol)
                        {
                            axis.Text(2, symbol);
                        }
                        else
                        {
                            axis.Number(1, dimension.Size);
                        }
                    });
                }
            });
        }));
    };

    private sealed class ScopeEnd(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
