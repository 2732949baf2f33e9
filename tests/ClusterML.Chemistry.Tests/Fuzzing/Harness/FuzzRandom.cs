namespace ClusterML.Fuzzing;

/// <summary>Random numbers that are the same on every system and in every version: splitmix64.</summary>
public sealed class FuzzRandom(ulong seed)
{
    private ulong state = seed;

    /// <summary>The numbers of one mutation of one target.</summary>
    public static FuzzRandom Of(ulong seed, string name, int index)
    {
        var mixed = new FuzzRandom(seed);
        foreach (var c in name)
        {
            mixed.state ^= c;
            mixed.state = mixed.Next();
        }

        mixed.state ^= (ulong)index;
        return new(mixed.Next());
    }

    /// <summary>An integer from 0 to below <paramref name="end"/>; 0 when that is not positive.</summary>
    public int Below(int end) => end <= 0 ? 0 : (int)(Next() % (ulong)end);

    /// <summary>One of several.</summary>
    public T Of<T>(IReadOnlyList<T> choices) => choices[Below(choices.Count)];

    private ulong Next()
    {
        state += 0x9E3779B97F4A7C15;
        var z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
