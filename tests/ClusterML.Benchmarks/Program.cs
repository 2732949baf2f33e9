using BenchmarkDotNet.Running;
using ClusterML.Benchmarks.Analysis;

// `rates [PYTHON]` compares processor times with numpy in one run; anything else goes to BenchmarkDotNet.
if (args is ["rates", ..])
{
    CoordinationRates.Print(Console.Out, args.Length > 1 ? args[1] : "python3", Path.Combine(AppContext.BaseDirectory, "Analysis", "ecn_numpy.py"));
    return;
}

if (args is ["steps"])
{
    ClusterML.Benchmarks.Transformer.StepRates.Print(Console.Out);
    return;
}

if (args is ["breakdown", var n])
{
    ClusterML.Benchmarks.Transformer.Breakdown.Print(Console.Out, int.Parse(n));
    return;
}

BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
