namespace ClusterML.Cli.Terminal;

/// <summary>The terminal of the process.</summary>
internal sealed class SystemTerminal : ITerminal
{
    public TextWriter Out => Console.Out;

    public TextWriter Error => Console.Error;

    public bool ErrorIsTerminal => !Console.IsErrorRedirected && EnvironmentVariable("TERM") != "dumb";

    public int Width
    {
        get
        {
            try
            {
                return Console.IsErrorRedirected || Console.WindowWidth <= 0 ? 80 : Console.WindowWidth;
            }
            catch (IOException)
            {
                return 80;
            }
        }
    }

    public TimeProvider Clock => TimeProvider.System;

    public string CurrentFolder => Environment.CurrentDirectory;

    public string? EnvironmentVariable(string name) => Environment.GetEnvironmentVariable(name);
}
