using ClusterML.Data.Errors;

namespace ClusterML.Data.Units;

/// <summary>The units that columns may have, and the factors between them.</summary>
/// <remarks>
/// Factors: CODATA 2022 (Hartree, Rydberg and Bohr radius as measured), and the exact constants of the SI since 2019 (e, h, c,
/// the Avogadro constant; 1 cal = 4.184 J). An energy of a cluster, an energy per atom and an energy per mole of clusters are
/// told apart as far as the unit can tell: <c>eV</c> and <c>eV/atom</c> do not convert into each other.
/// </remarks>
public static class UnitTable
{
    private const string Codata = "CODATA 2022";
    private const string Exact = "exact in the SI";
    private const double Hartree = 27.211386245981;
    private const double Rydberg = Hartree / 2;
    private const double Bohr = 0.529177210544;
    private const double ElementaryCharge = 1.602176634e-19;
    private const double Avogadro = 6.02214076e23;
    private const double KilojoulePerMole = 1000 / (Avogadro * ElementaryCharge);
    private const double KilocaloriePerMole = 4.184 * KilojoulePerMole;
    private const double SpeedOfLightInCentimetres = 2.99792458e10;
    private const double ElectronMass = 5.485799090441e-4;

    /// <summary>Every unit; the canonical one of each dimension first.</summary>
    public static IReadOnlyList<Unit> All { get; } =
    [
        new("1", "a number", 1),
        new("%", "a number", 0.01),

        new("eV", "energy", 1),
        new("meV", "energy", 1e-3),
        new("Hartree", "energy", Hartree, Codata),
        new("Ry", "energy", Rydberg, Codata),
        new("kcal/mol", "energy", KilocaloriePerMole, Exact),
        new("kJ/mol", "energy", KilojoulePerMole, Exact),
        new("J", "energy", 1 / ElementaryCharge, Exact),

        new("eV/atom", "energy per atom", 1),
        new("meV/atom", "energy per atom", 1e-3),
        new("Hartree/atom", "energy per atom", Hartree, Codata),
        new("Ry/atom", "energy per atom", Rydberg, Codata),

        new("Angstrom", "length", 1),
        new("pm", "length", 1e-2),
        new("nm", "length", 10),
        new("Bohr", "length", Bohr, Codata),

        new("Angstrom^2", "area", 1),
        new("Angstrom^3", "volume", 1),
        new("nm^3", "volume", 1e3),
        new("Bohr^3", "volume", Bohr * Bohr * Bohr, Codata),

        new("eV/Angstrom", "force", 1),
        new("meV/Angstrom", "force", 1e-3),
        new("Hartree/Bohr", "force", Hartree / Bohr, Codata),
        new("Ry/Bohr", "force", Rydberg / Bohr, Codata),

        new("cm-1", "wavenumber", 1),
        new("THz", "wavenumber", 1e12 / SpeedOfLightInCentimetres, Exact),

        new("muB", "magnetic moment", 1),
        new("e", "charge", 1),
        new("C", "charge", 1 / ElementaryCharge, Exact),
        new("K", "temperature", 1),
        new("u", "mass", 1),
        new("m_e", "mass", ElectronMass, Codata),
        new("g/cm3", "density", 1),
        new("kg/m3", "density", 1e-3),
        new("GPa", "pressure", 1),
        new("bar", "pressure", 1e-4),
        new("s", "time", 1),
        new("fs", "time", 1e-15),
        new("ps", "time", 1e-12),
        new("degree", "angle", 1),
        new("rad", "angle", 180 / Math.PI, Exact),
        new("J/m2", "energy per area", 1),
        new("eV/Angstrom^2", "energy per area", ElementaryCharge * 1e20, Exact),
        new("Pauling", "electronegativity", 1),
    ];

    /// <summary>The unit with this symbol, or null.</summary>
    public static Unit? Find(string symbol) => All.FirstOrDefault(u => u.Symbol == symbol);

    /// <summary>The unit that a dimension's values are kept in.</summary>
    public static Unit Canonical(Unit unit) => All.First(u => u.Dimension == unit.Dimension);

    /// <summary>What a number in one unit is multiplied by to be in the other; null when they measure different things.</summary>
    public static double? Factor(Unit from, Unit to) => from.Dimension != to.Dimension ? null
        : from == to ? 1
        : from.Factor / to.Factor;

    /// <summary>A sentence about a symbol that is not a unit here, with the nearest that is.</summary>
    public static string Unknown(string symbol) =>
        $"unknown unit \"{symbol}\" {NearestName.Hint(symbol, [.. All.Select(u => u.Symbol)])}";
}
