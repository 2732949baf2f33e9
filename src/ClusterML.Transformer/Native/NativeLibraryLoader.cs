using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using System.Security.Cryptography;
using ClusterML.Transformer.Native;
using TorchSharp;

namespace ClusterML.Transformer;

/// <summary>Makes torch load on systems whose libstdc++ is older than the one TorchSharp was built with (Debian 12, Ubuntu 22.04).</summary>
/// <remarks>
/// TorchSharp reports such a system as a missing package. When this assembly is first used, a handler is registered that the
/// runtime calls only after its own attempts to load the library have failed, so a newer system never reaches it and a
/// process that trains nothing loads nothing. The handler loads libtorch and then a copy of TorchSharp's library in which the
/// one unused requirement (<see cref="NativeLibraryPlan.UnusedVersion"/>) is marked weak. The copy lies in the user's cache folder
/// under a name made of its hash.
/// </remarks>
public static class NativeLibraryLoader
{
    private const string Library = "LibTorchSharp";
    private const string FileName = "lib" + Library + ".so";
    private static readonly string[] Dependencies = ["libc10.so", "libtorch_cpu.so", "libtorch.so"];

    // No lock: the handler runs inside torch's type initialiser, and the runtime lets one thread at a time in there.
    private static volatile NativeLibraryStatus status = new(NativeLibraryPath.NotLoaded, "torch's native library has not been needed yet");

    /// <summary>What has happened so far; loads nothing.</summary>
    public static NativeLibraryStatus Status => status;

    /// <summary>Loads torch if it is not loaded, and says how that went; never throws.</summary>
    public static NativeLibraryStatus Load()
    {
        if (status.Path is NativeLibraryPath.NotLoaded)
        {
            try
            {
                // Any first touch makes TorchSharp load its native library, by way of the handler where that is needed.
                _ = torch.get_num_threads();
                status = status.Path is NativeLibraryPath.NotLoaded ? Of(NativeLibraryPlan.For(null)) : status;
            }
            catch (Exception e)
            {
                // The handler's message is the better one: TorchSharp's own advice names packages that are there.
                status = status.Path is NativeLibraryPath.Failed ? status : Of(NativeLibraryPlan.For(e.GetBaseException().Message));
            }
        }

        return status;
    }

    /// <summary>Loads torch if it is not loaded.</summary>
    /// <exception cref="DllNotFoundException">It cannot be loaded; the message says why and which package helps.</exception>
    public static void EnsureLoaded()
    {
        if (Load() is { Path: NativeLibraryPath.Failed } failed)
        {
            throw new DllNotFoundException(failed.Message);
        }
    }

    /// <summary>The folder of patched copies: <c>clusterml/native</c> in the user's cache folder, or null when the user has none.</summary>
    internal static string? CacheFolder(Func<string, string?> environment)
    {
        var cache = environment("XDG_CACHE_HOME");
        var home = environment("HOME");
        cache = Path.IsPathRooted(cache) ? cache : Path.IsPathRooted(home) ? Path.Combine(home!, ".cache") : null;
        return cache is null ? null : Path.Combine(cache, "clusterml", "native");
    }

    /// <summary>Writes the patched copy of <paramref name="library"/> under <paramref name="folder"/> unless it is there, and gives its path.</summary>
    internal static string PatchedCopy(string library, string folder)
    {
        var bytes = File.ReadAllBytes(library);
        ElfVersionNeeds.MarkWeak(bytes, NativeLibraryPlan.UnusedVersion);
        var target = Path.Combine(folder, Convert.ToHexStringLower(SHA256.HashData(bytes))[..16], FileName);
        if (File.Exists(target) && File.ReadAllBytes(target).AsSpan().SequenceEqual(bytes))
        {
            return target;
        }

        // Written beside and renamed: another process may be loading or writing the same file.
        CreatePrivate(Path.GetDirectoryName(target)!);
        var beside = $"{target}.{Environment.ProcessId}.{Guid.NewGuid():N}";
        File.WriteAllBytes(beside, bytes);
        File.Move(beside, target, overwrite: true);
        return target;
    }

#pragma warning disable CA2255 // A library must not need its caller to prepare the loading of what it brings along.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Register()
    {
        if (OperatingSystem.IsLinux())
        {
            var context = AssemblyLoadContext.GetLoadContext(typeof(NativeLibraryLoader).Assembly) ?? AssemblyLoadContext.Default;
            context.ResolvingUnmanagedDll += Resolve;
        }
    }

    private static nint Resolve(Assembly assembly, string name)
    {
        if (name != Library)
        {
            return 0;
        }

        try
        {
            return LoadPatched();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException or DllNotFoundException)
        {
            status = new(NativeLibraryPath.Failed, $"torch's native library cannot be loaded: {e.Message}");
            return 0;
        }
    }

    private static nint LoadPatched()
    {
        if (Locate(FileName) is not { } library)
        {
            status = Of(NativeLibraryPlan.For($"{FileName}: cannot open shared object file"));
            return 0;
        }

        // The same load once more by its path, because only this gives the loader's reason.
        nint handle = 0;
        string? error = null;
        try
        {
            handle = NativeLibrary.Load(library);
        }
        catch (DllNotFoundException e)
        {
            error = e.Message;
        }

        var plan = NativeLibraryPlan.For(error);
        status = Of(plan);
        if (plan.Path is not NativeLibraryPath.Patched)
        {
            return handle;
        }

        foreach (var dependency in Dependencies)
        {
            // The copy finds these by name among what is loaded; its own folder holds nothing else.
            NativeLibrary.Load(Locate(dependency) ?? throw new FileNotFoundException($"{dependency} does not lie beside the program"));
        }

        var folder = CacheFolder(Environment.GetEnvironmentVariable) ?? Directory.CreateTempSubdirectory("clusterml-native-").FullName;
        return NativeLibrary.Load(PatchedCopy(library, folder));
    }

    private static string? Locate(string file)
    {
        var searched = (AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") as string)?.Split(Path.PathSeparator) ?? [];
        return searched
            .Append(AppContext.BaseDirectory)
            .Append(Path.Combine(AppContext.BaseDirectory, "runtimes", RuntimeInformation.RuntimeIdentifier, "native"))
            .Append(Path.GetDirectoryName(typeof(torch).Assembly.Location) ?? string.Empty)
            .Select(folder => Path.Combine(folder, file))
            .FirstOrDefault(File.Exists);
    }

    private static void CreatePrivate(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private static NativeLibraryStatus Of(NativeLibraryPlan plan) => new(plan.Path, plan.Message);
}
