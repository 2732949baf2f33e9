namespace ClusterML.Chemistry.Tests.Formats;

/// <summary>A clock that stands at the beginning of 2025.</summary>
internal sealed class StillClock : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);
}
