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

        run.Steps[^1] = run.Steps[^1] with { Forces = [.. forces] };
    }

    /// <summary>Mulliken: atom, element, kind, population, charge; with spin two populations, and the spin after the charge.</summary>
    private void TakeMulliken()
    {
        var (charges, spins) = (new List<double>(), new List<double>());
        var isWhole = TakePopulations("Mulliken", "# Total charge", words =>
        {
            if (words.Length is not (5 or 7))
            {
                throw lines.Wrong($"a line of the Mulliken table has {words.Length} columns");
            }

            charges.Add(lines.Real(words[words.Length == 5 ? 4 : 5], "a Mulliken charge"));
            if (words.Length == 7)
            {
                spins.Add(lines.Real(words[6], "a Mulliken spin"));
            }
        });
        if (isWhole)
        {
            run.Populations.Charges["Mulliken"] = [.. charges];
            run.Populations.Spins = spins.Count == charges.Count ? [.. spins] : null;
        }
    }

    private void TakeHirshfeld()
    {
        var charges = new List<double>();
        var isWhole = TakePopulations("Hirshfeld", "Total Charge", words => charges.Add(words.Length >= 6
            ? lines.Real(words[^1], "a Hirshfeld charge")
            : throw lines.Wrong($"a line of the Hirshfeld table has {words.Length} columns")));
        if (isWhole)
        {
            run.Populations.Charges["Hirshfeld"] = [.. charges];
        }
    }

    /// <summary>Hands over the lines of a table of populations, one an atom; false when it ends early.</summary>
    private bool TakePopulations(string scheme, string end, Action<string[]> take)
    {
        var rows = 0;
        while (lines.Next() is { } line)
        {
            var words = OutputLines.Words(line);
            if (line.TrimStart().StartsWith(end, StringComparison.Ordinal))
            {
                if (words is ["#", "Total", "charge", "and", "spin", .., { } moment])
                {
                    run.Populations.SpinMoment = lines.Real(moment, "the spin moment");
                }

                return rows == run.Atoms.Count ? true : throw lines.Wrong($"{scheme} charges of {rows} atoms; the structure has {run.Atoms.Count}");
            }

            if (words.Length > 0 && int.TryParse(words[0], out _))
            {
                take(words);
                rows++;
            }
            else if (line.StartsWith(" !---", StringComparison.Ordinal))
            {
                return false;
            }
        }

        return false;
    }
}
