using ClusterML.Chemistry.Files;
using ClusterML.Chemistry.Structures;

namespace ClusterML.Chemistry.Imports.Vasp;

/// <summary>Whether the files of a folder are of one run.</summary>
internal sealed partial class VaspImport
{
    /// <summary>Refuses files of different runs.</summary>
    private void CrossCheck()
    {
        if (xml is not null && text is not null)
        {
            if (text.Symbols.Count > 0 && xml.Symbols.Count > 0 && !xml.Symbols.SequenceEqual(text.Symbols))
            {
                throw Disagree("atoms", string.Join(' ', xml.Symbols), string.Join(' ', text.Symbols));
            }

            foreach (var (one, other) in xml.Steps.Zip(text.Steps))
            {
                if (Math.Abs(one.FreeEnergy - other.FreeEnergy) > 1e-4)
                {
                    throw Disagree("the free energy of a step", FormattableString.Invariant($"{one.FreeEnergy} eV"), FormattableString.Invariant($"{other.FreeEnergy} eV"));
                }
            }

            if (xml.Steps.Count != text.Steps.Count)
            {
                warnings.Add(FormattableString.Invariant(
                    $"vasprun.xml has {xml.Steps.Count} finished ionic steps and OUTCAR {text.Steps.Count}; the longer one is read"));
            }
        }

        if (!run.Ended)
        {
            warnings.Add("the run did not end by itself: its last finished ionic step is read");
        }

        if (!EndsDisplaced && Structure(files.Contcar) is { } final)
        {
            CheckContcar(final);
        }
        else if (Structure(files.Poscar) is { } first)
        {
            CheckAtoms("POSCAR", first);
        }

        VaspRunsAreOne("k-points", xml?.KPoints ?? 0, text?.KPoints ?? 0);
    }

    private void VaspRunsAreOne(string what, int inXml, int inText)
    {
        if (inXml > 0 && inText > 0 && inXml != inText)
        {
            throw Disagree(what, FormattableString.Invariant($"{inXml}"), FormattableString.Invariant($"{inText}"));
        }
    }

    private MalformedFileException Disagree(string what, string inXml, string inText) =>
        new(files.Source, 0, 0, BoundedText.Of($"vasprun.xml and OUTCAR are of different runs: {what}: {inXml} and {inText}"));

    private Structure? Structure(string? path)
    {
        if (path is null || new FileInfo(path).Length == 0)
        {
            return null;
        }

        sources.Add(path);
        return VaspStructures.Read(path);
    }

    private void CheckAtoms(string name, Structure structure)
    {
        if (!structure.Elements.Select(element => element.Symbol).SequenceEqual(run.Symbols))
        {
            throw new MalformedFileException(files.Source, 0, 0, BoundedText.Of($"{name} holds {structure.Formula}, the calculation {string.Join(' ', run.Symbols)}: they are of different runs"));
        }
    }

    /// <summary>CONTCAR may be one step ahead of the last energy, where a run stopped before it was relaxed; then the geometry of the energy counts.</summary>
    private void CheckContcar(Structure contcar)
    {
        CheckAtoms("CONTCAR", contcar);
        if (run.Geometry is not { } geometry || contcar.Cell is not { } cell)
        {
            return;
        }

        var largest = 0.0;
        for (var atom = 0; atom < contcar.Count; atom++)
        {
            var moved = OnePiece.Of([geometry.Positions[atom], contcar.Position(atom).ToArray()], cell, out _);
            largest = Math.Max(largest, PointDistance.Between(moved[0], moved[1]));
        }

        if (largest > 1e-4)
        {
            warnings.Add(FormattableString.Invariant($"CONTCAR is up to {largest:0.0000} Angstrom away from the geometry of the last energy, which is the one read"));
        }
    }
}
