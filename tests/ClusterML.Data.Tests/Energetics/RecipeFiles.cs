using System.Globalization;
using ClusterML.Data.Datasets;

namespace ClusterML.Data.Tests.Energetics;

/// <summary>Calculations of two recipes in one dataset: restricted Ti clusters on a coarse grid, polarised Fe clusters on a fine one, each with its own free atoms.</summary>
internal sealed class RecipeFiles : IDisposable
{
    public const string Restricted = "CP2K 2023.1 PBE GTH-PBE DZVP-MOLOPT-SR-GTH RKS Fermi-Dirac 1000 K box 11 A cutoff 300 Ry";
    public const string RestrictedAtom = "CP2K 2023.1 PBE GTH-PBE DZVP-MOLOPT-SR-GTH UKS OT box 8 A cutoff 300 Ry";
    public const string Polarised = "CP2K 2023.1 PBE GTH-PBE DZVP-MOLOPT-SR-GTH UKS Fermi-Dirac 1000 K box 11 A cutoff 600 Ry";
    public const string PolarisedAtom = "CP2K 2023.1 PBE GTH-PBE DZVP-MOLOPT-SR-GTH UKS OT box 8 A cutoff 600 Ry";

    public TemporaryFolder Folder { get; } = new();

    /// <summary>The dataset folder.</summary>
    public string Path => Folder.Path;

    public void Dispose() => Folder.Dispose();

    /// <summary>Writes both recipes; the subfolders end with a slash, and the ending tells files of one name apart where both are in one folder.</summary>
    public void WriteBoth(string restricted, string polarised, string ending = "")
    {
        Describe();
        foreach (var (name, energy) in new[] { ("Ti12_vac", -20.0), ("Ti13", -27.0), ("Ti12Fe_in", -30.0), ("Ti12Fe_out", -29.0), ("Ti_atom", -1.0), ("Fe_atom", -3.0) })
        {
            Write($"{restricted}{name}", energy, name.EndsWith("_atom", StringComparison.Ordinal) ? RestrictedAtom : Restricted);
        }

        foreach (var (name, energy) in new[] { ("Fe12_vac", -40.0), ("Fe13", -46.0), ("Fe12Ti_in", -50.0), ("Fe12Ti_out", -48.0), ("Ti_atom", -1.25), ("Fe_atom", -2.5) })
        {
            var isAtom = name.EndsWith("_atom", StringComparison.Ordinal);
            Write($"{polarised}{name}{(isAtom ? ending : "")}", energy, isAtom ? PolarisedAtom : Polarised);
        }
    }

    public void Describe() => DatasetFile.Write(
        System.IO.Path.Combine(Path, DatasetFile.FileName), Datasets.Samples.Description with { Kind = DatasetKind.Calculations, Columns = X12tmColumns.All });

    /// <summary>Writes a calculation into <c>calculations/</c>; what follows a hyphen is not of the system's name.</summary>
    public void Write(string place, double energy, string method)
    {
        var name = place[(place.LastIndexOf('/') + 1)..].Split('-')[0];
        var relaxed = name.EndsWith("_atom", StringComparison.Ordinal) ? "null" : "true";
        Folder.Write(
            $"calculations/{place}.json",
            $$"""{"name": "{{name}}", "method": "{{method}}", "scf_converged": true, "geometry_converged": {{relaxed}}, "energy_T0_eV": {{energy.ToString(CultureInfo.InvariantCulture)}}}""");
    }
}
