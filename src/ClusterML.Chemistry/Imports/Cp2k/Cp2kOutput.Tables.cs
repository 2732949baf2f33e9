namespace ClusterML.Chemistry.Imports.Cp2k;

/// <summary>The tables of an output: coordinates, forces, charges.</summary>
internal sealed partial class Cp2kOutput
{
    private void TakeCoordinates()
    {
        if (run.Atoms.Count > 0)
        {
            return;
        }

        while (lines.Next() is { } line)
        {
            var words = OutputLines.Words(line);
            if (words.Length >= 7 && int.TryParse(words[0], out _))
            {
                double[] position = [lines.Real(words[4], "x"), lines.Real(words[5], "y"), lines.Real(words[6], "z")];
                run.Atoms.Add((lines.Integer(words[1], "the number of a kind"), words[2], position));
            }
            else if (run.Atoms.Count > 0)
            {
                return;
            }
            else if (words.Length > 0 && words[0] != "Atom")
            {
                throw lines.Wrong("the table of coordinates should follow: Atom Kind Element X Y Z Z(eff) Mass");
            }
        }
    }

    /// <summary>Forces as versions up to 2023 print them: <c>atom kind element x y z</c>, hartree/bohr.</summary>
    private void TakeForces()
    {
        var forces = new List<double[]>();
        while (lines.Next() is { } line)
        {
            var words = OutputLines.Words(line);
            if (words is [_, _, _, { } x, { } y, { } z] && int.TryParse(words[0], out _))
            {
                forces.Add([Force(x), Force(y), Force(z)]);
            }
            else if (line.Contains("SUM OF ATOMIC FORCES", StringComparison.Ordinal))
            {
                SetForces(forces);
                return;
            }
            else if (words.Length > 0 && words[0] != "#")
            {
                throw lines.Wrong("a line of the table of forces should read: atom kind element x y z");
            }
        }
    }

    /// <summary>Forces as versions from 2024 print them: lines <c>FORCES| atom x y z |f|</c>, hartree/bohr.</summary>
    private void TakeMarkedForces(string title)
    {
        if (!title.Contains("hartree/bohr", StringComparison.OrdinalIgnoreCase))
        {
            return;
        }

        var forces = new List<double[]>();
        while (lines.Next() is { } line)
        {
            var words = OutputLines.Words(line);
            if (words is not ["FORCES|", ..])
            {
                break;
            }

            if (words is [_, { } atom, { } x, { } y, { } z, ..] && int.TryParse(atom, out _))
            {
                forces.Add([Force(x), Force(y), Force(z)]);
            }
            else if (words is [_, "Sum", ..])
            {
                SetForces(forces);
                return;
            }
        }
    }

    private double Force(string word) => lines.Real(word, "a force") * AtomicUnits.Force;

    private void SetForces(List<double[]> forces)
    {
        if (forces.Count != run.Atoms.Count)
        {
            throw lines.Wrong($"forces of {forces.Count} atoms; the structure has {run.Atoms.Count}");
        }

        if (run.Steps.Count == 0)
        {
            return;
        }

        run.Forces = [.. forces];
        run.ForcesOfStep = run.Steps.Count - 1;
        run.Steps[^1] = run.Steps[^1] with { MaxForce = LargestForce.Of(forces) };
    }

    private void TakeMulliken() => TakeCharges("Mulliken", "# Total charge", words => words.Length switch
    {
        5 => words[4],
        7 => words[5],
        _ => null,
    });

    private void TakeHirshfeld() => TakeCharges("Hirshfeld", "Total Charge", words => words.Length >= 6 ? words[^1] : null);

    private void TakeCharges(string scheme, string end, Func<string[], string?> chargeOf)
    {
        var charges = new List<double>();
        while (lines.Next() is { } line)
        {
            var words = OutputLines.Words(line);
            if (line.TrimStart().StartsWith(end, StringComparison.Ordinal))
            {
                if (words is ["#", "Total", "charge", "and", "spin", .., { } moment])
                {
                    run.SpinMoment = lines.Real(moment, "the spin moment");
                }

                if (charges.Count != run.Atoms.Count)
                {
                    throw lines.Wrong($"{scheme} charges of {charges.Count} atoms; the structure has {run.Atoms.Count}");
                }

                run.Charges[scheme] = [.. charges];
                return;
            }

            if (words.Length > 0 && int.TryParse(words[0], out _))
            {
                charges.Add(lines.Real(
                    chargeOf(words) ?? throw lines.Wrong($"a line of the {scheme} table has {words.Length} columns"), $"a {scheme} charge"));
            }
            else if (line.StartsWith(" !---", StringComparison.Ordinal))
            {
                return;
            }
        }
    }
}
