using System.Runtime.InteropServices;
using ClusterML.Chemistry.Files;
using ClusterML.Cli.Terminal;
using ClusterML.Cli.Verbs;
using ClusterML.Transformer;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.Trainers.LightGbm;
using SkiaSharp;
using TorchSharp;

namespace ClusterML.Cli.Doctor;

/// <summary>Runs every check by doing a small piece of the real work, since a library that is present may still not load.</summary>
internal static class SystemChecks
{
    public static IReadOnlyList<SystemCheck> Run(Session session) =>
    [
        Runtime(),
        Required("libtorch", Torch, "libstdc++6 and libgomp1 (apt-get install libstdc++6 libgomp1), and dotnet restore"),
        Required("LightGBM", LightGbm, "libgomp1 (apt-get install libgomp1)"),
        Required("ONNX Runtime", Onnx, "libstdc++6 (apt-get install libstdc++6)"),
        Required("SkiaSharp", Skia, "the package SkiaSharp.NativeAssets.Linux.NoDependencies, restored by dotnet restore"),
        Artifacts(session),
        DataRoot(session),
        Cp2k(session),
        Cp2kData(session),
    ];

    private static SystemCheck Runtime() => Environment.Version.Major >= 10
        ? new SystemCheck(".NET", CheckState.Ok, $"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.RuntimeIdentifier}")
        : new SystemCheck(".NET", CheckState.Failed, RuntimeInformation.FrameworkDescription, "the .NET 10 runtime");

    private static SystemCheck Required(string name, Func<string> work, string remedy)
    {
        try
        {
            return new SystemCheck(name, CheckState.Ok, work());
        }
        catch (Exception exception)
        {
            return new SystemCheck(name, CheckState.Failed, CommandLineApp.OneLine(exception), remedy);
        }
    }

    private static string Torch()
    {
        NativeLibraryLoader.EnsureLoaded();
        using var ones = torch.ones(4);
        using var sum = ones.sum();
        return sum.item<float>() == 4
            ? $"{VersionText.Libtorch}, {NativeLibraryLoader.Status.Message}"
            : throw new InvalidOperationException("torch loads, but 1 + 1 + 1 + 1 is not 4");
    }

    private static string LightGbm()
    {
        const string library = "lib_lightgbm";
        var handle = NativeLibrary.Load(library, typeof(LightGbmRegressionTrainer).Assembly, null);
        return NativeLibrary.TryGetExport(handle, "LGBM_DatasetCreateFromMat", out _)
            ? $"{library} loads"
            : throw new EntryPointNotFoundException($"{library} has no LGBM_DatasetCreateFromMat");
    }

    private static string Onnx() => OrtEnv.Instance().GetVersionString();

    private static string Skia()
    {
        using var surface = SKSurface.Create(new SKImageInfo(16, 16));
        surface.Canvas.Clear(SKColors.White);
        using var image = surface.Snapshot();
        using var png = image.Encode(SKEncodedImageFormat.Png, 100);
        return $"{SkiaSharpVersion.Native} draws a PNG";
    }

    private static SystemCheck Artifacts(Session session)
    {
        var folder = session.FullPath("artifacts");
        var existed = Directory.Exists(folder);
        try
        {
            Directory.CreateDirectory(folder);
            var probe = Path.Combine(folder, $".write-{Guid.NewGuid():N}");
            File.WriteAllText(probe, string.Empty);
            File.Delete(probe);
            return new SystemCheck("artifacts", CheckState.Ok, $"{folder} can be written");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new SystemCheck("artifacts", CheckState.Failed, exception.Message, "a current folder that you may write to");
        }
        finally
        {
            // A check leaves nothing behind.
            if (!existed && Directory.Exists(folder) && !Directory.EnumerateFileSystemEntries(folder).Any())
            {
                Directory.Delete(folder);
            }
        }
    }

    private static SystemCheck DataRoot(Session session)
    {
        var root = DataVerb.DataRoot(session);
        return Directory.Exists(root)
            ? new SystemCheck("data", CheckState.Ok, root)
            : new SystemCheck(
                "data",
                CheckState.Missing,
                $"{root} is not there",
                "CLUSTERML_DATA set to the folder with qcd/ and segregation/; only configs that use those tables need it");
    }

    private static SystemCheck Cp2k(Session session)
    {
        var found = ProgramPath.Find("cp2k.psmp", session.Terminal.EnvironmentVariable("PATH"));
        return found is not null
            ? new SystemCheck("cp2k", CheckState.Ok, found)
            : new SystemCheck(
                "cp2k",
                CheckState.Missing,
                "cp2k.psmp is not on PATH",
                "cp2k (apt-get install cp2k); only new DFT labels need it");
    }

    private static SystemCheck Cp2kData(Session session)
    {
        var folder = session.Terminal.EnvironmentVariable("CP2K_DATA_DIR") is { Length: > 0 } set ? set : "/usr/share/cp2k";
        return File.Exists(Path.Combine(folder, "GTH_POTENTIALS"))
            ? new SystemCheck("cp2k data", CheckState.Ok, folder)
            : new SystemCheck(
                "cp2k data",
                CheckState.Missing,
                $"{folder} has no GTH_POTENTIALS",
                "cp2k-data (apt-get install cp2k-data) and CP2K_DATA_DIR; only new DFT labels need it");
    }
}
