using ClusterML.Chemistry;
using ClusterML.Chemistry.Calculations;
using ClusterML.Chemistry.Elements;
using ClusterML.Chemistry.Formats;
using ClusterML.Chemistry.Structures;

namespace ClusterML.Data.Datasets;

/// <summary>Writes the structures of calculations as extended xyz, with energies and what else is known of them.</summary>
/// <remarks>
/// One frame a calculation, in the order of the paths of the files. Of the frame: <c>name</c>, <c>kind</c>, <c>host</c>, <c>dopant</c>,
/// <c>site</c>, <c>energy</c> (extrapolated to zero electronic temperature, eV), <c>free_energy</c>,
/// <c>energy_without_entropy</c> (eV), <c>scf_converged</c>, <c>geometry_converged</c>, <c>max_force</c> (eV/Angstrom), <c>gap</c>,
/// <c>d_band_centre</c> (eV), <c>magmom</c> (Bohr magnetons), <c>multiplicity</c>, <c>method</c> and <c>fingerprint</c>. Of the atoms:
/// <c>forces</c> (eV/Angstrom) and <c>SCHEME_charges</c> (elementary charges). What is not known is left out.
/// </remarks>
public static class StructureExport
{
    /// <summary>Writes the structures of a folder of calculations.</summary>
    /// <param name="path">The file.</param>
    /// <param name="calculations">Folder of the calculations, or the dataset that holds it.</param>
    /// <returns>How many structures were written, and the calculations that were not, with the reasons.</returns>
    /// <exception cref="DataException">A file cannot be read, or no calculation states its positions.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static (int Written, IReadOnlyList<LeftOutRow> LeftOut) Write(string path, string calculations)
    {
        var inner = Path.Combine(calculations, Dataset.CalculationsFolder);
        var folder = Directory.Exists(inner) ? inner : calculations;
        var (problems, leftOut, structures) = (new List<DataProblem>(), new List<LeftOutRow>(), new List<Structure>());
        foreach (var file in CalculationFiles.In(folder))
        {
            try
            {
                var calculation = CalculationFile.ReadAny(file);
                if (calculation.Positions.Count > 0 || calculation.Symbols.Count == 1)
                {
                    structures.Add(Frame(calculation));
                }
                else
                {
                    leftOut.Add(new(file, $"{calculation.Name}: no positions are stated"));
                }
            }
            catch (MalformedFileException e)
            {
                problems.Add(new(e.File, e.Line, e.Column, e.Message));
            }
        }

        if (problems.Count == 0 && structures.Count == 0)
        {
            problems.Add(new(folder, 0, 0, "no calculation states the positions of its atoms"));
        }

        if (problems.Count > 0)
        {
            throw new DataException(problems);
        }

        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        StructureFile.Write(path, structures, StructureFormat.ExtendedXyz);
        return (structures.Count, leftOut);
    }

    // Where a lone atom is does not matter, and files of free atoms often do not say.
    private static double[] Positions(Calculation c) => c.Positions.Count > 0 ? [.. c.Positions.SelectMany(p => p)] : [0, 0, 0];

    private static Structure Frame(Calculation c)
    {
        var properties = new OrderedDictionary<string, PropertyValue>();
        void Text(string name, string value) => properties[name] = PropertyValue.Of(value);
        void Real(string name, double value)
        {
            if (double.IsFinite(value))
            {
                properties[name] = PropertyValue.Of(value);
            }
        }

        Text("name", c.Name);
        Text("kind", c.System.Kind.ToString());
        Text("host", c.System.Host.Symbol);
        if (c.System.Kind is SystemKind.X12TM or SystemKind.FrozenX12)
        {
            Text("dopant", c.System.Dopant.Symbol);
            Text("site", c.System.Site == Site.In ? "in" : "out");
        }

        Real("energy", c.Energy);
        Real("free_energy", c.FreeEnergy);
        Real("energy_without_entropy", c.EnergyWithoutEntropy);
        properties["scf_converged"] = PropertyValue.Of(c.ScfConverged);
        if (c.GeometryConverged is { } converged)
        {
            properties["geometry_converged"] = PropertyValue.Of(converged);
        }

        Real("max_force", c.MaxForce);
        Real("gap", c.Gap);
        Real("d_band_centre", c.DBandCentre);
        Real("magmom", c.MagneticMoment);
        if (c.Multiplicity is { } multiplicity)
        {
            properties["multiplicity"] = PropertyValue.Of((long)multiplicity);
        }

        Text("method", c.Method.ToString());
        Text("fingerprint", MethodFingerprint.OfCluster(c.Method).Id);
        var atoms = new OrderedDictionary<string, PropertyValue>();
        if (c.Forces is { } forces)
        {
            atoms["forces"] = PropertyValue.Of([.. forces.SelectMany(f => f)], forces.Count, 3);
        }

        foreach (var (scheme, charges) in c.Charges)
        {
            atoms[$"{scheme.ToLowerInvariant()}_charges"] = PropertyValue.Of(charges, charges.Length);
        }

        return new([.. c.Symbols.Select(s => ElementTable.Default.Find(s)!)], Positions(c), c.Cell)
        {
            Properties = properties,
            AtomProperties = atoms,
        };
    }
}
