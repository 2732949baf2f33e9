using System.CommandLine;
using ClusterML.Chemistry.Energetics;

namespace ClusterML.Cli.Verbs.Datasets;

/// <summary>The options that decide which calculations of a dataset become sites.</summary>
internal sealed class SiteChoices
{
    private readonly Option<double?> _maxForce = new("--max-force")
    {
        Description = "Largest force (eV/Angstrom) of a relaxation that did not report convergence and still counts.",
        HelpName = "FORCE",
    };

    private readonly Option<string?> _fingerprint = new("--fingerprint") { Description = "Id of the method to take; without it, the one with the most clusters.", HelpName = "ID" };

    private readonly Option<bool> _perHost = new("--per-host") { Description = "Each host takes the method with most of its clusters; every energy still has one method." };

    public SiteChoices(Command verb)
    {
        verb.Add(_maxForce);
        verb.Add(_fingerprint);
        verb.Add(_perHost);
        verb.Validators.Add(result => MethodChoice.RequireOne(result, _fingerprint, _perHost));
        verb.Validators.Add(result =>
        {
            if (result.GetValue(_maxForce) is < 0.0 or > 10.0 or double.NaN)
            {
                result.AddError("--max-force: expected a force from 0 to 10 eV/Angstrom");
            }
        });
    }

    /// <summary>The options; what the user left out is as a config has it, or else the default.</summary>
    public EnergeticsOptions Read(ParseResult result, double? maxForce = null, string? fingerprint = null, bool perHost = false)
    {
        var defaults = new EnergeticsOptions();
        return defaults with
        {
            MaxForce = result.GetValue(_maxForce) ?? maxForce ?? defaults.MaxForce,
            Fingerprint = result.GetValue(_fingerprint) ?? fingerprint ?? defaults.Fingerprint,
            PerHost = result.GetValue(_perHost) || perHost,
        };
    }
}
