using System.Globalization;
using ClusterML.ModelConsumer;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

// Predicts the rows of a csv file with model.zip and with model.onnx, and prints `way,row,output,value` lines.
// The file has the model's input columns by name, and no quotes. Without a file it runs the examples of docs/onnx.md.
if (args.Length == 1)
{
    Quickstart.Run(args[0]);
    return 0;
}

if (args.Length != 2)
{
    Console.Error.WriteLine("usage: ModelConsumer MODEL_FOLDER [ROWS.CSV]");
    return 2;
}

var lines = File.ReadAllLines(args[1]);
var header = lines[0].Split(',');
var cells = lines[1..].Select(line => line.Split(',')).ToArray();
Console.WriteLine("way,row,output,value");

// 1. ML.NET: the zip holds the graph, and the schema says which columns it reads.
var context = new MLContext();
var model = context.Model.Load(Path.Combine(args[0], "model.zip"), out var schema);
var rows = context.Data.CreateTextLoader(
    [.. schema.Select(column => new TextLoader.Column(column.Name, Kind(column.Type), Array.IndexOf(header, column.Name)))],
    separatorChar: ',',
    hasHeader: true).Load(args[1]);
var predicted = model.Transform(rows);
foreach (var output in predicted.Schema.Where(c => schema.GetColumnOrNull(c.Name) is null && c.Type is VectorDataViewType { Size: 1 }))
{
    var values = output.Type is VectorDataViewType { ItemType.RawType: var item } && item == typeof(float)
        ? predicted.GetColumn<float[]>(output).Select(v => (double)v[0])
        : predicted.GetColumn<long[]>(output).Select(v => (double)v[0]);
    Print("zip", output.Name, values);
}

// 2. ONNX Runtime: all rows at once.
using var session = new InferenceSession(Path.Combine(args[0], "model.onnx"));
var inputs = session.InputMetadata.Select(input =>
{
    var texts = cells.Select(row => row[Array.IndexOf(header, input.Key)]).ToArray();
    return input.Value.ElementType switch
    {
        var t when t == typeof(long) => NamedOnnxValue.CreateFromTensor(input.Key, Column(texts.Select(v => long.Parse(v, CultureInfo.InvariantCulture)))),
        var t when t == typeof(float) => NamedOnnxValue.CreateFromTensor(input.Key, Column(texts.Select(v => v.Length == 0 ? float.NaN : float.Parse(v, CultureInfo.InvariantCulture)))),
        _ => NamedOnnxValue.CreateFromTensor(input.Key, Column(texts)),
    };
}).ToList();
using var results = session.Run(inputs);
foreach (var result in results.Where(r => session.OutputMetadata[r.Name].Dimensions.Length == 1))
{
    Print("onnx", result.Name, result.ElementType == TensorElementType.Float ? result.AsEnumerable<float>().Select(v => (double)v) : result.AsEnumerable<long>().Select(v => (double)v));
}

return 0;

static DataKind Kind(DataViewType type) => type switch
{
    TextDataViewType => DataKind.String,
    _ when type.RawType == typeof(long) => DataKind.Int64,
    _ => DataKind.Single,
};

static DenseTensor<T> Column<T>(IEnumerable<T> values)
{
    var array = values.ToArray();
    return new DenseTensor<T>(array, [array.Length]);
}

static void Print(string way, string output, IEnumerable<double> values)
{
    foreach (var (row, value) in values.Index())
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{way},{row},{output},{value:R}"));
    }
}
