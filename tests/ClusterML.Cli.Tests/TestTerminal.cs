using ClusterML.Cli.Terminal;

namespace ClusterML.Cli.Tests;

/// <summary>A terminal that keeps what is written to it, with a clock that moves when told to.</summary>
internal sealed class TestTerminal : ITerminal
{
    private readonly StringWriter _out = new() { NewLine = "\n" };
    private readonly StringWriter _error = new() { NewLine = "\n" };

    public TextWriter Out => _out;

    public TextWriter Error => _error;

    public string OutText => _out.ToString();

    public string ErrorText => _error.ToString();

    public bool ErrorIsTerminal { get; init; }

    public int Width { get; init; } = 80;

    public ManualClock Clock { get; } = new();

    TimeProvider ITerminal.Clock => Clock;

    public string CurrentFolder { get; init; } = Path.GetTempPath();

    public Dictionary<string, string> Environment { get; } = [];

    public string? EnvironmentVariable(string name) => Environment.GetValueOrDefault(name);
}

/// <summary>A clock that stands still between calls of <see cref="Advance"/>.</summary>
internal sealed class ManualClock : TimeProvider
{
    private long _ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => _ticks;

    public void Advance(TimeSpan time) => _ticks += time.Ticks;
}
