using ClusterML.Chemistry.Structures;

namespace ClusterML.Chemistry.Formats;

/// <summary>Reads JSON of ASE row by row: a database, one encoded <c>Atoms</c>, or a list of them.</summary>
internal sealed class AseJsonReader(TextReader reader, string file)
{
    private readonly JsonReader json = new(reader, file);

    /// <summary>The structures in the order of the file; one at least.</summary>
    public IEnumerable<Structure> Read()
    {
        var count = 0L;
        foreach (var structure in json.Next() == '[' ? List() : Object())
        {
            count++;
            yield return structure;
        }

        if (count == 0)
        {
            throw json.Wrong("the file holds no structure; rows such as \"1\": {\"numbers\": ...} are expected");
        }

        json.End();
    }

    private IEnumerable<Structure> List()
    {
        json.Pass('[');
        if (json.Passes(']'))
        {
            yield break;
        }

        do
        {
            yield return Row();
        }
        while (json.Passes(','));

        json.Close(']');
    }

    private IEnumerable<Structure> Object()
    {
        json.Pass('{');
        var whole = new JsonObject();
        var (line, column) = (json.Line, json.Column);
        var rows = 0L;
        JsonMember? ids = null;
        if (!json.Passes('}'))
        {
            do
            {
                _ = json.Next();
                var (nameLine, nameColumn) = (json.Line, json.Column);
                var name = json.Name();
                if (name.Length > 0 && name.All(char.IsAsciiDigit))
                {
                    rows++;
                    yield return Row();
                    continue;
                }

                var member = new JsonMember(name, json.Value(), nameLine, nameColumn);
                if (name is "ids" or "nextid" or "metadata")
                {
                    ids = name == "ids" ? member : ids;
                }
                else if (!whole.TryAdd(member))
                {
                    throw new MalformedFileException(file, nameLine, nameColumn, $"{TextLines.Quote(name)} is given twice");
                }
            }
            while (json.Passes(','));

            json.Close('}');
        }

        if (rows == 0 && whole.Members.Count > 0)
        {
            yield return Structure(whole, line, column);
        }
        else if (ids?.Value is JsonNumbers { Count: var listed } && listed != rows)
        {
            throw new MalformedFileException(
                file, ids.Line, ids.Column, FormattableString.Invariant($"ids lists {listed} rows, and the file holds {rows}"));
        }
    }

    private Structure Row()
    {
        if (json.Next() != '{')
        {
            throw json.Wrong("a row is expected, an object such as {\"numbers\": ...}");
        }

        var (line, column) = (json.Line, json.Column);
        return Structure((JsonObject)json.Value()!, line, column);
    }

    private Structure Structure(JsonObject row, int line, int column) =>
        AseRow.Read(row, (member, message) => new(file, member?.Line ?? line, member?.Column ?? column, message));
}
