using ClusterML.Chemistry.Tests.Formats;
using ClusterML.Chemistry.Tests.Imports;
using ClusterML.Fuzzing;

namespace ClusterML.Chemistry.Tests.Fuzzing;

/// <summary>Every reader of files of this library. Who adds a reader adds its targets here.</summary>
internal static class FuzzTargets
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<FuzzTarget> All { get; } = [.. StructureFuzzTargets.All, .. ImportFuzzTargets.All];

    /// <summary>The complaint about an exception of a reader of this library: it has to be a <see cref="MalformedFileException"/>
    /// that names the file, and the line where the file is text.</summary>
    /// <param name="isText">Whether the file is text.</param>
    public static Func<FuzzInput, Exception, string?> Refusal(bool isText = true) => (input, exception) => exception switch
    {
        MalformedFileException e when e.File != input.File => $"the error names the file \"{e.File}\", not \"{input.File}\"",
        MalformedFileException { Line: < 1 } when isText => "the error names no line",
        MalformedFileException { Message.Length: 0 or > 1000 } => "the error is empty or endless",
        MalformedFileException => null,
        _ => $"the reader throws {exception.GetType().Name}",
    };
}
