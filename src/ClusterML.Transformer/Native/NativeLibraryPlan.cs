namespace ClusterML.Transformer.Native;

/// <summary>What to do after the loader's answer to a plain load; a pure function, so both paths can be tested anywhere.</summary>
/// <param name="Path">The way to take.</param>
/// <param name="Message">Why, and on failure what helps.</param>
internal sealed record NativeLibraryPlan(NativeLibraryPath Path, string Message)
{
    /// <summary>
    /// The version that libLibTorchSharp requires for one symbol that none of its relocations uses; Debian 12 and Ubuntu 22.04
    /// end at 3.4.30.
    /// </summary>
    public const string UnusedVersion = "GLIBCXX_3.4.32";

    /// <summary>The plan for an answer of the dynamic loader.</summary>
    /// <param name="loadError">The loader's message, or null when the plain load worked.</param>
    public static NativeLibraryPlan For(string? loadError)
    {
        if (loadError is null)
        {
            return new(NativeLibraryPath.Plain, "torch's native library loads as it was shipped");
        }

        if (loadError.Contains($"`{UnusedVersion}' not found", StringComparison.Ordinal))
        {
            return new(
                NativeLibraryPath.Patched,
                $"this system's libstdc++ has no {UnusedVersion}; a copy of torch's native library that does not insist on it is used");
        }

        return new(NativeLibraryPath.Failed, $"torch's native library cannot be loaded: {Remedy(loadError)} (the loader said: {loadError.Trim()})");
    }

    private static string Remedy(string loadError)
    {
        if (loadError.Contains("libgomp.so", StringComparison.Ordinal))
        {
            return "the OpenMP runtime is missing; on Debian and Ubuntu install the package libgomp1";
        }

        if (loadError.Contains("GLIBCXX_", StringComparison.Ordinal) || loadError.Contains("CXXABI_", StringComparison.Ordinal))
        {
            return "this system's C++ runtime is too old; on Debian and Ubuntu install a newer libstdc++6 (Debian 12, Ubuntu 22.04 or later)";
        }

        if (loadError.Contains("libstdc++.so", StringComparison.Ordinal))
        {
            return "the C++ runtime is missing; on Debian and Ubuntu install the package libstdc++6";
        }

        if (loadError.Contains("`GLIBC_", StringComparison.Ordinal))
        {
            return "this system's C library is older than 2.34; Debian 12, Ubuntu 22.04 or later is needed";
        }

        return "check that the files of the packages TorchSharp and libtorch-cpu for this platform lie beside the program";
    }
}
