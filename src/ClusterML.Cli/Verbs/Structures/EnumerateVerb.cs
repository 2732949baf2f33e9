using System.CommandLine;
using System.Globalization;
using System.Numerics;
using ClusterML.Chemistry.Elements;
using ClusterML.Chemistry.Formats;
using ClusterML.Chemistry.Structures;
using ClusterML.Chemistry.Symmetry;
using ClusterML.Cli.Terminal;

namespace ClusterML.Cli.Verbs.Structures;

/// <summary><c>structure enumerate</c>: the symmetry-distinct ways to put dopants into a cluster, checked by counting.</summary>
internal sealed class EnumerateVerb : Verb
{
    private readonly Session _session;
    private readonly ClusterArguments _cluster;
    private readonly Option<Element[]> _dopants = new("--dopant")
    {
        Description = "Symbol of a dopant; may be repeated, with an -n for each.",
        HelpName = "SYMBOL",
        Required = true,
        CustomParser = result =>
        {
            var unknown = result.Tokens.Where(t => ElementTable.Default.Find(t.Value) is null).ToList();
            unknown.ForEach(t => result.AddError(ElementTable.Default.Unknown("--dopant", t.Value)));
            return unknown.Count > 0 ? [] : [.. result.Tokens.Select(t => ElementTable.Default.Find(t.Value)!)];
        },
    };

    private readonly Option<int[]> _numbers = new("-n") { Description = "How many atoms the dopant replaces.", HelpName = "N", Required = true };
    private readonly Option<bool> _enantiomers = new("--enantiomers") { Description = "Count mirror images as two. Default: as one." };
    private readonly Option<long> _limit = new("--limit")
    {
        Description = "Refuse to list more than this.",
        HelpName = "N",
        DefaultValueFactory = _ => 100_000,
    };

    private readonly Option<string?> _output = new("--output", "-o") { Description = "Folder to write each as extended xyz into.", HelpName = "DIR" };
    private readonly Option<bool> _json = JsonOption();

    public EnumerateVerb(Session session)
        : base(
            "enumerate",
            "List the symmetry-distinct substitutions of a cluster; their number is checked with Burnside's lemma.",
            "clusterml structure enumerate --host Ti --dopant Fe -n 2",
            "clusterml structure enumerate --host Pt --dopant Co -n 3 --dopant Ni -n 1 --shape cuboctahedron --atoms 55 -o start --json")
    {
        _session = session;
        _cluster = new ClusterArguments(this);
        Add(_dopants);
        Add(_numbers);
        Add(_enantiomers);
        Add(_limit);
        Add(_output);
        Add(_json);
        SetAction(Execute);
    }

    private sealed record Row(int Index, IReadOnlyList<IReadOnlyList<int>> Sites, int Multiplicity, int StabiliserOrder, string PointGroup, bool IsChiral, string? File);

    private int Execute(ParseResult result)
    {
        var (host, dopants, numbers, scale) = (_cluster.Host(result), result.GetRequiredValue(_dopants), result.GetRequiredValue(_numbers), _cluster.Scale(result));
        var folder = result.GetValue(_output) is { } name ? _session.FullPath(name) : null;
        ClusterArguments.Refuse([.. _cluster.Problems(result), .. Problems(result)]);
        var cluster = ClusterShapes.Pure(_cluster.Shape(result), host, _cluster.Shells(result), scale);
        ClusterArguments.Refuse(numbers.Any(n => n < 0) || numbers.Sum(n => (long)n) > cluster.Count
            ? [new Problem($"-n {string.Join(" -n ", numbers)}: {cluster.Count} atoms have places for 0 to {cluster.Count} dopants")]
            : []);

        var group = PointGroup.Of(cluster, 0.01);
        var options = new SubstitutionOptions { EnantiomersApart = result.GetValue(_enantiomers), Limit = result.GetValue(_limit) };
        int[] composition = [.. numbers, cluster.Count - numbers.Sum()];
        var (count, total) = (Substitutions.Count(group, numbers, options), Burnside.Multinomial(composition));
        if (count > options.Limit)
        {
            throw new CommandFailure(
                ExitCodes.WrongUsage,
                string.Create(CultureInfo.InvariantCulture, $"there are {count:N0} symmetry-distinct substitutions, more than --limit {options.Limit}"));
        }

        var digits = count.ToString(CultureInfo.InvariantCulture).Length;
        var rows = Substitutions.Enumerate(group, numbers, options)
            .Select((s, i) => new Row(i + 1, s.Sites, s.Multiplicity, s.StabiliserOrder, s.PointGroup, s.IsChiral, Write(s, i + 1)))
            .ToList();
        var sum = rows.Aggregate(BigInteger.Zero, (all, row) => all + row.Multiplicity);
        if (rows.Count != count || sum != total)
        {
            throw new CommandFailure(
                ExitCodes.VerificationMismatch,
                $"{rows.Count} found and {count} counted, {sum} equivalent ones of {total}: the enumeration is wrong");
        }

        if (result.GetValue(_json))
        {
            JsonOutput.Write(_session.Terminal, new
            {
                Host = host.Symbol,
                Dopants = dopants.Zip(numbers, (d, n) => new { d.Symbol, N = n }),
                Shape = _cluster.Shape(result),
                Atoms = cluster.Count,
                PointGroup = group.Name,
                group.Order,
                Enantiomers = options.EnantiomersApart,
                Distinct = rows.Count,
                Burnside = (long)count,
                Equivalent = (long)sum,
                Multinomial = (long)total,
                Substitutions = rows,
            });
            return ExitCodes.Done;
        }

        WriteTable(cluster, rows);
        var choices = $"{cluster.Count}! / ({string.Join(" ", composition.Select(n => $"{n}!"))})";
        var kind = options.EnantiomersApart ? "the rotations of " : string.Empty;
        _session.Terminal.Out.WriteLine();
        _session.Terminal.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{rows.Count} distinct under {kind}{group.Name}, as Burnside's lemma counts; multiplicities add up to {sum} = {choices}"));
        return ExitCodes.Done;

        string? Write(Substitution substitution, int index)
        {
            if (folder is null)
            {
                return null;
            }

            var elements = cluster.Elements.ToArray();
            for (var d = 0; d < dopants.Length; d++)
            {
                foreach (var site in substitution.Sites[d])
                {
                    elements[site] = dopants[d];
                }
            }

            var stem = string.Concat(dopants.Prepend(host).Zip(numbers.Prepend(composition[^1]), Part));
            var number = index.ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0');
            var substituted = ClusterShapes.WithElements(cluster, elements, rescale: scale is null);
            var path = Path.Combine(folder, $"{stem}_{number}.xyz");
            StructureFile.Write(path, [new(substituted.Elements, substituted.Positions)
            {
                AtomProperties = substituted.AtomProperties,
                Properties = new Dictionary<string, PropertyValue>
                {
                    ["name"] = PropertyValue.Of($"{stem}_{number}"),
                    ["point_group"] = PropertyValue.Of(substitution.PointGroup),
                    ["multiplicity"] = PropertyValue.Of((long)substitution.Multiplicity),
                },
            },
            ]);
            return path;
        }
    }

    /// <summary>Such as Ti11 in Ti11Fe2.</summary>
    private static string Part(Element element, int n) => n switch
    {
        0 => string.Empty,
        1 => element.Symbol,
        _ => FormattableString.Invariant($"{element}{n}"),
    };

    private IEnumerable<Problem> Problems(ParseResult result)
    {
        var (host, dopants) = (_cluster.Host(result), result.GetRequiredValue(_dopants));
        if (result.GetRequiredValue(_numbers).Length != dopants.Length)
        {
            yield return new("give one -n for each --dopant");
        }

        if (dopants.Contains(host))
        {
            yield return new($"host and dopant are both {host}");
        }

        if (dopants.Distinct().Count() < dopants.Length)
        {
            yield return new("give each --dopant once");
        }

        if (result.GetValue(_limit) < 1)
        {
            yield return new("--limit must be at least 1");
        }

        // Only files show the geometry, but the point group is found from it.
        if (_cluster.Scale(result) is null)
        {
            foreach (var problem in ClusterArguments.RadiusProblems([("--host", host), .. dopants.Select(d => ("--dopant", d))]))
            {
                yield return problem;
            }
        }
    }

    private void WriteTable(Structure cluster, List<Row> rows)
    {
        var places = ClusterSite.Of(cluster);
        TextTable.Write(
            _session.Terminal.Out,
            ["index", "sites", "places", "multiplicity", "point group", "chiral"],
            [.. rows.Select(r => new[]
            {
                r.Index.ToString(CultureInfo.InvariantCulture),
                Dopants(r, s => s.ToString(CultureInfo.InvariantCulture), " "),
                Dopants(r, s => places[s].ToString(), ", "),
                r.Multiplicity.ToString(CultureInfo.InvariantCulture),
                r.PointGroup,
                r.IsChiral ? "yes" : "no",
            }),
            ]);
        if (rows[0].File is { } file)
        {
            _session.Note($"{rows.Count} files in {Path.GetDirectoryName(file)}");
        }

        static string Dopants(Row row, Func<int, string> text, string separator) =>
            string.Join(" | ", row.Sites.Select(s => s.Count == 0 ? "none" : string.Join(separator, s.Select(text))));
    }
}
