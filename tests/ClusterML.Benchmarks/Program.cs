using System.Globalization;
using BenchmarkDotNet.Running;
using ClusterML.Benchmarks.Analysis;
using ClusterML.Benchmarks.Baselines;
using ClusterML.Benchmarks.Ridge;
using ClusterML.Benchmarks.Transformer;

// Verbs that compare in turns within one run, which tells more than times on a machine that others share; anything else goes to BenchmarkDotNet.
switch (args)
{
    case ["rates", ..]:
        CoordinationRates.Print(Console.Out, args.Length > 1 ? args[1] : "python3", Path.Combine(AppContext.BaseDirectory, "Analysis", "ecn_numpy.py"));
        break;
    case ["steps", ..]:
        StepRates.Print(Console.Out, args.Length > 1 ? args[1] : "python3", Path.Combine(AppContext.BaseDirectory, "pytorch", "ft_transformer.py"));
        break;
    case ["inference", ..]:
        InferenceRates.Print(Console.Out, args[1..].Select(a => int.Parse(a, CultureInfo.InvariantCulture)).DefaultIfEmpty(64), 16);
        break;
    case ["ridge"]:
        RidgeTimes.Print(Console.Out);
        break;
    case ["fits", ..]:
        BaselineFits.Print(Console.Out, args[1..]);
        break;
    case ["parts", ..]:
        StepParts.Print(Console.Out, args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 256);
        break;
    default:
        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
        break;
}
