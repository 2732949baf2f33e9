using System.CommandLine;
using ClusterML.Data;

namespace ClusterML.Cli.Verbs.Datasets;

/// <summary>The options that decide which calculations of a dataset become rows; a config has its own.</summary>
internal sealed class CalculationChoices
{
    private static readonly X12tmOptions Defaults = new();

    private readonly Option<double> _maxForce = Force("--max-force", Defaults.MaxForce, "A relaxation that did not report convergence counts up to this largest force (eV/Angstrom).");
    private readonly Option<double> _maxReferenceForce = Force("--max-reference-force", Defaults.MaxReferenceForce, "An X12 counts as reference up to this largest force (eV/Angstrom).");
    private readonly Option<string?> _fingerprint = new("--fingerprint")
    {
        Description = "Method fingerprint to take; without it, the one with the most complete compositions.",
        HelpName = "ID",
        DefaultValueFactory = _ => Defaults.Fingerprint,
    };

    private readonly Option<bool> _perHost = new("--per-host") { Description = "Each host takes the method that gives most of its rows; every row still has one method." };

    public CalculationChoices(Command verb)
    {
        Options = [_maxForce, _maxReferenceForce, _fingerprint, _perHost];
        foreach (var option in Options)
        {
            verb.Add(option);
        }

        verb.Validators.Add(result => MethodChoice.RequireOne(result, _fingerprint, _perHost));
    }

    /// <summary>The options.</summary>
    public IReadOnlyList<Option> Options { get; }

    public X12tmOptions Read(ParseResult result) => new()
    {
        MaxForce = result.GetValue(_maxForce),
        MaxReferenceForce = result.GetValue(_maxReferenceForce),
        Fingerprint = result.GetValue(_fingerprint) ?? string.Empty,
        PerHost = result.GetValue(_perHost),
    };

    private static Option<double> Force(string name, double otherwise, string description)
    {
        var option = new Option<double>(name) { Description = description, HelpName = "FORCE", DefaultValueFactory = _ => otherwise };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && result.GetValueOrDefault<double>() is not (>= 0 and <= 10))
            {
                result.AddError($"{name} {result.Tokens[0].Value}: expected a number from 0 to 10");
            }
        });
        return option;
    }
}
