using System.Globalization;
using System.Text.RegularExpressions;
using ClusterML.Chemistry.Electronic;

namespace ClusterML.Chemistry.Imports.Cp2k;

/// <summary>Reads the files of projected densities of states that CP2K writes beside its output.</summary>
/// <remarks>
/// <c>NAME-k1-1.pdos</c> (one file a kind), <c>NAME-ALPHA_k1-1.pdos</c> and <c>NAME-BETA_k1-1.pdos</c>, or <c>NAME-list1-1.pdos</c>
/// for lists of atoms. Files of kinds cover every atom once; lists are taken only where there are none.
/// </remarks>
internal sealed partial class Cp2kProjectedStates
{
    private Cp2kProjectedStates(IReadOnlyList<string> files, IReadOnlyList<Cp2kProjection> projections)
    {
        Files = files;
        Projections = projections;
    }

    /// <summary>The files that were read.</summary>
    public IReadOnlyList<string> Files { get; }

    /// <summary>Their contents.</summary>
    public IReadOnlyList<Cp2kProjection> Projections { get; }

    /// <summary>Reads the files of a project; null when there are none.</summary>
    /// <exception cref="MalformedFileException">One is damaged.</exception>
    public static Cp2kProjectedStates? Of(string folder, string project)
    {
        var named = Directory.EnumerateFiles(folder, "*.pdos")
            .Select(path => (Path: path, Match: Name().Match(Path.GetFileName(path))))
            .Where(file => file.Match.Success && file.Match.Groups["project"].Value == project)
            .Select(file => (file.Path, Spin: file.Match.Groups["spin"].Value, What: file.Match.Groups["what"].Value,
                Of: file.Match.Groups["of"].Value, Number: int.Parse(file.Match.Groups["number"].ValueSpan, CultureInfo.InvariantCulture)))
            .ToArray();
        var what = named.Any(file => file.What == "k") ? "k" : "list";
        var latest = named.Where(file => file.What == what)
            .GroupBy(file => (file.Spin, file.Of))
            .Select(group => group.MaxBy(file => file.Number))
            .OrderBy(file => file.Path, StringComparer.Ordinal)
            .ToArray();
        return latest.Length == 0
            ? null
            : new([.. latest.Select(file => file.Path)], [.. latest.Select(file => Cp2kProjection.Read(file.Path, file.Spin))]);
    }

    /// <summary>The Fermi level, eV: the higher one of the two spins where the moment is fixed.</summary>
    public double Fermi => Projections.Max(p => p.Fermi);

    /// <summary>All projected levels.</summary>
    public IEnumerable<ProjectedLevel> Levels => Projections.SelectMany(p => p.Levels);

    /// <summary>Orbital levels of one kind's file for each spin; every kind lists the same orbitals.</summary>
    public IReadOnlyList<IReadOnlyList<OrbitalLevel>> Orbitals => [.. Projections
        .GroupBy(p => p.Spin)
        .OrderBy(spin => spin.Key, StringComparer.Ordinal)
        .Select(spin => spin.First().Levels.Select(level => new OrbitalLevel(level.Energy, level.Occupation)).ToArray())];

    [GeneratedRegex(@"^(?<project>.+)-(?:(?<spin>ALPHA|BETA)_)?(?<what>k|list)(?<of>\d+)-(?<number>\d{1,6})(?:_\d+)?\.pdos$", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
