namespace ClusterML.Chemistry.Formats;

/// <summary>An object of JSON: members in the order of the file, each with the place of its value.</summary>
internal sealed class JsonObject
{
    private readonly Dictionary<string, int> index = new(StringComparer.Ordinal);
    private readonly List<JsonMember> members = [];

    /// <summary>The members in the order of the file.</summary>
    public IReadOnlyList<JsonMember> Members => members;

    /// <summary>The value of a member, or null when it is missing or null.</summary>
    public object? this[string name] => Find(name)?.Value;

    /// <summary>A member, or null.</summary>
    public JsonMember? Find(string name) => index.TryGetValue(name, out var i) ? members[i] : null;

    /// <summary>Adds a member; false when there is one of this name.</summary>
    public bool TryAdd(JsonMember member)
    {
        if (!index.TryAdd(member.Name, members.Count))
        {
            return false;
        }

        members.Add(member);
        return true;
    }
}

/// <summary>A member of an object of JSON.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">null, bool, long, double, string, <see cref="JsonNumbers"/>, a list, <see cref="JsonObject"/> or a <see cref="Structures.PropertyValue"/>.</param>
/// <param name="Line">Line from 1 where the value begins.</param>
/// <param name="Column">Column from 1 where the value begins.</param>
internal sealed record JsonMember(string Name, object? Value, int Line, int Column);

/// <summary>An array of JSON that holds numbers alone.</summary>
internal sealed class JsonNumbers
{
    private readonly List<double> reals = [];
    private List<long>? integers = [];

    /// <summary>How many.</summary>
    public int Count => reals.Count;

    /// <summary>The numbers.</summary>
    public IReadOnlyList<double> Reals => reals;

    /// <summary>The numbers when all are integers, else null.</summary>
    public IReadOnlyList<long>? Integers => integers;

    /// <summary>Adds an integer.</summary>
    public void Add(long value)
    {
        reals.Add(value);
        integers?.Add(value);
    }

    /// <summary>Adds a real number; all of them count as real from now on.</summary>
    public void Add(double value)
    {
        reals.Add(value);
        integers = null;
    }
}
