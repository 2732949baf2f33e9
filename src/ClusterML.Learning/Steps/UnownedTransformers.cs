namespace ClusterML.Learning.Steps;

/// <summary>Fitted parts that have no owner yet: a fit that fails halfway disposes them, one that succeeds hands them on.</summary>
/// <remarks>Some hold native memory, such as the ONNX session of an embedding or the weights of a network.</remarks>
internal sealed class UnownedTransformers : IDisposable
{
    private readonly List<IDisposable> held = [];

    /// <summary>Holds a part until <see cref="Release"/>; the part itself.</summary>
    internal T Hold<T>(T part)
    {
        if (part is IDisposable disposable)
        {
            held.Add(disposable);
        }

        return part;
    }

    /// <summary>Hands all parts on to <paramref name="owner"/>, which disposes them from here on.</summary>
    internal T Release<T>(T owner)
    {
        held.Clear();
        return owner;
    }

    /// <summary>Disposes what was not handed on.</summary>
    public void Dispose() => held.ForEach(part => part.Dispose());
}
