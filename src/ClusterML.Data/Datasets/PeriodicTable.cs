using System.Text;

namespace ClusterML.Data.Datasets;

/// <summary>The periodic table as text, with the elements that a dataset covers in brackets.</summary>
internal static class PeriodicTable
{
    // Long form, lanthanides and actinides below; two letters a cell.
    private static readonly string[] Rows =
    [
        "H                                                  He",
        "Li Be                               B  C  N  O  F  Ne",
        "Na Mg                               Al Si P  S  Cl Ar",
        "K  Ca Sc Ti V  Cr Mn Fe Co Ni Cu Zn Ga Ge As Se Br Kr",
        "Rb Sr Y  Zr Nb Mo Tc Ru Rh Pd Ag Cd In Sn Sb Te I  Xe",
        "Cs Ba Lu Hf Ta W  Re Os Ir Pt Au Hg Tl Pb Bi Po At Rn",
        "      La Ce Pr Nd Pm Sm Eu Gd Tb Dy Ho Er Tm Yb      ",
        "      Ac Th Pa U  Np Pu Am Cm Bk Cf Es Fm Md No      ",
    ];

    /// <summary>The rows of the table that hold a covered element and their neighbours' symbols: <c>[Ti] Zr</c>.</summary>
    /// <param name="covered">Symbols.</param>
    public static string Text(IReadOnlySet<string> covered)
    {
        var text = new StringBuilder();
        foreach (var row in Rows.Where(row => Cells(row).Any(covered.Contains)))
        {
            var line = string.Concat(Cells(row).Select(symbol => covered.Contains(symbol) ? $"[{symbol}]".PadRight(5) : $" {symbol}".PadRight(5)));
            text.Append(line.TrimEnd()).Append('\n');
        }

        return text.ToString();
    }

    private static IEnumerable<string> Cells(string row) => row.Chunk(3).Select(c => new string(c).Trim());
}
