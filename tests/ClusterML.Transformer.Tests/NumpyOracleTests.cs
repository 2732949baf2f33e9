using System.Diagnostics;
using System.Text.Json;

namespace ClusterML.Transformer.Tests;

/// <summary>The architecture against an independent implementation in Python: the same weights file, the same rows.</summary>
[Collection("torch")]
public sealed class NumpyOracleTests
{
    private const string Python = "/usr/bin/python3";

    public static TheoryData<string> Networks => OptionMatrix.Names;

    [Theory]
    [MemberData(nameof(Networks))]
    public void Predict_EveryOption_MatchesNumpy(string network)
    {
        var model = OptionMatrix.Model(network);
        var (codes, numbers) = OptionMatrix.Rows(model.Backbone.Sizes, 40);

        var expected = Reference(model, codes, numbers);
        var (predictions, embeddings) = model.Predict(codes, numbers);

        for (var row = 0; row < codes.Length; row++)
        {
            Close(expected.Embedding[row], [.. embeddings[row].Select(v => (double)v)]);
            Close(expected.Prediction[row], predictions[row]);
        }
    }

    [Fact]
    public void Predict_PaperSizes_MatchesNumpy()
    {
        var backbone = SampleRows.Backbone(new FtTransformerOptions(), new FtSizes([.. Enumerable.Range(0, 10).Select(i => 2 + (i * 3))], 56));
        var head = Nn.FtLayout.Initial(Nn.FtLayout.HeadLayers(backbone.Sizes, backbone.Options, 2), backbone.Options, new(4));
        var model = new FtTransformerModel(backbone, new([0, 0], [1, 1]), head);
        var (codes, numbers) = OptionMatrix.Rows(backbone.Sizes, 6);

        var expected = Reference(model, codes, numbers);
        var (predictions, embeddings) = model.Predict(codes, numbers);

        for (var row = 0; row < codes.Length; row++)
        {
            Close(expected.Embedding[row], [.. embeddings[row].Select(v => (double)v)]);
            Close(expected.Prediction[row], predictions[row]);
        }
    }

    private static Answer Reference(FtTransformerModel model, int[][] codes, float[][] numbers)
    {
        var folder = Directory.CreateTempSubdirectory("clusterml-numpy-");
        try
        {
            var weights = Path.Combine(folder.FullName, "model.safetensors");
            File.WriteAllBytes(weights, model.Save());
            using var process = Started(Path.Combine(AppContext.BaseDirectory, "ft_reference.py"), weights);
            var answer = process.StandardOutput.ReadToEndAsync();
            var errors = process.StandardError.ReadToEndAsync();
            process.StandardInput.Write(JsonSerializer.Serialize(new
            {
                codes,
                numbers = numbers.Select(row => row.Select(v => float.IsNaN(v) ? (double?)null : v)),
            }));
            process.StandardInput.Close();
            process.WaitForExit();
            Assert.True(process.ExitCode == 0, errors.Result);
            return JsonSerializer.Deserialize<Answer>(answer.Result, JsonSerializerOptions.Web)!;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static Process Started(params string[] arguments)
    {
        if (!File.Exists(Python) || !HasNumpy())
        {
            const string Missing = $"{Python} with numpy is not here (Debian: python3-numpy)";
            Assert.SkipUnless(Environment.GetEnvironmentVariable("CI") == "true", Missing);
            Assert.Fail(Missing);
        }

        var start = new ProcessStartInfo(Python, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["OPENBLAS_NUM_THREADS"] = "1";
        return Process.Start(start)!;
    }

    private static bool HasNumpy()
    {
        using var process = Process.Start(new ProcessStartInfo(Python, ["-c", "import numpy"]) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }

    private static void Close(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        var worst = expected.Zip(actual, (e, a) => Math.Abs(e - a)).Max();
        Assert.True(worst <= 1e-5, $"largest difference {worst:g3}");
    }

    private sealed record Answer(double[][] Embedding, double[][] Prediction);
}
