using System.CommandLine;
using System.Globalization;
using ClusterML.Chemistry.Calculations;
using ClusterML.Chemistry.Elements;
using ClusterML.Chemistry.Formats;
using ClusterML.Chemistry.Structures;
using ClusterML.Chemistry.Symmetry;
using ClusterML.Cli.Terminal;

namespace ClusterML.Cli.Verbs.Structures;

/// <summary><c>structure build</c>: one ideal cluster, pure, doped, hollow or with a vertex missing.</summary>
internal sealed class BuildVerb : Verb
{
    private readonly Session _session;
    private readonly ClusterArguments _cluster;
    private readonly Option<Element> _dopant = ClusterArguments.ElementOption("--dopant", "Symbol of the element of one atom.");
    private readonly Option<string?> _site = new("--site") { Description = "Where the dopant is: in (the centre) or out (an outer vertex).", HelpName = "in|out" };
    private readonly Option<bool> _cage = new("--cage") { Description = "Leave out the centre." };
    private readonly Option<bool> _vacancy = new("--vacancy") { Description = "Leave out an outer vertex." };
    private readonly Option<double?> _box = ClusterArguments.Length("--box", "Edge of a periodic cube around the cluster, Å; POSCAR needs one.");
    private readonly Option<string?> _output = new("--output", "-o")
    {
        Description = "File to write: .xyz, .extxyz, .vasp, .json and .db (ASE), POSCAR. Without it, extended xyz on standard output.",
        HelpName = "FILE",
    };

    public BuildVerb(Session session)
        : base(
            "build",
            "Build an ideal cluster to start a relaxation from.",
            "clusterml structure build --host Ti --dopant Fe --site in -o Ti12Fe_in.xyz",
            "clusterml structure build --host Ti --vacancy",
            "clusterml structure build --host Pt --shape cuboctahedron --atoms 55 --bond 2.75 --box 20 -o POSCAR")
    {
        _session = session;
        _cluster = new ClusterArguments(this);
        _site.AcceptOnlyFromAmong("in", "out");
        Add(_dopant);
        Add(_site);
        Add(_cage);
        Add(_vacancy);
        Add(_box);
        Add(_output);
        SetAction(Execute);
    }

    private int Execute(ParseResult result)
    {
        var output = result.GetValue(_output);
        var format = output is null ? StructureFormat.ExtendedXyz : StructureFile.FormatOf(output);
        ClusterArguments.Refuse([.. _cluster.Problems(result), .. Problems(result, format)]);
        var structure = Boxed(Build(result), result.GetValue(_box));
        var group = PointGroup.Of(structure, 0.01);
        structure = new(structure.Elements, structure.Positions, structure.Cell)
        {
            AtomProperties = structure.AtomProperties,
            Properties = new Dictionary<string, PropertyValue>
            {
                ["name"] = PropertyValue.Of(NameOf(result, structure)),
                ["point_group"] = PropertyValue.Of(group.Name),
            },
        };
        if (output is null)
        {
            StructureFile.Write(_session.Terminal.Out, [structure], format!.Value);
            return ExitCodes.Done;
        }

        StructureFile.Write(_session.FullPath(output), [format == StructureFormat.Poscar ? Grouped(structure) : structure], format);
        _session.Terminal.Out.WriteLine(_session.FullPath(output));
        _session.Note($"{structure.Formula}: {structure.Count} atoms, point group {group.Name}");
        return ExitCodes.Done;
    }

    private IEnumerable<Problem> Problems(ParseResult result, StructureFormat? format)
    {
        var (host, dopant, site) = (_cluster.Host(result), result.GetValue(_dopant), result.GetValue(_site));
        if (dopant is null != site is null)
        {
            yield return new("--dopant and --site go together");
        }

        if (new[] { dopant is not null, result.GetValue(_cage), result.GetValue(_vacancy) }.Count(given => given) > 1)
        {
            yield return new("give one of --dopant, --cage and --vacancy");
        }

        if (dopant == host)
        {
            yield return new($"host and dopant are both {host}: leave out --dopant for a pure cluster");
        }

        // The place of a dopant outside depends on both radii, also when the host's size is given.
        if (_cluster.Scale(result) is null || site == "out")
        {
            foreach (var problem in ClusterArguments.RadiusProblems(dopant is null ? [("--host", host)] : [("--host", host), ("--dopant", dopant)]))
            {
                yield return problem;
            }
        }

        if (format is null)
        {
            yield return new($"{result.GetValue(_output)}: the name tells no format; end it in .xyz, .extxyz, .vasp, .json or .db, or begin it with POSCAR");
        }

        if (format == StructureFormat.Poscar && result.GetValue(_box) is null)
        {
            yield return new($"{result.GetValue(_output)}: a POSCAR needs a cell; give --box");
        }
    }

    private Structure Build(ParseResult result)
    {
        var (host, shape, shells, scale) = (_cluster.Host(result), _cluster.Shape(result), _cluster.Shells(result), _cluster.Scale(result));
        var dopant = result.GetValue(_dopant);
        var site = result.GetValue(_site) == "out" ? Site.Out : Site.In;
        return dopant is not null ? ClusterShapes.Doped(shape, host, dopant, site, shells, scale)
            : result.GetValue(_cage) ? ClusterShapes.Hollow(shape, host, shells, scale)
            : result.GetValue(_vacancy) ? ClusterShapes.VertexVacancy(shape, host, shells, scale)
            : ClusterShapes.Pure(shape, host, shells, scale);
    }

    /// <summary>As calculations are named where there is such a name: Ti13, Ti12_cage, Ti12_vac, Ti12Fe_in; other shapes say so.</summary>
    private string NameOf(ParseResult result, Structure structure)
    {
        var host = _cluster.Host(result);
        var hosts = structure.Elements.Count(e => e == host).ToString(CultureInfo.InvariantCulture);
        var variant = result.GetValue(_dopant) is { } dopant ? $"{dopant}_{result.GetValue(_site)}"
            : result.GetValue(_cage) ? "_cage"
            : result.GetValue(_vacancy) ? "_vac"
            : string.Empty;
        var shape = _cluster.Shape(result) == ClusterShape.Icosahedron ? string.Empty : $"_{_cluster.Shape(result).ToString().ToLowerInvariant()}";
        return $"{host}{hosts}{variant}{shape}";
    }

    private static Structure Boxed(Structure structure, double? edge)
    {
        if (edge is not { } length)
        {
            return structure;
        }

        var positions = structure.Positions.ToArray();
        var extent = 2 * positions.Max(Math.Abs);
        if (length <= extent)
        {
            throw new CommandFailure(
                ExitCodes.WrongUsage,
                FormattableString.Invariant($"--box {length}: the cluster alone is {extent:0.0} Å wide; leave some 10 Å of vacuum around it"));
        }

        return new(structure.Elements, Array.ConvertAll(positions, x => x + (length / 2)), UnitCell.Cube(length)) { AtomProperties = structure.AtomProperties };
    }

    /// <summary>Atoms of one element together: VASP reads one potential for each run of symbols.</summary>
    private static Structure Grouped(Structure structure)
    {
        var order = Enumerable.Range(0, structure.Count)
            .GroupBy(i => structure.Elements[i])
            .OrderByDescending(g => g.Count())
            .SelectMany(g => g)
            .ToList();
        return new(
            [.. order.Select(i => structure.Elements[i])],
            [.. order.SelectMany(i => structure.Position(i).ToArray())],
            structure.Cell)
        {
            Properties = new Dictionary<string, PropertyValue> { ["comment"] = structure.Properties["name"] },
        };
    }
}
