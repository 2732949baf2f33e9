using System.Text.Json.Nodes;
using ClusterML.Experiments.Export;
using ClusterML.Experiments.Prediction;

namespace ClusterML.Experiments.Tests.Export;

public sealed class ModelVerificationTests
{
    [Fact]
    public void Run_Untouched_PassesInBothPaths()
    {
        using var model = new FittedModel("smoke");

        var report = ModelVerification.Run(model.Folder);

        Assert.True(report.Passed);
        Assert.Equal(["files", "predictions in .NET", "predictions in ONNX Runtime"], report.Checks.Select(c => c.Name));
    }

    [Fact]
    public void Run_AnyFileChanged_SaysWhich()
    {
        using var model = new FittedModel("smoke", "model.pipeline=../pipelines/ridge-raw.yaml");
        foreach (var file in Directory.GetFiles(model.Folder).Where(f => Path.GetFileName(f) != ModelManifest.FileName))
        {
            var bytes = File.ReadAllBytes(file);
            File.WriteAllBytes(file, [.. bytes[..(bytes.Length / 2)], (byte)(bytes[bytes.Length / 2] ^ 0x40), .. bytes[((bytes.Length / 2) + 1)..]]);

            var report = ModelVerification.Run(model.Folder);

            Assert.False(report.Passed, file);
            Assert.Contains(report.Checks[0].Differences, d => d.Contains(Path.GetFileName(file), StringComparison.Ordinal));
            File.Delete(file);
            Assert.False(ModelVerification.Run(model.Folder).Passed, $"{file} is missing");
            File.WriteAllBytes(file, bytes);
        }

        Assert.True(ModelVerification.Run(model.Folder).Passed);
        File.WriteAllText(Path.Combine(model.Folder, ModelManifest.FileName), "{");
        Assert.False(ModelVerification.Run(model.Folder).Passed);
        File.Delete(Path.Combine(model.Folder, ModelManifest.FileName));
        var orphaned = ModelVerification.Run(model.Folder);
        Assert.False(orphaned.Passed);
        Assert.Contains("manifest.json is missing, and with it the hashes of head.json", Assert.Single(Assert.Single(orphaned.Checks).Differences), StringComparison.Ordinal);
    }

    // A graph with its own hash right, but of another model: only recomputing finds it.
    [Fact]
    public void Run_GraphOfAnotherModelWithItsHashInTheManifest_DiffersInOnnxOnly()
    {
        using var model = new FittedModel("smoke", "model.pipeline=../pipelines/ridge-raw.yaml");
        using var other = new FittedModel("smoke", "model.pipeline=../pipelines/mean.yaml");
        File.Copy(Path.Combine(other.Folder, ModelExport.OnnxFile), Path.Combine(model.Folder, ModelExport.OnnxFile), overwrite: true);
        var path = Path.Combine(model.Folder, ModelManifest.FileName);
        var manifest = JsonNode.Parse(File.ReadAllText(path))!;
        manifest["files"]![ModelExport.OnnxFile] = other.Service.Manifest.Files[ModelExport.OnnxFile];
        File.WriteAllText(path, manifest.ToJsonString());

        var report = ModelVerification.Run(model.Folder);

        Assert.Equal([true, true, false], report.Checks.Select(c => c.Passed));
        Assert.Matches("^row .*: e_form_in was -?[0-9.]+ eV and is now ", report.Checks[2].Differences[0]);
    }

    [Fact]
    public void Run_ModelWithoutOnnxForm_HasAReasonInThePlaceOfTheFiles()
    {
        using var model = new FittedModel("smoke", "model.pipeline=../pipelines/lightgbm.yaml");

        var report = ModelVerification.Run(model.Folder);

        Assert.StartsWith("step lightgbm: LightGBM sends missing values", model.Service.Manifest.NoOnnxBecause, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(model.Folder, ModelExport.OnnxFile)) || File.Exists(Path.Combine(model.Folder, ModelExport.ZipFile)));
        Assert.True(report.Passed);
        Assert.StartsWith("not there: step lightgbm", report.Checks[2].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_NoModel_SaysWhatToGive() =>
        Assert.Contains("give the folder of a finished run", Assert.Throws<FileNotFoundException>(() => ModelVerification.Run(Path.GetTempPath())).Message, StringComparison.Ordinal);
}
