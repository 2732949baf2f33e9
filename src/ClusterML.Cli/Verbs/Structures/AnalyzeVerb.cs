using System.CommandLine;
using System.Globalization;
using ClusterML.Chemistry;
using ClusterML.Chemistry.Analysis;
using ClusterML.Chemistry.Formats;
using ClusterML.Chemistry.Structures;
using ClusterML.Chemistry.Symmetry;
using ClusterML.Cli.Terminal;

namespace ClusterML.Cli.Verbs.Structures;

/// <summary><c>structure analyze</c>: coordination, bond lengths, size, symmetry and dopant site of the structures of any files.</summary>
internal sealed class AnalyzeVerb : Verb
{
    // The search for symmetry compares all pairs of atoms under every candidate; far larger structures are not molecules.
    private const int LargestForSymmetry = 600;

    private readonly Session _session;

    public AnalyzeVerb(Session session)
        : base(
            "analyze",
            "ECN, bond lengths, coordination, radius, point group and dopant site of xyz, POSCAR and ASE files.",
            "clusterml structure analyze relaxed.xyz CONTCAR",
            "clusterml structure analyze --json trajectory.extxyz > analysis.json")
    {
        _session = session;
        var files = new Argument<string[]>("FILE") { Description = "Files of structures; all frames are analysed.", Arity = ArgumentArity.OneOrMore };
        var tolerance = new Option<double>("--tolerance")
        {
            Description = "How far an atom may be from its place in the symmetric structure, Angstrom.",
            HelpName = "LENGTH",
            DefaultValueFactory = _ => PointGroup.DefaultTolerance,
        };
        var json = JsonOption();
        Add(files);
        Add(tolerance);
        Add(json);
        tolerance.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && double.TryParse(token.Value, CultureInfo.InvariantCulture, out var length) && !(length > 0 && double.IsFinite(length)))
            {
                result.AddError("--tolerance must be a positive length in Angstrom");
            }
        });
        SetAction(result => Execute(result.GetRequiredValue(files), result.GetValue(tolerance), result.GetValue(json)));
    }

    private int Execute(IReadOnlyList<string> files, double tolerance, bool json)
    {
        List<Problem> problems = [.. files.Where(f => !Path.Exists(_session.FullPath(f))).Select(f => new Problem(InputPath.Missing, f))];
        problems.AddRange(files.Where(f => Directory.Exists(_session.FullPath(f))).Select(f => new Problem("is a folder; give a file", f)));
        var misplaced = problems.Count;
        var frames = files.Where(f => File.Exists(_session.FullPath(f))).SelectMany(file => Frames(file, tolerance, problems)).ToList();
        if (json)
        {
            JsonOutput.Write(_session.Terminal, new { Tolerance = tolerance, Structures = frames.Select(Document), Problems = problems });
        }
        else if (frames.Count > 0)
        {
            TextTable.Write(
                _session.Terminal.Out,
                ["file", "frame", "formula", "N", "ECN", "d_av/A", "CN", "shortest/A", "radius/A", "expansion/%", "group", "dopant"],
                [.. frames.Select(Row)]);
        }

        foreach (var frame in frames.Where(f => !f.Analysis.Converged))
        {
            _session.Note($"{frame.File}, frame {frame.Number}: d_av of {frame.Analysis.EcnByAtom.Count(double.IsNaN)} atoms did not converge");
        }

        // What could be analysed is printed all the same: no failure, whose problems would be a second JSON document.
        problems.ForEach(p => _session.Error(p.ToString()));
        return problems.Count == 0 ? ExitCodes.Done : problems.Count == misplaced ? ExitCodes.InvalidConfig : ExitCodes.DataCheckFailed;
    }

    /// <summary>The frames that can be analysed, up to the first that cannot be read; what is wrong goes to <paramref name="problems"/>.</summary>
    private List<Frame> Frames(string file, double tolerance, List<Problem> problems)
    {
        var frames = new List<Frame>();
        var number = 0;
        try
        {
            foreach (var structure in StructureFile.Read(_session.FullPath(file)))
            {
                number++;
                try
                {
                    var analysis = ClusterAnalysis.Of(structure);
                    frames.Add(new(file, number, structure, analysis, Group(analysis, tolerance)));
                }
                catch (ArgumentException problem)
                {
                    problems.Add(new($"frame {number}: {OneLine(problem)}", file));
                }
            }
        }
        catch (MalformedFileException malformed)
        {
            problems.Add(new(malformed.Message, file, malformed.Line, malformed.Column));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            problems.Add(new(OneLine(problem), file));
        }

        return frames;
    }

    private static string? Group(ClusterAnalysis analysis, double tolerance) =>
        analysis.Whole is { Count: <= LargestForSymmetry } whole && !(tolerance > analysis.ShortestBond / 4) ? PointGroup.Of(whole, tolerance).Name : null;

    // The name of the parameter, which the runtime adds, is no business of users.
    private static string OneLine(Exception problem) => problem.Message.Split(" (Parameter", 2)[0].ReplaceLineEndings(" ");

    private static string[] Row(Frame frame)
    {
        var a = frame.Analysis;
        return
        [
            frame.File,
            frame.Number.ToString(CultureInfo.InvariantCulture),
            frame.Structure.Formula,
            frame.Structure.Count.ToString(CultureInfo.InvariantCulture),
            Number(a.Ecn, "F4"),
            Number(a.AverageBondLength, "F4"),
            Number(a.MeanCoordinationNumber, "F2"),
            Number(a.ShortestBond, "F4"),
            Number(a.Shape?.LargestRadius ?? double.NaN, "F4"),
            Number(100 * a.CentreSurfaceExpansion, "F2"),
            frame.Group ?? "-",
            a.Dopant is { } dopant ? $"{frame.Structure.Elements[dopant]} {a.DopantPlace?.ToString().ToLowerInvariant() ?? "in a crystal"}" : "-",
        ];
    }

    private static string Number(double value, string format)
    {
        // A rounding error below zero is not worth a sign.
        var text = double.IsNaN(value) ? "-" : value.ToString(format, CultureInfo.InvariantCulture);
        return text.StartsWith('-') && text.AsSpan(1).TrimStart("0.").IsEmpty && text.Length > 1 ? text[1..] : text;
    }

    private static object Document(Frame frame)
    {
        var a = frame.Analysis;
        return new
        {
            frame.File,
            Frame = frame.Number,
            frame.Structure.Formula,
            Atoms = frame.Structure.Count,
            a.Ecn,
            AverageBondLengthA = a.AverageBondLength,
            a.Converged,
            MeanCoordinationNumber = a.MeanCoordinationNumber,
            ShortestBondA = a.ShortestBond,
            a.Fragments,
            RadiusOfGyrationA = a.Shape?.RadiusOfGyration,
            LargestRadiusA = a.Shape?.LargestRadius,
            AsphericityA2 = a.Shape?.Asphericity,
            a.Shape?.Anisotropy,
            a.Shape?.Sphericity,
            PointGroup = frame.Group,
            a.CentralAtom,
            CentreVertexA = a.CentreSurface?.CentreVertex,
            VertexVertexA = a.CentreSurface?.VertexVertex,
            a.CentreSurfaceExpansion,
            Dopant = a.Dopant is { } dopant ? new { Atom = dopant, Element = frame.Structure.Elements[dopant].Symbol, Place = a.DopantPlace } : null,
            Shells = a.Shells.Select(s => new { s.Atoms.Count, MeanA = s.Mean, SmallestA = s.Smallest, LargestA = s.Largest, s.Atoms }),
            ByAtom = Enumerable.Range(0, frame.Structure.Count).Select(i => new
            {
                Element = frame.Structure.Elements[i].Symbol,
                Ecn = a.EcnByAtom[i],
                BondLengthA = a.BondLengthByAtom[i],
                CoordinationNumber = a.CoordinationNumbers[i],
                NearestNeighbourA = a.NearestNeighbourDistances[i],
                CentreDistanceA = a.CentreDistances.Count == 0 ? double.NaN : a.CentreDistances[i],
            }),
        };
    }

    private sealed record Frame(string File, int Number, Structure Structure, ClusterAnalysis Analysis, string? Group);
}
