using ClusterML.Data.Randomness;

namespace ClusterML.Transformer;

/// <summary>The rows that a training without a validation column holds out for early stopping.</summary>
public static class FtHeldOut
{
    /// <summary>True for each row held out.</summary>
    /// <param name="seeds">The training's streams; <c>split</c> is drawn from.</param>
    /// <param name="rows">Number of rows, at least two.</param>
    /// <param name="fraction">Share held out; at least one row is, and at least one is not.</param>
    /// <exception cref="ArgumentException">There are fewer than two rows.</exception>
    public static bool[] Draw(SeedStreams seeds, int rows, double fraction)
    {
        var heldOut = new bool[rows];
        foreach (var row in Order(seeds, rows, fraction).HeldOut)
        {
            heldOut[row] = true;
        }

        return heldOut;
    }

    /// <summary>The same draw as positions in its own order.</summary>
    internal static (int[] Train, int[] HeldOut) Order(SeedStreams seeds, int rows, double fraction)
    {
        if (rows < 2)
        {
            throw new ArgumentException($"{rows} rows: a training needs one row to learn from and one to hold out");
        }

        var order = Enumerable.Range(0, rows).ToArray();
        seeds.Generator("split").Shuffle(order);
        var heldOut = Math.Clamp((int)Math.Round(fraction * rows), 1, rows - 1);
        return (order[heldOut..], order[..heldOut]);
    }
}
