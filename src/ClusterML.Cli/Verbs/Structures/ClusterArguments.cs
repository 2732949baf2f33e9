using System.CommandLine;
using System.Globalization;
using ClusterML.Chemistry.Elements;
using ClusterML.Chemistry.Structures;

namespace ClusterML.Cli.Verbs.Structures;

/// <summary>The options that say which ideal cluster is meant: host, shape, atoms and size.</summary>
internal sealed class ClusterArguments
{
    private readonly Option<Element> _host = ElementOption("--host", "Symbol of the host element.", required: true);
    private readonly Option<string> _shape = new("--shape")
    {
        Description = "icosahedron, cuboctahedron or decahedron (Ino's, with square side faces).",
        HelpName = "SHAPE",
        DefaultValueFactory = _ => "icosahedron",
    };

    private readonly Option<int> _atoms = new("--atoms")
    {
        Description = "Atoms of the whole cluster: 13, 55, 147, 309 and so on.",
        HelpName = "N",
        DefaultValueFactory = _ => 13,
    };

    private readonly Option<double?> _bond = Length("--bond", "Mean nearest-neighbour distance, Å. Default: from the metallic radii.");
    private readonly Option<double?> _radius = Length("--radius", "Distance from the centre to the first shell, Å; instead of --bond.");

    public ClusterArguments(Command command)
    {
        _shape.AcceptOnlyFromAmong([.. Enum.GetNames<ClusterShape>().Select(n => n.ToLowerInvariant())]);
        command.Add(_host);
        command.Add(_shape);
        command.Add(_atoms);
        command.Add(_bond);
        command.Add(_radius);
    }

    public Element Host(ParseResult result) => result.GetRequiredValue(_host);

    public ClusterShape Shape(ParseResult result) => Enum.Parse<ClusterShape>(result.GetRequiredValue(_shape), ignoreCase: true);

    public int Shells(ParseResult result) => ClusterShapes.ShellsOf(result.GetValue(_atoms))!.Value;

    public ClusterScale? Scale(ParseResult result) =>
        result.GetValue(_bond) is { } bond ? ClusterScale.MeanBond(bond)
        : result.GetValue(_radius) is { } radius ? ClusterScale.ShellRadius(radius)
        : null;

    /// <summary>What is wrong with the values of these options together.</summary>
    public IEnumerable<Problem> Problems(ParseResult result)
    {
        if (ClusterShapes.ShellsOf(result.GetValue(_atoms)) is null)
        {
            yield return new(FormattableString.Invariant(
                $"--atoms {result.GetValue(_atoms)}: closed shells have 13, 55, 147, 309, 561, ... up to {ClusterShapes.AtomCount(ClusterShapes.MaximumShells)} atoms"));
        }

        if (result.GetValue(_bond) is not null && result.GetValue(_radius) is not null)
        {
            yield return new("give either --bond or --radius");
        }
    }

    /// <summary>What is wrong with elements whose metallic radius decides on the geometry.</summary>
    public static IEnumerable<Problem> RadiusProblems(params IEnumerable<(string Option, Element Element)> elements) =>
        from e in elements
        where !e.Element.IsMetal || double.IsNaN(e.Element.Density)
        let why = e.Element.IsMetal ? "its density is not known" : "it is not a metal"
        let remedy = e.Option == "--host" ? "; give --bond or --radius" : string.Empty
        select new Problem($"{e.Option} {e.Element}: the geometry needs its metallic radius, but {why}{remedy}");

    /// <summary>Ends the verb with all problems, if there are any.</summary>
    public static void Refuse(params IEnumerable<Problem> problems)
    {
        if (problems.ToList() is { Count: > 0 } found)
        {
            throw new CommandFailure(ExitCodes.WrongUsage, found);
        }
    }

    public static Option<Element> ElementOption(string name, string description, bool required = false) => new(name)
    {
        Description = description,
        HelpName = "SYMBOL",
        Required = required,
        CustomParser = result =>
        {
            var symbol = result.Tokens.Count == 1 ? result.Tokens[0].Value : string.Empty;
            if (ElementTable.Default.Find(symbol) is { } element)
            {
                return element;
            }

            result.AddError(ElementTable.Default.Unknown(name, symbol));
            return null;
        },
    };

    public static Option<double?> Length(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "ANGSTROM",
        CustomParser = result =>
        {
            var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : string.Empty;
            if (double.TryParse(text, CultureInfo.InvariantCulture, out var length) && double.IsFinite(length) && length > 0)
            {
                return length;
            }

            result.AddError($"{name} {text}: a length in Å must be a positive number");
            return null;
        },
    };
}
