namespace ClusterML.Data;

/// <summary>Data that cannot be used. Carries every problem that was found, not only the first.</summary>
public sealed class DataException : Exception
{
    /// <summary>An exception with these problems.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public DataException(IReadOnlyList<DataProblem> problems)
        : base(string.Join('\n', problems))
    {
        Problems = problems.Count > 0 ? problems : throw new ArgumentException("a DataException needs a problem", nameof(problems));
    }

    /// <summary>An exception with one problem that no file is to blame for.</summary>
    public DataException(string message)
        : this([new DataProblem("", 0, 0, message)])
    {
    }

    /// <summary>The problems, in the order of the file.</summary>
    public IReadOnlyList<DataProblem> Problems { get; }
}
