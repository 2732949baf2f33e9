namespace ClusterML.Chemistry.Symmetry;

/// <summary>The products of candidate operations, and the largest group among them that the tolerance admits.</summary>
internal sealed class CandidateTable
{
    private readonly IReadOnlyList<OperationCandidate> candidates;
    private readonly double[] positions;
    private readonly double tolerance;

    /// <summary>Index of the candidate that is the second one followed by the first, or -1 when there is none.</summary>
    private readonly int[,] product;

    private readonly int identity;

    public CandidateTable(IReadOnlyList<OperationCandidate> candidates, double[] positions, double tolerance)
    {
        (this.candidates, this.positions, this.tolerance) = (candidates, positions, tolerance);
        var index = new Dictionary<Key, int>();
        for (var i = 0; i < candidates.Count; i++)
        {
            index[new(candidates[i].Permutation, candidates[i].IsProper)] = i;
        }

        identity = index[new([.. Enumerable.Range(0, positions.Length / 3)], true)];
        product = new int[candidates.Count, candidates.Count];
        var composed = new int[positions.Length / 3];
        for (var g = 0; g < candidates.Count; g++)
        {
            for (var h = 0; h < candidates.Count; h++)
            {
                var (first, second) = (candidates[h].Permutation, candidates[g].Permutation);
                for (var i = 0; i < composed.Length; i++)
                {
                    composed[i] = second[first[i]];
                }

                product[g, h] = index.GetValueOrDefault(new(composed, candidates[g].IsProper == candidates[h].IsProper), -1);
            }
        }
    }

    /// <summary>
    /// All candidates when they are a group within the tolerance; else the group grown from the identity by adding candidates in
    /// the order of their deviations, each with all its products or not at all.
    /// </summary>
    public (List<int> Members, List<double[]> Matrices, double Deviation) LargestGroup()
    {
        var all = Enumerable.Range(0, candidates.Count).ToList();
        if (all.TrueForAll(g => all.TrueForAll(h => product[g, h] >= 0)) && Fit(all) is { } whole)
        {
            return whole;
        }

        // Many candidates generate the same group, and one that failed would fail again.
        var group = Fit([identity])!.Value;
        var failed = new HashSet<string>(StringComparer.Ordinal);
        foreach (var next in all.OrderBy(i => candidates[i].Deviation))
        {
            if (group.Members.Contains(next) || Generated([.. group.Members, next]) is not { } larger)
            {
                continue;
            }

            var key = string.Join(' ', larger.Order());
            if (!failed.Contains(key) && Fit(larger) is { } fitted)
            {
                group = fitted;
            }
            else
            {
                failed.Add(key);
            }
        }

        return group;
    }

    /// <summary>The group that these generate, or null when it is not all among the candidates.</summary>
    private List<int>? Generated(List<int> generators)
    {
        var members = new List<int> { identity };
        var isMember = new bool[candidates.Count];
        isMember[identity] = true;
        for (var next = 0; next < members.Count; next++)
        {
            foreach (var generator in generators)
            {
                var made = product[generator, members[next]];
                if (made < 0)
                {
                    return null;
                }

                if (!isMember[made])
                {
                    isMember[made] = true;
                    members.Add(made);
                }
            }
        }

        return members;
    }

    /// <summary>Exact matrices of a group of candidates; null when an atom is further than the tolerance from its symmetric place.</summary>
    private (List<int> Members, List<double[]> Matrices, double Deviation)? Fit(List<int> members)
    {
        var matrices = Representation(members);
        var deviation = 0.0;
        for (var atom = 0; atom < positions.Length / 3; atom++)
        {
            var square = 0.0;
            for (var axis = 0; axis < 3; axis++)
            {
                // Images come back by the transpose, the inverse of an orthogonal matrix.
                var mean = 0.0;
                for (var m = 0; m < members.Count; m++)
                {
                    var image = positions.AsSpan(3 * candidates[members[m]].Permutation[atom], 3);
                    mean += (matrices[m][axis] * image[0]) + (matrices[m][axis + 3] * image[1]) + (matrices[m][axis + 6] * image[2]);
                }

                var difference = (mean / members.Count) - positions[(3 * atom) + axis];
                square += difference * difference;
            }

            deviation = Math.Max(deviation, Math.Sqrt(square));
        }

        return deviation <= tolerance ? (members, matrices, deviation) : null;
    }

    /// <summary>
    /// Orthogonal matrices that multiply as the permutations do, near the fitted ones: R(g) becomes the orthogonal matrix nearest to
    /// the mean over h of R(gh) R(h)^T, which converges quadratically from a near representation
    /// (K. Grove, H. Karcher, E. A. Ruh, Math. Ann. 211, 7 (1974)).
    /// </summary>
    private List<double[]> Representation(List<int> members)
    {
        var position = new int[candidates.Count];
        for (var i = 0; i < members.Count; i++)
        {
            position[members[i]] = i;
        }

        var matrices = members.Select(m => candidates[m].Matrix).ToList();
        for (var round = 0; round < 20; round++)
        {
            var next = new List<double[]>(members.Count);
            var change = 0.0;
            for (var g = 0; g < members.Count; g++)
            {
                var mean = new double[9];
                for (var h = 0; h < members.Count; h++)
                {
                    Matrix3.AddProductWithTranspose(matrices[position[product[members[g], members[h]]]], matrices[h], mean);
                }

                for (var i = 0; i < 9; i++)
                {
                    mean[i] /= members.Count;
                }

                next.Add(Matrix3.NearestOrthogonal(mean));
                change = Math.Max(change, next[g].Zip(matrices[g], (a, b) => Math.Abs(a - b)).Max());
            }

            matrices = next;
            if (change < 1e-13)
            {
                break;
            }
        }

        return matrices;
    }

    /// <summary>In a plane a reflection and the identity permute the atoms alike, so handedness belongs to the key.</summary>
    private readonly struct Key(int[] permutation, bool proper) : IEquatable<Key>
    {
        private readonly int[] permutation = permutation;
        private readonly bool proper = proper;

        public bool Equals(Key other) => proper == other.proper && permutation.AsSpan().SequenceEqual(other.permutation);

        public override bool Equals(object? obj) => obj is Key other && Equals(other);

        public override int GetHashCode()
        {
            var hash = default(HashCode);
            hash.Add(proper);
            hash.AddBytes(System.Runtime.InteropServices.MemoryMarshal.AsBytes(permutation.AsSpan()));
            return hash.ToHashCode();
        }
    }
}
