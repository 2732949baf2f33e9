using System.Globalization;
using ClusterML.Cli;
using ClusterML.Cli.Engine;
using ClusterML.Cli.Terminal;
using ClusterML.Experiments.Engine;

CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
using var interruption = new SignalInterruption();
return new CommandLineApp(new Session(new SystemTerminal(), new EngineAdapter(new EngineOptions()), interruption)).Run(args);
