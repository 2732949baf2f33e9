namespace ClusterML.Chemistry.Elements;

/// <summary>Place of an element in the long periodic table.</summary>
/// <remarks>Lanthanides and actinides stand in group 3, as they do in tables that list them below it.</remarks>
/// <param name="Period">Row, 1 to 7.</param>
/// <param name="Group">Column, 1 to 18.</param>
public readonly record struct PeriodicPosition(int Period, int Group)
{
    private static readonly int[] NobleGases = [0, 2, 10, 18, 36, 54, 86, 118];

    /// <summary>The place of an atomic number.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not between 1 and 118.</exception>
    public static PeriodicPosition Of(int atomicNumber)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(atomicNumber, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(atomicNumber, 118);
        var period = Array.FindIndex(NobleGases, z => atomicNumber <= z);
        var place = atomicNumber - NobleGases[period - 1];
        var length = NobleGases[period] - NobleGases[period - 1];
        var group = place <= 2 && atomicNumber != 2 ? place
            : length == 32 ? Math.Max(3, place - 14)
            : place + 18 - length;
        return new(period, group);
    }
}
