using System.Globalization;
using ClusterML.Experiments.Prediction;
using ClusterML.Learning.Onnx;
using Microsoft.ML.OnnxRuntime;

namespace ClusterML.Experiments.Export;

/// <summary>Checks that a model folder is what its manifest says, and that it still predicts what it predicted when it was made.</summary>
public static class ModelVerification
{
    /// <summary>Runs every check that the folder allows.</summary>
    /// <param name="path">A run folder, its model folder, or the folder of a backbone.</param>
    /// <exception cref="FileNotFoundException">There is no model.</exception>
    public static ModelVerificationReport Run(string path)
    {
        var folder = PredictionService.FolderOf(path);
        if (ModelFolder.Orphans(folder) is { Count: > 0 } orphans)
        {
            return new(folder, [Check("files", () => ("", [$"{ModelManifest.FileName} is missing, and with it the hashes of {string.Join(", ", orphans)}"]))]);
        }

        if (!File.Exists(Path.Combine(folder, ModelManifest.FileName)) && File.Exists(Path.Combine(folder, BackboneFolder.SummaryFile)))
        {
            return new(folder, [Check("backbone", () => ($"weights {BackboneFolder.Verify(folder).WeightsHash[..12]}", []))]);
        }

        if (!File.Exists(Path.Combine(folder, ModelManifest.FileName)))
        {
            throw new FileNotFoundException($"{folder} holds no {ModelManifest.FileName}: give the folder of a finished run, its model folder, or a backbone's folder");
        }

        // A file that is gone or garbled may be one that the further checks do not read; a manifest that is, is not.
        ModelManifest? known = null;
        var files = Check("files", () =>
        {
            (known, var differences) = ModelFolder.Compare(folder);
            return ($"{known.Files.Count} files have their hashes", differences);
        });
        if (known is null)
        {
            return new(folder, [files]);
        }

        GoldenBatch? golden = null;
        var read = Check("golden batch", () => ((golden = GoldenBatch.TryRead(folder)) is null ? "none: the model was made before there were golden batches" : $"{golden.Rows.Count} rows", []));
        if (golden is null)
        {
            return new(folder, [files, read]);
        }

        var checks = new List<ModelCheck> { files, Check("predictions in .NET", () => Compare(known, golden, PredictionService.Read(folder).Compute(golden.Rows))) };
        checks.Add(known.NoOnnxBecause is { } reason
            ? new("predictions in ONNX Runtime", true, $"not there: {reason}", [])
            : Check("predictions in ONNX Runtime", () => Compare(known, golden, Onnx(folder, known, golden))));
        return new(folder, checks);
    }

    private static ModelCheck Check(string name, Func<(string Detail, IReadOnlyList<string> Differences)> check)
    {
        try
        {
            var (detail, differences) = check();
            return new(name, differences.Count == 0, detail, differences);
        }
        catch (Exception e) when (e is VerificationException or InvalidDataException or IOException or OnnxRuntimeException
            or System.Text.Json.JsonException or ArgumentException or InvalidOperationException or NotSupportedException or KeyNotFoundException or NullReferenceException)
        {
            return new(name, false, "cannot be computed", [e.Message]);
        }
    }

    private static double[][][] Onnx(string folder, ModelManifest manifest, GoldenBatch golden)
    {
        using var session = new OnnxModelSession(File.ReadAllBytes(Path.Combine(folder, ModelExport.OnnxFile)));
        var outputs = session.Run(ModelColumns.Inputs(manifest, golden.Rows), [.. manifest.Targets.SelectMany(ModelColumns.Of)]);
        return
        [
            .. golden.Rows.Select((_, row) => manifest.Targets.Select(target =>
                ModelColumns.Of(target).Select(name => (double)((float[])outputs[name])[row]).ToArray()).ToArray()),
        ];
    }

    private static (string Detail, IReadOnlyList<string> Differences) Compare(ModelManifest manifest, GoldenBatch golden, double[][][] actual)
    {
        var differences = new List<string>();
        var largest = 0.0;
        foreach (var (row, input) in golden.Rows.Index())
        {
            foreach (var (t, target) in manifest.Targets.Index())
            {
                foreach (var (part, name) in ModelColumns.Of(target).Index())
                {
                    var (then, now) = (golden.Outputs[row][t][part], actual[row][t][part]);
                    var difference = then.Equals(now) ? 0 : Math.Abs(then - now) / Math.Max(1, Math.Abs(then));
                    largest = Math.Max(largest, double.IsNaN(difference) ? 0 : difference);
                    if (!(difference <= golden.Tolerance))
                    {
                        differences.Add(string.Create(CultureInfo.InvariantCulture, $"row {input.RowId}: {name} was {then:R} {target.Unit} and is now {now:R}"));
                    }
                }
            }
        }

        return (string.Create(CultureInfo.InvariantCulture, $"{golden.Rows.Count} rows, largest difference {largest:g2}"), differences);
    }
}
