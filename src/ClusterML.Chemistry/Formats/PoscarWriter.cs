using System.Globalization;
using ClusterML.Chemistry.Structures;

namespace ClusterML.Chemistry.Formats;

/// <summary>Writes a POSCAR of VASP 5 and later: Cartesian positions that read back exactly, atoms in their order.</summary>
/// <remarks>
/// Kept: elements, positions, cell, the property <c>comment</c>, and <c>move_mask</c> or <c>selective_dynamics</c>. The format knows
/// no open directions: the cell reads back as periodic in all three.
/// </remarks>
internal static class PoscarWriter
{
    /// <summary>Writes the structure.</summary>
    /// <exception cref="ArgumentException">It has no cell of a volume.</exception>
    public static void Write(TextWriter writer, Structure structure)
    {
        if (structure.Cell is not { } cell || cell.SignedVolume == 0 || !double.IsFinite(cell.SignedVolume))
        {
            throw new ArgumentException($"a POSCAR needs a cell, and {structure} has none with a volume; put it into one", nameof(structure));
        }

        var runs = Runs(structure);
        var comment = structure.Properties.TryGetValue("comment", out var value) && value is { IsScalar: true, Texts: [var text] }
            ? string.Join(' ', text.Split((char[])['\r', '\n']))
            : string.Join(' ', runs.Select(run => run.Symbol));
        writer.Write(comment + "\n1.0\n");
        for (var i = 0; i < 3; i++)
        {
            WriteThree(writer, [.. cell.Vectors.Skip(3 * i).Take(3)]);
            writer.Write('\n');
        }

        writer.Write(string.Concat(runs.Select(run => " " + run.Symbol.PadLeft(4))) + "\n");
        writer.Write(string.Concat(runs.Select(run => " " + run.Count.ToString(CultureInfo.InvariantCulture).PadLeft(4))) + "\n");
        var free = Free(structure);
        writer.Write(free is null ? "Cartesian\n" : "Selective dynamics\nCartesian\n");
        for (var atom = 0; atom < structure.Count; atom++)
        {
            WriteThree(writer, structure.Position(atom));
            for (var i = 0; free is not null && i < 3; i++)
            {
                writer.Write(free(atom, i) ? " T" : " F");
            }

            writer.Write('\n');
        }
    }

    private static void WriteThree(TextWriter writer, ReadOnlySpan<double> values)
    {
        foreach (var value in values)
        {
            writer.Write(' ');
            writer.Write(NumberText.Exact(value).PadLeft(22));
        }
    }

    /// <summary>Neighbours of one element with their number.</summary>
    private static List<(string Symbol, int Count)> Runs(Structure structure)
    {
        var runs = new List<(string Symbol, int Count)>();
        foreach (var element in structure.Elements)
        {
            if (runs.Count > 0 && runs[^1].Symbol == element.Symbol)
            {
                runs[^1] = (element.Symbol, runs[^1].Count + 1);
            }
            else
            {
                runs.Add((element.Symbol, 1));
            }
        }

        return runs;
    }

    /// <summary>Whether an atom may move along a cell vector; null when every atom may.</summary>
    private static Func<int, int, bool>? Free(Structure structure)
    {
        if (structure.AtomProperties.TryGetValue("selective_dynamics", out var flags) && flags is { Logicals: { } along, Shape: [_, 3] })
        {
            return (atom, i) => along[(3 * atom) + i];
        }

        if (!structure.AtomProperties.TryGetValue("move_mask", out var mask) || mask.Logicals is not { } free)
        {
            return null;
        }

        if (mask.Shape.Count == 1)
        {
            return (atom, _) => free[atom];
        }

        var cell = structure.Cell!;
        var isAlongAxes = Enumerable.Range(0, 9).All(i => i % 4 == 0 || cell.Vectors[i] == 0);
        return isAlongAxes
            ? (atom, i) => free[(3 * atom) + i]
            : throw new ArgumentException("move_mask fixes x, y and z, and a POSCAR can fix directions of the cell alone, which are others", nameof(structure));
    }
}
