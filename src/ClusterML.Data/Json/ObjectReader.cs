using System.Globalization;
using System.Text.Json;
using ClusterML.Data.Errors;

namespace ClusterML.Data.Json;

/// <summary>Takes the members of a JSON object one by one; collects what is missing, of a wrong kind, twice there, or unknown.</summary>
internal sealed class ObjectReader
{
    private readonly string file;
    private readonly string path;
    private readonly PlacedJson value;
    private readonly List<DataProblem> problems;
    private readonly Dictionary<string, PlacedJson> members = new(StringComparer.Ordinal);
    private readonly List<string> known = [];

    /// <summary>A reader of an object; anything else is reported, and reads as an object without members.</summary>
    /// <param name="file">The file, as problems name it.</param>
    /// <param name="path">Where in the file: <c>columns[2]</c>; empty for the whole.</param>
    /// <param name="value">The object.</param>
    /// <param name="problems">Takes the problems.</param>
    public ObjectReader(string file, string path, PlacedJson value, List<DataProblem> problems)
    {
        this.file = file;
        this.path = path;
        this.value = value;
        this.problems = problems;
        if (value.Kind != JsonValueKind.Object)
        {
            Report(value, "", $"expected an object, found {value.Word}");
        }

        foreach (var (name, line, column, member) in value.Members)
        {
            if (!members.TryAdd(name, member))
            {
                problems.Add(new(file, line, column, $"{At(name)}: is there twice"));
            }
        }
    }

    /// <summary>A text; required unless there is an <paramref name="otherwise"/>. A required text is not empty.</summary>
    public string Text(string name, string? otherwise = null)
    {
        if (Take(name, otherwise is null, JsonValueKind.String, "a text") is not { } member)
        {
            return otherwise ?? "";
        }

        if (otherwise is null && member.Text.Trim().Length == 0)
        {
            Report(member, name, "is empty");
        }

        return member.Text;
    }

    /// <summary>A text that must be one of a few; <paramref name="otherwise"/> where it is not.</summary>
    public T Choice<T>(string name, IReadOnlyDictionary<string, T> choices, T otherwise)
    {
        if (Take(name, true, JsonValueKind.String, "a text") is { } member)
        {
            if (choices.TryGetValue(member.Text, out var chosen))
            {
                return chosen;
            }

            var near = NearestName.Of(member.Text, choices.Keys) is { } name2 ? $"did you mean {name2}? " : "";
            Report(member, name, $"\"{member.Text}\" is not one of them ({near}allowed: {string.Join(", ", choices.Keys)})");
        }

        return otherwise;
    }

    /// <summary>A finite number, or null when it is not there.</summary>
    public double? Number(string name)
    {
        if (Take(name, false, JsonValueKind.Number, "a number") is not { } member)
        {
            return null;
        }

        if (double.TryParse(member.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number))
        {
            return number;
        }

        Report(member, name, $"{member.Text} is too large");
        return null;
    }

    /// <summary>A whole number of at least 0, or null when it is not there.</summary>
    public int? Count(string name)
    {
        if (Take(name, false, JsonValueKind.Number, "a number") is not { } member)
        {
            return null;
        }

        if (int.TryParse(member.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        Report(member, name, $"{member.Text} is not a whole number from 0");
        return null;
    }

    /// <summary>The items of a list; empty when there is none.</summary>
    public IReadOnlyList<PlacedJson> List(string name, bool required) =>
        Take(name, required, JsonValueKind.Array, "a list")?.Items ?? [];

    /// <summary>The texts of a list; items of other kinds are reported.</summary>
    public IReadOnlyList<string> Texts(string name, bool required)
    {
        var texts = new List<string>();
        foreach (var (index, item) in List(name, required).Index())
        {
            if (item.Kind == JsonValueKind.String)
            {
                texts.Add(item.Text);
            }
            else
            {
                Report(item, FormattableString.Invariant($"{name}[{index}]"), $"expected a text, found {item.Word}");
            }
        }

        return texts;
    }

    /// <summary>The objects of a list, each with a reader of its own.</summary>
    public IEnumerable<ObjectReader> Objects(string name, bool required) =>
        List(name, required).Index().Select(i => new ObjectReader(file, At(FormattableString.Invariant($"{name}[{i.Index}]")), i.Item, problems));

    /// <summary>The scalars of an object, as they were written, by name; empty when it is not there.</summary>
    public IReadOnlyDictionary<string, string> Scalars(string name)
    {
        var scalars = new OrderedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, _, _, member) in Take(name, false, JsonValueKind.Object, "an object")?.Members ?? [])
        {
            if (member.Kind is JsonValueKind.Object or JsonValueKind.Array)
            {
                Report(member, $"{name}.{key}", $"expected a text or a number, found {member.Word}");
            }
            else if (!scalars.TryAdd(key, member.Text))
            {
                Report(member, $"{name}.{key}", "is there twice");
            }
        }

        return scalars;
    }

    /// <summary>Adds a problem at a member, or at the object where it is not there.</summary>
    public void Report(string name, string message) => Report(members.GetValueOrDefault(name, value), name, message);

    /// <summary>Reports the members that nobody took.</summary>
    public void Finish()
    {
        foreach (var (name, line, column, _) in value.Members.Where(m => !known.Contains(m.Name)).DistinctBy(m => m.Name))
        {
            var free = known.Where(k => !members.ContainsKey(k)).ToList();
            var hint = NearestName.Of(name, free) is { } near ? $"(did you mean {near}?)" : $"(allowed: {string.Join(", ", known)})";
            problems.Add(new(file, line, column, $"{At(name)}: unknown key {hint}"));
        }
    }

    private PlacedJson? Take(string name, bool required, JsonValueKind kind, string expected)
    {
        known.Add(name);
        if (!members.TryGetValue(name, out var member))
        {
            if (required && value.Kind == JsonValueKind.Object)
            {
                Report(value, name, "missing");
            }

            return null;
        }

        if (member.Kind == kind)
        {
            return member;
        }

        Report(member, name, $"expected {expected}, found {member.Word}");
        return null;
    }

    private string At(string name) => path.Length == 0 ? name : name.Length == 0 ? path : $"{path}.{name}";

    private void Report(PlacedJson at, string name, string message)
    {
        var place = At(name);
        problems.Add(new(file, at.Line, at.Column, place.Length == 0 ? message : $"{place}: {message}"));
    }
}
