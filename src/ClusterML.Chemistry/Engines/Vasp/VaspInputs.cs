using System.Globalization;
using System.Text;
using ClusterML.Chemistry.Calculations;
using ClusterML.Chemistry.Elements;
using ClusterML.Chemistry.Structures;

namespace ClusterML.Chemistry.Engines.Vasp;

/// <summary>Writes the inputs of a VASP calculation: POSCAR, INCAR, KPOINTS, and which POTCAR files to join in which order.</summary>
/// <remarks>VASP and its pseudopotentials have to be licensed, so this program neither runs it nor ships POTCAR files.</remarks>
/// <param name="recipe">The level of theory.</param>
public sealed class VaspInputs(VaspRecipe recipe)
{
    /// <summary>The elements that inputs are written for: every transition metal and lutetium.</summary>
    public static IReadOnlyList<string> Elements { get; } =
        [.. ElementTable.Default.All.Where(e => e.AtomicNumber is (>= 21 and <= 30) or (>= 39 and <= 48) or (>= 71 and <= 80)).Select(e => e.Symbol)];

    /// <summary>The files of a calculation by name.</summary>
    /// <param name="name">Name of the system.</param>
    /// <param name="system">The system.</param>
    /// <param name="start">The atoms at the start, Angstrom.</param>
    /// <param name="relax">Whether the atoms are relaxed.</param>
    public IReadOnlyDictionary<string, string> Write(string name, ClusterSystem system, Structure start, bool relax)
    {
        var order = start.Elements.Select(e => e.Symbol).Distinct(StringComparer.Ordinal).ToArray();
        return new Dictionary<string, string>
        {
            ["POSCAR"] = Poscar(name, system, start, order),
            ["INCAR"] = Incar(name, relax),
            ["KPOINTS"] = "Gamma point only: a cluster has no dispersion\n0\nGamma\n1 1 1\n0 0 0\n",
            ["POTCAR.txt"] = "Join these PAW-PBE files in this order into POTCAR; the choice of semicore states is part of the method:\n"
                + string.Concat(order.Select(symbol => symbol + "\n")),
        };
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

    private string Poscar(string name, ClusterSystem system, Structure start, string[] order)
    {
        double[] box = system.Kind == SystemKind.FreeAtom ? [19, 19.25, 19.5] : [recipe.Box, recipe.Box, recipe.Box];
        var centre = new double[3];
        for (var i = 0; i < start.Positions.Length; i++)
        {
            centre[i % 3] += start.Positions[i] / start.Count;
        }

        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{name}\n1.0\n");
        for (var axis = 0; axis < 3; axis++)
        {
            text.Append(string.Join(' ', Enumerable.Range(0, 3).Select(a => (a == axis ? box[axis] : 0).ToString("0.0###", CultureInfo.InvariantCulture)))).Append('\n');
        }

        text.Append(string.Join(' ', order)).Append('\n');
        text.Append(string.Join(' ', order.Select(symbol => start.Elements.Count(e => e.Symbol == symbol)))).Append("\nCartesian\n");
        foreach (var symbol in order)
        {
            for (var atom = 0; atom < start.Count; atom++)
            {
                if (start.Elements[atom].Symbol == symbol)
                {
                    var at = start.Position(atom);
                    text.Append(CultureInfo.InvariantCulture, $"{at[0] - centre[0] + (box[0] / 2):0.0000000000} {at[1] - centre[1] + (box[1] / 2):0.0000000000} {at[2] - centre[2] + (box[2] / 2):0.0000000000}\n");
                }
            }
        }

        return text.ToString();
    }
}
