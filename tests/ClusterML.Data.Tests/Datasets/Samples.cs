using ClusterML.Data.Datasets;

namespace ClusterML.Data.Tests.Datasets;

/// <summary>A small dataset of kind table.</summary>
internal static class Samples
{
    public static DatasetDescription Description { get; } = new()
    {
        Name = "alloys",
        Title = "Alloys",
        Version = "1.2.0",
        Licence = "CC-BY-4.0",
        Citation = "Nobody, Nowhere (2024)",
        Description = "Made up for tests.",
        Row = "An alloy.",
        Kind = DatasetKind.Table,
        Columns =
        [
            new() { Name = "id", Role = ColumnRole.Id },
            new() { Name = "phase", Role = ColumnRole.Categorical, Description = "Lattice." },
            new() { Name = "family", Role = ColumnRole.Group },
            new() { Name = "x", Role = ColumnRole.Numeric, Unit = "Angstrom", Description = "A length.", Provenance = "Measured with a ruler." },
            new() { Name = "energy", Role = ColumnRole.Target, Unit = "eV" },
            new() { Name = "note", Role = ColumnRole.Metadata },
        ],
        HowToRemake = "Think of numbers.",
    };

    public const string Rows =
        "id,phase,family,x,energy,note\n"
        + "a,fcc,f1,1.0,-1.5,12\n"
        + "b,bcc,f1,2.5,0.1,\n"
        + "c,fcc,f2,,2e-3,checked\n";

    /// <summary>Writes the dataset into a subfolder and gives its path.</summary>
    public static string Write(TemporaryFolder folder, string name = "alloys", string? rows = null, DatasetDescription? description = null)
    {
        folder.Write(Path.Combine(name, "rows.csv"), rows ?? Rows);
        var path = Path.Combine(folder.Path, name);
        DatasetFile.Write(Path.Combine(path, DatasetFile.FileName), description ?? Description);
        return path;
    }
}
