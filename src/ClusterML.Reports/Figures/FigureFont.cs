using SkiaSharp;

namespace ClusterML.Reports.Figures;

/// <summary>The font of all figures: the first sans-serif one that the machine has.</summary>
internal static class FigureFont
{
    private static readonly string[] Wanted = ["Open Sans", "DejaVu Sans", "Liberation Sans", "Noto Sans", "Segoe UI", "Helvetica", "Arial"];

    /// <summary>Name of the font family; where none of the wanted ones is there, the default of the machine.</summary>
    internal static string Name { get; } = Find();

    private static string Find()
    {
        var installed = SKFontManager.Default.FontFamilies.ToHashSet(StringComparer.OrdinalIgnoreCase);
        return Wanted.FirstOrDefault(installed.Contains) ?? SKTypeface.Default.FamilyName;
    }
}
