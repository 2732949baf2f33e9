namespace ClusterML.Fuzzing;

/// <summary>A reader that a fuzz run feeds with damaged files.</summary>
public sealed record FuzzTarget
{
    /// <summary>Name of the reader, such as <c>poscar</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Intact files; the reader has to accept each of them.</summary>
    public required IReadOnlyList<byte[]> Seeds { get; init; }

    /// <summary>Reads all of a file and throws away what it finds.</summary>
    public required Action<FuzzInput> Read { get; init; }

    /// <summary>What is wrong with an exception of the reader; null when it is the clear refusal that a damaged file deserves.</summary>
    public required Func<FuzzInput, Exception, string?> Complaint { get; init; }

    /// <summary>Name of the file, for readers that go by it; <c>damaged.txt</c> by default.</summary>
    public string FileName { get; init; } = "damaged.txt";

    /// <summary>How many damaged files are read; 10,000 by default.</summary>
    public int Mutations { get; init; } = 10_000;

    /// <summary>Bytes that one file may make the reader allocate; 64 MiB by default.</summary>
    public long MaxAllocation { get; init; } = 64 << 20;

    /// <inheritdoc/>
    public override string ToString() => Name;
}
