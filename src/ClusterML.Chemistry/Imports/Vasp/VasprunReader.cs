using System.Xml;
using ClusterML.Chemistry.Electronic;
using ClusterML.Chemistry.Files;

namespace ClusterML.Chemistry.Imports.Vasp;

/// <summary>Reads vasprun.xml as a stream; of eigenvalues and projections only the last step is kept.</summary>
/// <remarks>
/// A file that ends before <c>&lt;/modeling&gt;</c> was cut off: its complete steps are taken. The energies of a step's own
/// <c>energy</c> element are not all right: <c>e_0_energy</c> there holds another quantity in versions 5 (ASE works around it
/// the same way), and <c>scstep</c> leaves out van der Waals corrections. So F comes from the step and the differences to F
/// from its last electronic step.
/// </remarks>
internal sealed partial class VasprunReader
{
    private const string Stars = "****";

    private readonly string path;
    private readonly XmlReader reader;
    private readonly VaspRun run = new();

    private VasprunReader(string path, XmlReader reader)
    {
        this.path = path;
        this.reader = reader;
    }

    /// <exception cref="MalformedFileException">It is not XML of VASP, or a part is damaged.</exception>
    public static VaspRun Read(string path)
    {
        using var stream = OutputLines.Open(path);
        using var xml = XmlReader.Create(stream, new() { DtdProcessing = DtdProcessing.Prohibit, IgnoreComments = true, IgnoreWhitespace = true });
        var vasprun = new VasprunReader(path, xml);
        try
        {
            vasprun.Document();
            vasprun.run.Ended = true;
        }
        catch (XmlException e)
        {
            if (!IsEnd(path, e.LineNumber))
            {
                throw new MalformedFileException(path, e.LineNumber, e.LinePosition, BoundedText.Of($"the XML is damaged: {e.Message}"), e);
            }
        }
        catch (InvalidDataException e)
        {
            throw new MalformedFileException(path, 0, 0, $"the compressed data is damaged: {e.Message}", e);
        }

        return vasprun.run;
    }

    /// <summary>Whether an error of the XML is that the file stops: nothing but its last line follows.</summary>
    private static bool IsEnd(string path, int line)
    {
        using var lines = new OutputLines(path);
        var text = "";
        while (lines.Next() is { } next)
        {
            text = next;
            if (lines.Line > line)
            {
                return false;
            }
        }

        return lines.Line > 1 && !text.Contains("</modeling>", StringComparison.Ordinal);
    }

    private void Document()
    {
        reader.MoveToContent();
        if (reader.Name != "modeling")
        {
            throw Wrong($"the root should be <modeling>, not <{reader.Name}>");
        }

        Children(name =>
        {
            switch (name)
            {
                case "generator":
                    Children(_ => TakeGenerator());
                    break;
                case "incar" or "parameters":
                    Descendants("i", TakeSetting);
                    break;
                case "kpoints":
                    Children(_ => run.KPoints = Attribute("name") == "kpointlist" ? Vectors(3).Count : run.KPoints);
                    break;
                case "atominfo":
                    Children(_ => TakeAtomInfo());
                    break;
                case "structure" when run.Steps.Count == 0:
                    run.Geometry = Structure() ?? run.Geometry;
                    break;
                case "calculation":
                    Calculation();
                    break;
            }
        });
    }

    private void TakeGenerator()
    {
        if (Attribute("name") == "version")
        {
            run.Version = VaspNames.Version(Text());
        }
    }

    private void TakeSetting()
    {
        var name = Attribute("name");
        if (name is not null)
        {
            run.Settings[name.Trim().ToUpperInvariant()] = Text().Trim();
        }
    }

    private void TakeAtomInfo()
    {
        switch (Attribute("name"))
        {
            case "atoms":
                foreach (var row in Rows())
                {
                    run.Symbols.Add(VaspNames.Symbol(row.FirstOrDefault() ?? ""));
                }

                break;
            case "atomtypes":
                foreach (var row in Rows().Where(row => row.Count >= 5))
                {
                    run.Potentials[VaspNames.Symbol(row[1])] = string.Join(' ', OutputLines.Words(row[4]));
                }

                break;
        }
    }

    private void Calculation()
    {
        double[]? energies = null;
        var electronic = new List<double[]>();
        VaspGeometry? geometry = null;
        List<double[]>? forces = null;
        var levels = new List<List<OrbitalLevel>>();
        var projected = new List<ProjectedLevel>();
        var fermi = double.NaN;
        Children(name =>
        {
            switch (name)
            {
                case "scstep":
                    Children(child =>
                    {
                        if (child == "energy")
                        {
                            electronic.Add(Energies());
                        }
                    });
                    break;
                case "energy":
                    energies = Energies();
                    break;
                case "structure":
                    geometry = Structure();
                    break;
                case "varray" when Attribute("name") == "forces":
                    forces = Vectors(3);
                    break;
                case "eigenvalues":
                    levels = Eigenvalues();
                    break;
                case "dos":
                    Children(child => fermi = child == "i" && Attribute("name") == "efermi" ? Real(Text(), "efermi") : fermi);
                    break;
                case "projected":
                    projected = Projections();
                    break;
            }
        });

        // Without its energy the step was not finished, and what it holds belongs to no energy.
        if (energies is null || double.IsNaN(energies[0]))
        {
            return;
        }

        Check(geometry, forces);
        var displaced = run.IsDisplaced;
        var last = electronic.Count > 0 ? electronic[^1] : energies;
        var change = electronic.Count > 1 ? electronic[^1][0] - electronic[^2][0] : double.NaN;
        run.Steps.Add(new(
            energies[0],
            energies[0] + (last[1] - last[0]),
            energies[0] + (last[2] - last[0]),
            electronic.Count,
            null,
            change,
            forces is { Count: > 0 } ? LargestForce.Of(forces) : double.NaN));
        if (displaced)
        {
            return;
        }

        run.Geometry = geometry ?? run.Geometry;
        run.Forces = forces?.ToArray();
        run.Fermi = fermi;
        run.Levels.Clear();
        run.Levels.AddRange(levels);
        run.Projected.Clear();
        run.Projected.AddRange(projected);
    }

    private void Check(VaspGeometry? geometry, List<double[]>? forces)
    {
        if (geometry is not null && run.Symbols.Count > 0 && geometry.Positions.Length != run.Symbols.Count)
        {
            throw Wrong($"positions of {geometry.Positions.Length} atoms; <atominfo> lists {run.Symbols.Count}");
        }

        if (forces is not null && run.Symbols.Count > 0 && forces.Count != run.Symbols.Count)
        {
            throw Wrong($"forces of {forces.Count} atoms; <atominfo> lists {run.Symbols.Count}");
        }
    }

    /// <summary>F, E without entropy and E(sigma->0) of an <c>energy</c> element; NaN where it has none or Fortran printed stars.</summary>
    private double[] Energies()
    {
        double[] energies = [double.NaN, double.NaN, double.NaN];
        Children(_ =>
        {
            var at = Attribute("name") switch { "e_fr_energy" => 0, "e_wo_entrp" => 1, "e_0_energy" => 2, _ => -1 };
            if (at >= 0)
            {
                var text = Text();
                energies[at] = text.Contains(Stars, StringComparison.Ordinal) ? double.NaN : Real(text, Attribute("name") ?? "an energy");
            }
        });
        return energies;
    }

    private VaspGeometry? Structure()
    {
        List<double[]>? basis = null;
        List<double[]>? fractions = null;
        Children(name =>
        {
            if (name == "crystal")
            {
                Children(_ => basis = Attribute("name") == "basis" ? Vectors(3) : basis);
            }
            else if (Attribute("name") == "positions")
            {
                fractions = Vectors(3);
            }
        });
        return basis is null || fractions is null ? null
            : basis.Count == 3 ? VaspGeometry.OfFractions([.. basis.SelectMany(v => v)], fractions)
            : throw Wrong($"a cell should have three vectors, not {basis.Count}");
    }
}
