using ClusterML.Chemistry.Files;

namespace ClusterML.Experiments.Stages;

/// <summary>Finished stage results, one folder each, named by stage and by the hash of everything the stage read.</summary>
/// <remarks>
/// Layout: <c>cache/STAGE/HASH/</c> when finished, <c>cache/STAGE/HASH.partial/</c> while at work. A partial folder keeps
/// checkpoints: the next run of the same stage goes on from them. <c>HASH.sha256</c> holds the hash of the result's files: a result
/// that was altered or damaged is made again.
/// </remarks>
public sealed class StageCache(string root)
{
    private const string PartialSuffix = ".partial";

    /// <summary>Folder of the cache.</summary>
    public string Root { get; } = Path.GetFullPath(root);

    /// <summary>The folder of a finished result, whether or not it exists.</summary>
    public string PathOf(string stage, string hash) => Path.Combine(Root, stage, hash);

    /// <summary>The folder in which an unfinished stage works; made when missing.</summary>
    public string WorkPathOf(string stage, string hash)
    {
        var path = PathOf(stage, hash) + PartialSuffix;
        Directory.CreateDirectory(path);
        return path;
    }

    /// <summary>The right to work on a stage, or null while another process has it.</summary>
    internal FileLock? TryLock(string stage, string hash) => FileLock.TryAcquire(Path.Combine(Root, ".locks", $"{stage}-{hash}"));

    /// <summary>Whether the result is there and its files are those that the stage wrote.</summary>
    public bool Contains(string stage, string hash) =>
        Directory.Exists(PathOf(stage, hash))
        && File.Exists(SealOf(stage, hash))
        && File.ReadAllText(SealOf(stage, hash)) == ContentHash.OfFolder(PathOf(stage, hash));

    /// <summary>Hash of the files of a finished result.</summary>
    public string OutputHash(string stage, string hash) => File.ReadAllText(SealOf(stage, hash));

    /// <summary>Turns the work folder into the finished result, by one rename, and notes the hash of its files.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no work folder.</exception>
    public void Commit(string stage, string hash)
    {
        var (work, target) = (PathOf(stage, hash) + PartialSuffix, PathOf(stage, hash));
        foreach (var leftover in Directory.EnumerateFiles(work, ".*.tmp"))
        {
            // A write that a kill interrupted is no part of the result.
            File.Delete(leftover);
        }

        if (Directory.Exists(target))
        {
            Directory.Delete(target, recursive: true);
        }

        AtomicFile.WriteText(SealOf(stage, hash), ContentHash.OfFolder(work));
        Directory.Move(work, target);
    }

    /// <summary>Removes a result and what an unfinished attempt left.</summary>
    public void Remove(string stage, string hash)
    {
        foreach (var path in new[] { PathOf(stage, hash), PathOf(stage, hash) + PartialSuffix }.Where(Directory.Exists))
        {
            Directory.Delete(path, recursive: true);
        }

        File.Delete(SealOf(stage, hash));
    }

    /// <summary>Every result in the cache, finished or not, ordered by stage and hash.</summary>
    public IReadOnlyList<CachedStage> List()
    {
        if (!Directory.Exists(Root))
        {
            return [];
        }

        return [.. from stage in Directory.EnumerateDirectories(Root)
                   where !Path.GetFileName(stage).StartsWith('.')
                   from folder in Directory.EnumerateDirectories(stage)
                   let name = Path.GetFileName(folder)
                   let partial = name.EndsWith(PartialSuffix, StringComparison.Ordinal)
                   let files = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(f => new FileInfo(f))
                   orderby Path.GetFileName(stage), name
                   select new CachedStage(
                       Path.GetFileName(stage),
                       partial ? name[..^PartialSuffix.Length] : name,
                       folder,
                       files.Sum(f => f.Length),
                       !partial)];
    }

    private string SealOf(string stage, string hash) => PathOf(stage, hash) + ".sha256";
}

/// <summary>One result in the cache.</summary>
/// <param name="Stage">Name of the stage.</param>
/// <param name="Hash">Hash of everything the stage read.</param>
/// <param name="Path">Its folder.</param>
/// <param name="Bytes">Size of its files.</param>
/// <param name="Finished">False: an interrupted attempt with its checkpoints.</param>
public sealed record CachedStage(string Stage, string Hash, string Path, long Bytes, bool Finished);
