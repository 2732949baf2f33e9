namespace ClusterML.Transformer;

/// <summary>How torch's native library came into this process.</summary>
/// <param name="Path">The way taken.</param>
/// <param name="Message">One sentence for people; on failure it says what is wrong and what helps.</param>
public sealed record NativeLibraryStatus(NativeLibraryPath Path, string Message);
