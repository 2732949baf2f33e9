using static TorchSharp.torch;

namespace ClusterML.Transformer.Nn;

/// <summary>The device that options name.</summary>
internal static class TorchDevice
{
    private const string NoCuda =
        "no CUDA device can be used: use device cpu or auto, or reference the package TorchSharp-cuda-linux (or -windows) in place of libtorch-cpu on a machine with an NVIDIA driver";

    /// <summary>Why there is no CUDA device; null where there is one.</summary>
    public static string? WhyNotCuda() => cuda.is_available() ? null : NoCuda;

    /// <exception cref="PlatformNotSupportedException">CUDA is asked for and there is none.</exception>
    public static Device Of(FtDevice device) => device switch
    {
        FtDevice.Cpu => CPU,
        _ when cuda.is_available() => CUDA,
        FtDevice.Auto => CPU,
        _ => throw new PlatformNotSupportedException(NoCuda),
    };
}
