using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace ClusterML.ModelConsumer;

#pragma warning disable SA1300, IDE1006, CA1707 // Properties have the names of the model's columns.

/// <summary>The examples of docs/onnx.md, word for word.</summary>
internal static class Quickstart
{
    public static void Run(string folder)
    {
        WithMlNet(folder);
        WithOnnxRuntime(folder);
    }

    private static void WithMlNet(string folder)
    {
        var context = new MLContext();
        var model = context.Model.Load(Path.Combine(folder, "model.zip"), out _);
        var rows = context.Data.LoadFromEnumerable(new[] { new Cluster { host_z = 22, dopant_z = 26, n_atoms_1 = 12, n_atoms_2 = 1 } });
        foreach (var row in context.Data.CreateEnumerable<Prediction>(model.Transform(rows), reuseRowObject: false))
        {
            Console.WriteLine(FormattableString.Invariant($"{row.e_form_in[0]} eV, {row.e_form_in_lower[0]} to {row.e_form_in_upper[0]}"));
        }
    }

    private static void WithOnnxRuntime(string folder)
    {
        using var session = new InferenceSession(Path.Combine(folder, "model.onnx"));
        NamedOnnxValue[] inputs =
        [
            NamedOnnxValue.CreateFromTensor("host_z", new DenseTensor<long>(new long[] { 22, 40 }, [2])),
            NamedOnnxValue.CreateFromTensor("dopant_z", new DenseTensor<long>(new long[] { 26, 78 }, [2])),
            NamedOnnxValue.CreateFromTensor("n_atoms_1", new DenseTensor<float>(new float[] { 12, 12 }, [2])),
            NamedOnnxValue.CreateFromTensor("n_atoms_2", new DenseTensor<float>(new float[] { 1, 1 }, [2])),
        ];
        using var results = session.Run(inputs, ["e_form_in", "known"]);
        Console.WriteLine(string.Join(' ', results[0].AsEnumerable<float>().Select(v => v.ToString(CultureInfo.InvariantCulture))));
    }

    private sealed class Cluster
    {
        public long host_z { get; set; }

        public long dopant_z { get; set; }

        public float n_atoms_1 { get; set; }

        public float n_atoms_2 { get; set; }
    }

    private sealed class Prediction
    {
        public float[] e_form_in { get; set; } = [];

        public float[] e_form_in_lower { get; set; } = [];

        public float[] e_form_in_upper { get; set; } = [];
    }
}
