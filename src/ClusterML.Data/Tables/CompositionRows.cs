using ClusterML.Chemistry.Calculations;
using ClusterML.Chemistry.Elements;

namespace ClusterML.Data;

/// <summary>Collects compositions and makes a table of them.</summary>
internal sealed class CompositionRows
{
    private readonly Dictionary<string, int> lines = new(StringComparer.Ordinal);
    private readonly List<string> ids = [];
    private readonly List<(string Host, string Dopant)> pairs = [];
    private readonly List<(float First, float Second)> counts = [];
    private readonly List<double[]> targets = [];
    private readonly List<LeftOutRow> leftOut = [];
    private readonly List<string> notes = [];
    private readonly List<string> places = [];

    /// <summary>Rows so far.</summary>
    public int Count => ids.Count;

    /// <summary>Rows left out so far.</summary>
    public IReadOnlyList<LeftOutRow> LeftOut => leftOut;

    /// <summary>Adds a row unless its id is taken; <paramref name="earlier"/> is then the line that took it.</summary>
    public bool TryAdd(string id, int line, Element host, Element dopant, float first, float second, double[] values, out int earlier, string place = "")
    {
        if (lines.TryGetValue(id, out earlier))
        {
            return false;
        }

        lines.Add(id, line);
        ids.Add(id);
        pairs.Add((host.Symbol, dopant.Symbol));
        counts.Add((first, second));
        targets.Add(values);
        places.Add(place);
        return true;
    }

    /// <summary>Records a row that was read and is not used.</summary>
    public void LeaveOut(string place, string reason) => leftOut.Add(new(place, reason));

    /// <summary>Records a calculation that was read and is not used.</summary>
    public void LeaveOut(Calculation calculation, string reason) => LeaveOut(new LeftOutRow(calculation.File, reason) { Place = calculation.Place });

    /// <summary>Records what was read and is not used.</summary>
    public void LeaveOut(LeftOutRow row) => leftOut.Add(row);

    /// <summary>Records a remark on the rows.</summary>
    public void Note(string note) => notes.Add(note);

    /// <summary>The table of the rows added so far.</summary>
    public DataTable ToTable(string name, IReadOnlyList<TargetColumn> targetColumns) => new(name, ids)
    {
        TextColumns = new OrderedDictionary<string, string[]>
        {
            ["host"] = [.. pairs.Select(p => p.Host)],
            ["dopant"] = [.. pairs.Select(p => p.Dopant)],
        },
        NumberColumns = new OrderedDictionary<string, float[]>
        {
            ["n_atoms_1"] = [.. counts.Select(c => c.First)],
            ["n_atoms_2"] = [.. counts.Select(c => c.Second)],
        },
        CategoricalColumns = ["host", "dopant"],
        NumericColumns = ["n_atoms_1", "n_atoms_2"],
        GroupColumns = ["host", "dopant"],
        Units = new Dictionary<string, string> { ["n_atoms_1"] = "1", ["n_atoms_2"] = "1" },
        Targets = targetColumns,
        TargetValues = [.. targets],
        IsComposition = true,
        RowPlaces = places.TrueForAll(place => place.Length == 0) ? [] : [.. places],
        LeftOut = [.. leftOut],
        Notes = [.. notes],
    };
}
