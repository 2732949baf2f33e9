using System.Globalization;
using System.Text;
using ClusterML.Chemistry.Calculations;
using ClusterML.Chemistry.Elements;
using ClusterML.Chemistry.Formats;
using ClusterML.Chemistry.Structures;

namespace ClusterML.Chemistry.Engines.Vasp;

/// <summary>Writes the inputs of a VASP calculation: POSCAR, INCAR, KPOINTS, and which POTCAR files to join in which order.</summary>
/// <remarks>VASP and its pseudopotentials have to be licensed, so this program neither runs it nor ships POTCAR files.</remarks>
/// <param name="recipe">The level of theory.</param>
public sealed class VaspInputs(VaspRecipe recipe)
{
    /// <summary>Edges of the box of a free atom, Angstrom: the paper's, section 3.1, of three lengths, so that no symmetry is forced on it.</summary>
    public static IReadOnlyList<double> AtomBox { get; } = [19, 19.25, 19.5];

    /// <summary>The elements that inputs are written for: every transition metal and lutetium.</summary>
    public static IReadOnlyList<string> Elements { get; } =
        [.. ElementTable.Default.All.Where(e => e.AtomicNumber is (>= 21 and <= 30) or (>= 39 and <= 48) or (>= 71 and <= 80)).Select(e => e.Symbol)];

    /// <summary>The files of a calculation by name.</summary>
    public IReadOnlyDictionary<string, string> Write(CalculationRequest request)
    {
        var box = request.System.Kind == SystemKind.FreeAtom ? [.. AtomBox] : new[] { recipe.Box, recipe.Box, recipe.Box };
        var structure = Sorted(Centred(request.Start, box));
        using var poscar = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        StructureFile.Write(poscar, [structure], StructureFormat.Poscar);
        return new Dictionary<string, string>
        {
            ["POSCAR"] = poscar.ToString(),
            ["INCAR"] = Incar(request.Name, request.Relax),
            ["KPOINTS"] = "Gamma point only: a cluster has no dispersion\n0\nGamma\n1 1 1\n0 0 0\n",
            ["POTCAR.txt"] = "Join these PAW-PBE files in this order into POTCAR; the choice of semicore states is part of the method:\n"
                + string.Concat(structure.Elements.Select(e => e.Symbol).Distinct(StringComparer.Ordinal).Select(symbol => symbol + "\n")),
        };
    }

    private static Structure Centred(Structure start, double[] box)
    {
        var positions = start.Positions.ToArray();
        for (var axis = 0; axis < 3; axis++)
        {
            var mean = Enumerable.Range(0, start.Count).Average(atom => positions[(3 * atom) + axis]);
            for (var atom = 0; atom < start.Count; atom++)
            {
                positions[(3 * atom) + axis] += (box[axis] / 2) - mean;
            }
        }

        return new(start.Elements, positions, new UnitCell([box[0], 0, 0, 0, box[1], 0, 0, 0, box[2]], true, true, true));
    }

    // One block of atoms for each element, as the order of pseudopotentials in POTCAR asks.
    private static Structure Sorted(Structure structure)
    {
        var order = Enumerable.Range(0, structure.Count).OrderBy(i => structure.Elements[i].Symbol, StringComparer.Ordinal).ToArray();
        return new([.. order.Select(i => structure.Elements[i])], order.SelectMany(i => structure.Position(i).ToArray()).ToArray(), structure.Cell);
    }

    private string Incar(string name, bool relax)
    {
        var text = new StringBuilder();
        void Set(string key, FormattableString value) => text.Append(CultureInfo.InvariantCulture, $"{key} = {value.ToString(CultureInfo.InvariantCulture)}\n");
        Set("SYSTEM", $"{name}");
        Set("GGA", $"PE");
        Set("PREC", $"Accurate");
        Set("ENCUT", $"{recipe.Cutoff}");
        Set("EDIFF", $"{recipe.EnergyTolerance:0.0E-0}");
        Set("NELM", $"200");
        Set("ISPIN", $"{(recipe.SpinPolarised ? 2 : 1)}");
        Set("ISMEAR", $"0");
        Set("SIGMA", $"{recipe.Smearing}");
        Set("ISYM", $"0");
        Set("LREAL", $".FALSE.");
        Set("LORBIT", $"11");
        Set("IBRION", $"{(relax ? 2 : -1)}");
        Set("NSW", $"{(relax ? recipe.MaxSteps : 0)}");
        if (relax)
        {
            Set("EDIFFG", $"{-recipe.MaxForce}");
        }

        return text.ToString();
    }
}
