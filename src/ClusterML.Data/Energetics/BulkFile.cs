using ClusterML.Chemistry.Calculations;
using ClusterML.Chemistry.Energetics.Bulk;
using ClusterML.Data.Rows;

namespace ClusterML.Data.Energetics;

/// <summary>Reads computed bulk metals, csv or Parquet.</summary>
/// <remarks>
/// Columns <c>element</c>, <c>structure</c> and <c>e_bulk</c> (eV/atom) must be there; <c>nearest_neighbour</c> (Angstrom) or
/// <c>volume</c> (Angstrom^3 per atom) gives the radius, the first for <see cref="ClosePacking.Known"/> only, <c>e_atom</c> (eV) or
/// <c>method</c> (to find a free atom of the same method) the cohesive energy.
/// </remarks>
public static class BulkFile
{
    /// <summary>Reads the crystals.</summary>
    /// <exception cref="DataException">The file is missing or a cell is not what it should be; all problems are named.</exception>
    public static IReadOnlyList<BulkCrystal> Read(string path)
    {
        using var file = RowFile.Open(path, "give a table with the columns element, structure, e_bulk, nearest_neighbour or volume, e_atom");
        var (element, structure, energy) = (file.Require("element"), file.Require("structure"), file.Require("e_bulk"));
        file.ThrowProblems();
        var (distance, volume, atom, method) = (file.Find("nearest_neighbour"), file.Find("volume"), file.Find("e_atom"), file.Find("method"));
        var crystals = new List<BulkCrystal>();
        var rows = 0;
        while (file.Read())
        {
            rows++;
            var metal = file.Element(element);
            var name = file.RequiredText(structure);
            var perAtom = file.Number(energy);
            var neighbour = Positive(file, distance);
            var cell = Positive(file, volume);
            var radius = double.IsFinite(cell) ? ClosePacking.Radius(cell) : ClosePacking.Radius(name, neighbour);
            if (double.IsNaN(radius) && double.IsFinite(neighbour))
            {
                file.Report(distance, $"the volume of {name} does not follow from the distance between atoms (it does for {string.Join(", ", ClosePacking.Known)}); give volume");
            }

            var free = atom < 0 ? double.NaN : file.OptionalNumber(atom);
            var described = Method(file, method);
            if (metal is not null)
            {
                crystals.Add(new(file.Place, metal, name, perAtom, radius, free, described));
            }
        }

        file.Finish(rows);
        return crystals;
    }

    private static double Positive(RowFile file, int column)
    {
        var value = column < 0 ? double.NaN : file.OptionalNumber(column);
        if (value <= 0.0)
        {
            file.Report(column, $"{file.Header[column]} must be above 0");
        }

        return value;
    }

    private static MethodDescription? Method(RowFile file, int column)
    {
        if (column < 0 || file.Text(column).Length == 0)
        {
            return null;
        }

        try
        {
            return MethodDescription.Parse(file.Text(column));
        }
        catch (FormatException e)
        {
            file.Report(column, e.Message);
            return null;
        }
    }
}
