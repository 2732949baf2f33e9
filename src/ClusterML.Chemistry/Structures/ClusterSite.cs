namespace ClusterML.Chemistry.Structures;

/// <summary>The place of one atom in an ideal cluster.</summary>
/// <param name="Shell">0 for the centre, 1 for the first shell, and so on.</param>
/// <param name="Kind">Centre, vertex, edge or face.</param>
public readonly record struct ClusterSite(int Shell, SiteKind Kind)
{
    /// <summary>Atom property of the shells, integers.</summary>
    public const string ShellProperty = "shell";

    /// <summary>Atom property of the kinds, texts in lower case.</summary>
    public const string KindProperty = "site";

    /// <summary>The places that a structure of <see cref="ClusterShapes"/> carries as the atom properties <c>shell</c> and <c>site</c>.</summary>
    /// <exception cref="ArgumentException">The structure carries none.</exception>
    public static IReadOnlyList<ClusterSite> Of(Structure structure)
    {
        var shells = structure.AtomProperties.GetValueOrDefault(ShellProperty)?.Integers;
        var kinds = structure.AtomProperties.GetValueOrDefault(KindProperty)?.Texts;
        return shells is null || kinds is null
            ? throw new ArgumentException($"the structure has no atom properties \"{ShellProperty}\" and \"{KindProperty}\"", nameof(structure))
            : [.. shells.Zip(kinds, (shell, kind) => new ClusterSite((int)shell, Enum.Parse<SiteKind>(kind, ignoreCase: true)))];
    }

    /// <summary>Such as <c>vertex 1</c>; <c>centre</c> alone for the centre.</summary>
    public override string ToString() => Kind == SiteKind.Centre ? "centre" : FormattableString.Invariant($"{KindName} {Shell}");

    internal string KindName => Kind.ToString().ToLowerInvariant();
}
