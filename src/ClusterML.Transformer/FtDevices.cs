using ClusterML.Transformer.Nn;

namespace ClusterML.Transformer;

/// <summary>Whether a device can be used here, asked before hours of training depend on it.</summary>
public static class FtDevices
{
    /// <summary>Why a device cannot be used on this machine, and what would be right; null where it can. Torch is loaded only for <see cref="FtDevice.Cuda"/>.</summary>
    public static string? WhyNot(FtDevice device)
    {
        if (device != FtDevice.Cuda)
        {
            return null;
        }

        return NativeLibraryLoader.Load() is { Path: NativeLibraryPath.Failed } failed ? failed.Message : TorchDevice.WhyNotCuda();
    }
}
