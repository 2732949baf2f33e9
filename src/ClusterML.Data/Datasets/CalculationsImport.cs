using ClusterML.Chemistry;
using ClusterML.Chemistry.Analysis;
using ClusterML.Chemistry.Calculations;
using ClusterML.Chemistry.Imports;
using ClusterML.Chemistry.Structures;

namespace ClusterML.Data.Datasets;

/// <summary>Imports calculations, each as one file of a dataset.</summary>
internal sealed class CalculationsImport(IReadOnlyList<string> sources, string folder, Dataset? existing, DatasetImportOptions options)
{
    /// <summary>Angstrom; far below what tells relaxed minima apart, far above the digits that formats keep.</summary>
    private const double SameWithin = 1e-3;

    private readonly List<DataProblem> problems = [];
    private readonly List<LeftOutRow> leftOut = [];
    private readonly List<string> notes = [];
    private readonly List<Calculation> added = [];
    private readonly List<(Calculation Before, Calculation After)> completed = [];
    private readonly Dictionary<(ClusterSystem, MethodDescription), List<Calculation>> known = [];

    public ImportReport Run(IProgress<ImportProgress>? progress, CancellationToken cancellation)
    {
        var found = ReadAll(progress, cancellation);
        var there = existing is null ? [] : ReadExisting(existing.Source);
        foreach (var calculation in there)
        {
            Remember(calculation);
        }

        // Frequencies last: what they belong to may come with the same import.
        foreach (var calculation in found.OrderBy(SeparateFrequencies.Is))
        {
            if (!SeparateFrequencies.Is(calculation) || !Completes(calculation))
            {
                Add(calculation);
            }
        }

        if (problems.Count > 0)
        {
            throw new DataException(problems);
        }

        if (added.Count == 0 && existing is null)
        {
            // The causes first: what is to be done stands there.
            throw new DataException([
                .. leftOut.Select(row => new DataProblem(row.Source, 0, 0, row.Reason)),
                new(sources[0], 0, 0, "nothing that can be imported was found; see docs/add-your-own-rows.md for what can"),
            ]);
        }

        cancellation.ThrowIfCancellationRequested();
        Write(there);
        return new(folder, DatasetKind.Calculations, existing is null, [.. added.Select(c => c.Name), .. completed.Select(c => $"{c.After.Name} (frequencies)")], leftOut, notes);
    }

    private List<Calculation> ReadAll(IProgress<ImportProgress>? progress, CancellationToken cancellation)
    {
        var all = sources.SelectMany(CalculationImporter.Sources).ToList();
        var calculations = new List<Calculation>();
        foreach (var (index, source) in all.Index())
        {
            cancellation.ThrowIfCancellationRequested();
            progress?.Report(new(index, all.Count, source));
            try
            {
                foreach (var imported in CalculationImporter.Read(source, new() { Method = options.Method, ScfConverged = options.ScfConverged }))
                {
                    notes.AddRange(imported.Warnings.Select(w => $"{imported.Calculation.Name} ({Place(imported)}): {w}"));
                    if (options.OnlyConverged && Fault(imported.Calculation) is { } fault)
                    {
                        leftOut.Add(new(Place(imported), $"{imported.Calculation.Name}: {(IsScfUnstated(imported)
                            ? "the file does not state whether the SCF converged; --scf-converged true if you know that it did"
                            : $"{fault}; --only-converged false imports it with its flags")}"));
                    }
                    else
                    {
                        calculations.Add(imported.Calculation with { File = Place(imported) });
                    }
                }
            }
            catch (MalformedFileException e)
            {
                leftOut.Add(new(e.Line > 0 ? FormattableString.Invariant($"{e.File}:{e.Line}") : e.File, e.Message));
            }
            catch (IOException e)
            {
                leftOut.Add(new(source, e.Message));
            }
        }

        progress?.Report(new(all.Count, all.Count, ""));
        return calculations;
    }

    private static string Place(ImportedCalculation imported) =>
        imported.Frame is { } frame ? FormattableString.Invariant($"{imported.Source} frame {frame}") : imported.Source;

    // Only structures are without: the readers of outputs decide from what the program printed, or did not.
    private static bool IsScfUnstated(ImportedCalculation imported) =>
        imported is { Format: ImportFormat.Structures, Calculation: { ScfConverged: false } calculation } && double.IsFinite(calculation.Energy)
        && imported.Missing.Any(m => m.StartsWith("electronic convergence", StringComparison.Ordinal));

    // A single point has no geometry to converge.
    private static string? Fault(Calculation calculation) =>
        calculation.EnergyFault ?? (calculation.GeometryConverged == false ? "the relaxation did not converge" : null);

    private static List<Calculation> ReadExisting(string calculations)
    {
        var problems = new List<DataProblem>();
        var there = new List<Calculation>();
        foreach (var path in CalculationFiles.In(calculations))
        {
            try
            {
                there.Add(CalculationFile.ReadAny(path) with { Place = CalculationFiles.NameIn(calculations, path) });
            }
            catch (MalformedFileException e)
            {
                problems.Add(new(e.File, e.Line, e.Column, e.Message));
            }
        }

        return problems.Count == 0 ? there : throw new DataException(problems);
    }

    /// <summary>Takes a calculation whose system and method are new; the same result a second time is left out, another one is refused.</summary>
    private void Add(Calculation calculation)
    {
        var same = known.GetValueOrDefault(Key(calculation))?.FirstOrDefault(c => IsSame(c, calculation));
        if (same is null)
        {
            added.Add(calculation);
            Remember(calculation);
        }
        else if (IsSameResult(same, calculation) || (same.System.Kind == SystemKind.Other && Math.Abs(same.Energy - calculation.Energy) < 1e-7))
        {
            leftOut.Add(new(calculation.File, $"{calculation.Name} is in the dataset already, with the same result ({same.Place})"));
        }
        else
        {
            problems.Add(new(calculation.File, 0, 0, FormattableString.Invariant(
                $"{calculation.Name} with this method is also in {same.Place}, with the energy {same.Energy:R} eV and not {calculation.Energy:R} eV; keep one of them{(same.System.Kind == SystemKind.Other ? "" : ", or name another structure of X12 apart (X12_VARIANT)")}")));
        }
    }

    /// <summary>Gives the frequencies of a run of its own to the relaxation of the same geometry; false when there is no relaxation of this system and method.</summary>
    private bool Completes(Calculation frequencies)
    {
        var relaxations = known.Where(k => k.Key.Item1 == frequencies.System).SelectMany(k => k.Value).Where(c => SeparateFrequencies.MayBelong(c, frequencies)).ToList();
        var relaxed = relaxations.FirstOrDefault(c => SeparateFrequencies.Fault(c, frequencies) is null);
        if (relaxed is null)
        {
            if (relaxations.Count > 0)
            {
                leftOut.Add(new(frequencies.File, $"frequencies of {frequencies.Name} do not go to {relaxations[0].Place}: {SeparateFrequencies.Fault(relaxations[0], frequencies)}"));
            }

            return relaxations.Count > 0;
        }

        var joined = SeparateFrequencies.Joined(relaxed, frequencies);
        var same = known[Key(relaxed)];
        same[same.IndexOf(relaxed)] = joined;
        notes.Add($"{joined.Name}: takes the frequencies of {frequencies.File}");
        if (added.IndexOf(relaxed) is var at and >= 0)
        {
            added[at] = joined;
        }
        else
        {
            completed.Add((relaxed, joined));
        }

        return true;
    }

    private void Remember(Calculation calculation)
    {
        if (!known.TryGetValue(Key(calculation), out var same))
        {
            known.Add(Key(calculation), same = []);
        }

        same.Add(calculation);
    }

    private static (ClusterSystem, MethodDescription) Key(Calculation calculation) => (calculation.System, calculation.Method with { Box = 0 });

    // As the table of rows judges it: an atom in another box is the same atom. Of other systems there may be many structures
    // of one formula; only the same structure is the same calculation.
    private static bool IsSame(Calculation one, Calculation other) =>
        Key(one) == Key(other)
        && (one.System.Kind != SystemKind.Other || IsSameResult(one, other) || IsSameStructure(one, other));

    private static bool IsSameStructure(Calculation one, Calculation other) =>
        one.Positions.Count > 0 && one.Positions.Count == other.Positions.Count
        && StructureMatch.Compare(Structure(one), Structure(other), SameWithin).IsMatch;

    // Without its cell: a cluster in another box is the same cluster.
    private static Structure Structure(Calculation calculation) =>
        calculation.Geometry();

    // Equal to the digits that other formats keep. Positions that one of them does not state, as of many free atoms, do not count.
    private static bool IsSameResult(Calculation one, Calculation other) =>
        Math.Abs(one.Energy - other.Energy) < 1e-7
        && (one.Symbols.Count == 1 || one.Positions.Count == 0 || other.Positions.Count == 0
            || (one.Symbols.SequenceEqual(other.Symbols)
                && one.Positions.Zip(other.Positions).All(p => p.First.Zip(p.Second).All(x => Math.Abs(x.First - x.Second) < 1e-5))));

    private void Write(IReadOnlyList<Calculation> there)
    {
        // Files are added beside the subfolders, whose names are no hindrance.
        var taken = there.Where(c => !c.Place.Contains('/', StringComparison.Ordinal)).Select(c => Path.GetFileNameWithoutExtension(c.File)).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var files = added.Select(c => (Name: FileName(c, taken), Calculation: c)).ToList();
        if (existing is not null)
        {
            files.ForEach(f => CalculationFile.Write(Path.Combine(existing.Source, f.Name), f.Calculation));
            completed.ForEach(c => SeparateFrequencies.Write(c.Before.File, c.After));
            return;
        }

        DatasetImport.Create(folder, at =>
        {
            DatasetFile.Write(Path.Combine(at, DatasetFile.FileName), DatasetImport.Describe(sources, folder, options, DatasetKind.Calculations, X12tmColumns.All));
            files.ForEach(f => CalculationFile.Write(Path.Combine(at, Dataset.CalculationsFolder, f.Name), f.Calculation));
        });
    }

    /// <summary>The name of the system, with the recipe where another method has the name already.</summary>
    private static string FileName(Calculation calculation, HashSet<string> taken)
    {
        string[] candidates = [calculation.Name, $"{calculation.Name}-{MethodFingerprint.OfCluster(calculation.Method).Id}"];
        var name = candidates.FirstOrDefault(taken.Add);
        for (var number = 2; name is null; number++)
        {
            var numbered = FormattableString.Invariant($"{candidates[1]}-{number}");
            name = taken.Add(numbered) ? numbered : null;
        }

        return $"{name}.json";
    }
}
