using ClusterML.Chemistry.Electronic;

namespace ClusterML.Chemistry.Imports.Vasp;

/// <summary>Eigenvalues and projections.</summary>
internal sealed partial class VasprunReader
{
    /// <summary>Energies and occupations, one list a spin.</summary>
    private List<List<OrbitalLevel>> Eigenvalues()
    {
        var spins = new List<List<OrbitalLevel>>();
        SpinSets(() =>
        {
            spins.Add([]);
            Descendants("r", () =>
            {
                var row = Numbers(Text(), 2, "an eigenvalue with its occupation");
                spins[^1].Add(new(row[0], row[1]));
            });
        });
        return spins;
    }

    /// <summary>Levels with the sum of their projections on d functions over all ions.</summary>
    private List<ProjectedLevel> Projections()
    {
        var spins = new List<List<OrbitalLevel>>();
        var d = new List<double>();
        Children(name =>
        {
            if (name == "eigenvalues")
            {
                spins = Eigenvalues();
                return;
            }

            var fields = new List<string>();
            Children(child =>
            {
                if (child == "field")
                {
                    fields.Add(Text().Trim());
                }
                else if (child == "set")
                {
                    BandSums([.. Enumerable.Range(0, fields.Count).Where(i => fields[i].StartsWith('d') || fields[i].StartsWith("x2", StringComparison.Ordinal))], d);
                }
            });
        });
        var levels = spins.SelectMany(spin => spin).ToArray();

        // Fewer sums than levels: the file was cut off. More: non-collinear, where only the first block is the total.
        return levels.Length > d.Count ? [] : [.. levels.Zip(d, (level, share) => new ProjectedLevel(level.Energy, level.Occupation, share))];
    }

    /// <summary>Goes through spin, k-point, band and ion, and adds one sum over ions for each band.</summary>
    private void BandSums(int[] columns, List<double> sums)
    {
        Descendants("set", () =>
        {
            if (Attribute("comment")?.StartsWith("band", StringComparison.Ordinal) == true)
            {
                sums.Add(0);
                Children(_ =>
                {
                    var row = Numbers(Text(), -1, "projections");
                    sums[^1] += columns.Where(column => column < row.Length).Sum(column => row[column]);
                });
            }
        });
    }

    /// <summary>The sets of each spin inside the array of an element.</summary>
    private void SpinSets(Action spin) => Descendants("set", () =>
    {
        if (Attribute("comment")?.StartsWith("spin", StringComparison.Ordinal) == true)
        {
            spin();
        }
    });
}
