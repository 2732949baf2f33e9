using System.ComponentModel.DataAnnotations;
using System.Runtime.InteropServices;
using ClusterML.Chemistry.Structures;

namespace ClusterML.Chemistry.Analysis;

/// <summary>Works out one <see cref="ClusterAnalysis"/>.</summary>
internal sealed class ClusterAnalyzer
{
    // An atom at the centre of a shell is far nearer to the mean position; one of an empty shell is a whole radius away.
    private const double CentreFraction = 0.4;

    // exp(1 - 1.9^6) = 1e-20 beside a sum of weights that is at least 1.
    private const double Reach = 1.9;

    private readonly Structure structure;
    private readonly ClusterAnalysisOptions options;
    private readonly double[] ecn;
    private readonly double[] bondLength;
    private readonly double[] shortest;

    public ClusterAnalyzer(Structure structure, ClusterAnalysisOptions options)
    {
        Validator.ValidateObject(options, new(options), validateAllProperties: true);
        this.structure = structure;
        this.options = options;
        ecn = new double[structure.Count];
        bondLength = new double[structure.Count];
        shortest = new double[structure.Count];
    }

    public ClusterAnalysis Analyze()
    {
        if (structure.Cell is { IsPeriodic: true })
        {
            CoordinateInCell();
        }
        else
        {
            EffectiveCoordination.Compute(structure.Positions, ecn, bondLength);
            NearestInVacuum();
        }

        var bonds = Bonds();
        var whole = WholeCluster.Of(structure, bonds);
        var centre = whole is null ? null : CentralAtom(whole);
        var distances = whole is null ? [] : CentreDistances(whole, centre);
        var dopant = ClusterAnalysis.DopantOf(structure.Elements);
        return new()
        {
            Ecn = ecn.Average(),
            AverageBondLength = bondLength.Average(),
            EcnByAtom = ecn,
            BondLengthByAtom = bondLength,
            CoordinationNumbers = [.. bonds.Select(b => b.Count)],
            NearestNeighbourDistances = shortest,
            Fragments = Fragments(bonds),
            Whole = whole,
            Shape = whole is null ? null : GyrationShape.Of(whole.Positions),
            CentralAtom = centre,
            CentreDistances = distances,
            Shells = Shells(distances, centre),
            CentreSurface = centre is { } c ? Surface(bonds, c) : null,
            Dopant = dopant,
            DopantPlace = dopant is { } d && whole is not null ? Place(bonds, d, centre) : null,
        };
    }

    private void NearestInVacuum()
    {
        Array.Fill(shortest, structure.Count == 1 ? double.NaN : double.PositiveInfinity);
        for (var i = 0; i < structure.Count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                var distance = PointDistance.Between(structure.Position(i), structure.Position(j));
                (shortest[i], shortest[j]) = (Math.Min(shortest[i], distance), Math.Min(shortest[j], distance));
            }
        }
    }

    /// <summary>ECN and d_av over all images that contribute: a sphere around each atom that grows until it holds them.</summary>
    private void CoordinateInCell()
    {
        var near = UpperBounds();
        var search = new NeighbourSearch(structure, Reach * near.Order().ElementAt(near.Length / 2));
        var found = new List<Neighbour>();
        var distances = new List<double>();
        for (var i = 0; i < structure.Count; i++)
        {
            for (var reach = Reach * near[i]; ; reach = 1.2 * Reach * bondLength[i])
            {
                found.Clear();
                distances.Clear();
                search.Around(i, Math.BitIncrement(reach), found);
                distances.AddRange(found.Select(n => n.Distance));
                (ecn[i], bondLength[i]) = SelfConsistentBondLength.Of(CollectionsMarshal.AsSpan(distances));
                if (!(Reach * bondLength[i] > reach))
                {
                    break;
                }
            }

            shortest[i] = distances.Count == 0 ? double.NaN : distances.Min();
            if (shortest[i] < EffectiveCoordination.ClosestDistance)
            {
                var other = found.MinBy(n => n.Distance).Atom;
                throw new ArgumentException($"atoms {Math.Min(i, other)} and {Math.Max(i, other)} coincide", nameof(structure));
            }
        }
    }

    /// <summary>For each atom a distance at which it has a neighbour: to another atom as given, or to its own image.</summary>
    private double[] UpperBounds()
    {
        var lattice = new Lattice(structure.Cell);
        var image = Enumerable.Range(0, 3)
            .Where(k => lattice.Periodic[k])
            .Min(k => Math.Sqrt(lattice.Vectors.Skip(3 * k).Take(3).Sum(x => x * x)));
        var bounds = new double[structure.Count];
        Array.Fill(bounds, image);
        for (var i = 0; i < structure.Count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                var distance = PointDistance.Between(structure.Position(i), structure.Position(j));
                (bounds[i], bounds[j]) = (Math.Min(bounds[i], distance), Math.Min(bounds[j], distance));
            }
        }

        return bounds;
    }

    private List<Neighbour>[] Bonds()
    {
        var bonds = new List<Neighbour>[structure.Count];
        var known = bondLength.Where(double.IsFinite).ToArray();
        var longest = known.Length == 0 ? 0 : known.Max();
        var search = known.Length == 0 ? null : new NeighbourSearch(structure, options.BondFactor * known.Average());
        for (var i = 0; i < structure.Count; i++)
        {
            bonds[i] = [];
            if (double.IsFinite(bondLength[i]))
            {
                search!.Around(i, options.BondFactor * (bondLength[i] + longest) / 2, bonds[i]);
                bonds[i].RemoveAll(n => !(n.Distance < options.BondFactor * (bondLength[i] + bondLength[n.Atom]) / 2));
            }
        }

        return bonds;
    }

    private static int Fragments(List<Neighbour>[] bonds)
    {
        var seen = new bool[bonds.Length];
        var fragments = 0;
        var queue = new Queue<int>();
        for (var i = 0; i < bonds.Length; i++)
        {
            if (seen[i])
            {
                continue;
            }

            fragments++;
            seen[i] = true;
            queue.Enqueue(i);
            while (queue.TryDequeue(out var atom))
            {
                foreach (var bond in bonds[atom].Where(b => !seen[b.Atom]))
                {
                    seen[bond.Atom] = true;
                    queue.Enqueue(bond.Atom);
                }
            }
        }

        return fragments;
    }

    private int? CentralAtom(Structure whole)
    {
        var mean = new double[3];
        GyrationShape.Mean(whole.Positions, mean);
        var (nearest, distance) = (-1, double.PositiveInfinity);
        for (var i = 0; i < whole.Count; i++)
        {
            if (PointDistance.Between(whole.Position(i), mean) is var own && own < distance)
            {
                (nearest, distance) = (i, own);
            }
        }

        return whole.Count == 1 || distance < CentreFraction * shortest[nearest] ? nearest : null;
    }

    private static double[] CentreDistances(Structure whole, int? centre)
    {
        var origin = new double[3];
        GyrationShape.Mean(whole.Positions, origin);
        if (centre is { } atom)
        {
            whole.Position(atom).CopyTo(origin);
        }

        return [.. Enumerable.Range(0, whole.Count).Select(i => PointDistance.Between(whole.Position(i), origin))];
    }

    private List<DistanceShell> Shells(double[] distances, int? centre)
    {
        var gap = options.ShellGap * bondLength.Where(double.IsFinite).DefaultIfEmpty(0).Average();
        var shells = new List<DistanceShell>();
        var current = new List<int>();
        foreach (var atom in Enumerable.Range(0, distances.Length).Where(i => i != centre).OrderBy(i => distances[i]))
        {
            if (current.Count > 0 && distances[atom] - distances[current[^1]] > gap)
            {
                Close();
            }

            current.Add(atom);
        }

        if (current.Count > 0)
        {
            Close();
        }

        return shells;

        void Close()
        {
            shells.Add(new(current.ToArray(), current.Average(i => distances[i]), distances[current[0]], distances[current[^1]]));
            current.Clear();
        }
    }

    private static CentreSurface? Surface(List<Neighbour>[] bonds, int centre)
    {
        if (bonds[centre].Count == 0)
        {
            return null;
        }

        var vertices = bonds[centre].Select(b => b.Atom).ToHashSet();
        var edges = vertices.SelectMany(v => bonds[v]).Where(b => vertices.Contains(b.Atom)).Select(b => b.Distance).ToList();
        return new(bonds[centre].Average(b => b.Distance), edges.Count == 0 ? double.NaN : edges.Average());
    }

    private static DopantPlace Place(List<Neighbour>[] bonds, int dopant, int? centre) => bonds[dopant].Count switch
    {
        _ when centre is null => DopantPlace.Displaced,
        _ when centre == dopant => DopantPlace.Centre,
        >= 11 => DopantPlace.Inner,
        <= 4 => DopantPlace.Adatom,
        _ => DopantPlace.Surface,
    };
}
