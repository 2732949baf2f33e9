using ClusterML.Chemistry.Formats;
using ClusterML.Chemistry.Structures;
using CsCheck;

namespace ClusterML.Chemistry.Tests.Formats;

/// <summary>What is written reads back: bit for bit, except where a test says what the format has no room for.</summary>
public sealed class RoundTripTests : IDisposable
{
    private static readonly string[] Administrative = ["unique_id", "ctime", "mtime", "user", "calculator", "calculator_parameters"];

    private readonly string folder = Directory.CreateTempSubdirectory("clusterml-formats-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void ExtendedXyz_AnyStructures_ReadBackExactly() =>
        StructureGen.Full.List[1, 4].Sample(written => AssertSame(written, ThroughText(written, StructureFormat.ExtendedXyz)), iter: 1000);

    [Fact]
    public void AseJson_AnyStructures_ReadBackExactly() =>
        StructureGen.Full.List[1, 4].Sample(written => AssertSame(written.Select(WithRealResults), ThroughText(written, StructureFormat.AseJson)), iter: 1000);

    [Fact]
    public void AseDb_AnyStructures_ReadBackExactly() => StructureGen.Full.List[1, 4].Sample(
        written =>
        {
            var path = Path.Combine(folder, $"{Guid.NewGuid():N}.db");
            StructureFile.Write(path, written, clock: new StillClock());
            AssertSame(written.Select(WithRealResults).Select(WithoutNaN), StructureFile.Read(path).Select(WithoutAdministration));
        },
        iter: 25);

    [Fact]
    public void Xyz_ElementsPositionsAndComment_ReadBackExactly() =>
        Gen.Select(StructureGen.Bare, Gen.String[Gen.Char['!', '~'], 0, 9]).Array[1, 4].Sample(
            written => AssertSame(
                written.Select(w => WithComment(w.Item1, w.Item2)),
                ThroughText(written.Select(w => WithComment(w.Item1, w.Item2)), StructureFormat.Xyz)),
            iter: 500);

    [Fact]
    public void Poscar_ElementsPositionsCellAndMasks_ReadBackExactly() => Gen.Select(StructureGen.Bare, StructureGen.Cell, Gen.Bool.Array[27], Gen.Int[0, 2]).Sample(
        (bare, cell, free, masks) =>
        {
            var box = cell is null || cell.SignedVolume == 0 ? UnitCell.Cube(12.5) : new(cell.Vectors, true, true, true);
            var mask = masks == 1 ? PropertyValue.Of(free[..bare.Count]) : PropertyValue.Of(free[..(3 * bare.Count)], bare.Count, 3);
            var isWhole = masks == 2 && Enumerable.Range(0, bare.Count).All(i => free.Skip(3 * i).Take(3).Distinct().Count() == 1);
            var written = WithComment(new(bare.Elements, bare.Positions, box)
            {
                AtomProperties = masks == 0 || isWhole
                    ? new Dictionary<string, PropertyValue>()
                    : new Dictionary<string, PropertyValue> { [masks == 1 ? "move_mask" : "selective_dynamics"] = mask },
            }, "a comment");
            AssertSame([written], ThroughText([written], StructureFormat.Poscar));
        },
        iter: 500);

    [Fact]
    public void ExtendedXyz_StressAndVirial_KeepTheirRows()
    {
        var structure = With(new() { ["stress"] = PropertyValue.Of([1.0, 2, 3, 4, 5, 6, 7, 8, 9.5], 3, 3), ["virial"] = PropertyValue.Of([9L, 8, 7, 6, 5, 4, 3, 2, 1], 3, 3) });

        AssertSame([structure], ThroughText([structure], StructureFormat.ExtendedXyz));
    }

    [Fact]
    public void Stress_BetweenFormats_IsOneTensor()
    {
        var six = With(new() { ["stress"] = PropertyValue.Of([1.0, 2, 3, 4, 5, 6]) });
        var matrix = With(new() { ["stress"] = PropertyValue.Of([1.0, 6, 5, 6, 2, 4, 5, 4, 3], 3, 3) });

        AssertSame([matrix], ThroughText([six], StructureFormat.ExtendedXyz));
        AssertSame([six], ThroughText([matrix], StructureFormat.AseJson));
    }

    [Theory]
    [InlineData(StructureFormat.ExtendedXyz)]
    [InlineData(StructureFormat.AseJson)]
    public void EmptyArray_OfReals_ReadsBack(StructureFormat format)
    {
        var structure = With(new() { ["none"] = PropertyValue.Of(Array.Empty<double>(), 0) });

        AssertSame([structure], ThroughText([structure], format));
    }

    [Fact]
    public void AseJson_PropertiesOfTheRow_ReadBack()
    {
        var structure = With(new()
        {
            ["calculator"] = PropertyValue.Of("vasp"),
            ["calculator_parameters"] = PropertyValue.Of("_JSON {\"encut\": 400, \"kpts\": [1, 1, 1]}"),
            ["unique_id"] = PropertyValue.Of("0123456789abcdef0123456789abcdef"),
            ["ctime"] = PropertyValue.Of(25.5),
            ["mtime"] = PropertyValue.Of(25.75),
            ["user"] = PropertyValue.Of("me"),
            ["energy"] = PropertyValue.Of(-1.5),
        });
        using var writer = new StringWriter();
        StructureFile.Write(writer, [structure], StructureFormat.AseJson);

        AssertSame([structure], StructureFile.Read(new StringReader(writer.ToString()), StructureFormat.AseJson));
    }

    [Theory]
    [InlineData(StructureFormat.AseJson)]
    [InlineData(StructureFormat.ExtendedXyz)]
    public void Masks_OfAtoms_ReadBack(StructureFormat format)
    {
        var elements = StructureFuzzTargets.Samples()[0].Elements;
        Structure Masked(string name, PropertyValue mask) => new(elements, [0, 0, 0, 1, 1, 1, 2, 2, 2], new([5, 0, 0, 1, 5, 0, 0, 0, 5], true, true, true))
        {
            AtomProperties = new Dictionary<string, PropertyValue> { [name] = mask },
        };
        Structure[] written =
        [
            Masked("move_mask", PropertyValue.Of([true, false, true])),
            Masked("move_mask", PropertyValue.Of([true, false, true, false, false, false, true, true, true], 3, 3)),
            Masked("selective_dynamics", PropertyValue.Of([true, false, true, false, false, false, true, true, true], 3, 3)),
        ];

        AssertSame(written, ThroughText(written, format));
    }

    private static Structure With(Dictionary<string, PropertyValue> properties)
    {
        var sample = StructureFuzzTargets.Samples()[1];
        return new(sample.Elements, sample.Positions, sample.Cell) { Properties = properties };
    }

    private static Structure WithComment(Structure s, string comment) => new(s.Elements, s.Positions, s.Cell)
    {
        Properties = comment.Length == 0 ? new Dictionary<string, PropertyValue>() : new Dictionary<string, PropertyValue> { ["comment"] = PropertyValue.Of(comment) },
        AtomProperties = s.AtomProperties,
    };

    /// <summary>Results in their own places are real in a database of ASE.</summary>
    private static Structure WithRealResults(Structure structure)
    {
        PropertyValue Real(PropertyValue v) => v.Reals is not { } reals ? v : v.IsScalar ? PropertyValue.Of(reals[0]) : PropertyValue.Of(reals.ToArray(), [.. v.Shape]);
        return new(structure.Elements, structure.Positions, structure.Cell)
        {
            Properties = structure.Properties.ToDictionary(p => p.Key, p => (p.Key, p.Value.Shape.Count) switch
            {
                ("energy" or "free_energy" or "magmom", 0) => Real(p.Value),
                ("dipole", 1) when p.Value.Shape[0] == 3 => Real(p.Value),
                _ => p.Value,
            }),
            AtomProperties = structure.AtomProperties.ToDictionary(p => p.Key, p => (p.Key, p.Value.Shape.Skip(1).ToArray()) switch
            {
                ("forces" or "momenta" or "magmoms", [3]) or ("magmoms" or "charges" or "initial_charges", []) => Real(p.Value),
                _ => p.Value,
            }),
        };
    }

    /// <summary>SQLite has no NaN; those of columns are missing.</summary>
    private static Structure WithoutNaN(Structure structure) => new(structure.Elements, structure.Positions, structure.Cell)
    {
        Properties = structure.Properties.Where(p => p is not { Key: "energy" or "free_energy" or "magmom", Value: { IsScalar: true, Reals: [double.NaN] } }).ToDictionary(),
        AtomProperties = structure.AtomProperties,
    };

    private static List<Structure> ThroughText(IEnumerable<Structure> structures, StructureFormat format)
    {
        using var writer = new StringWriter();
        StructureFile.Write(writer, structures, format, new StillClock());
        return [.. StructureFile.Read(new StringReader(writer.ToString()), format).Select(WithoutAdministration)];
    }

    private static Structure WithoutAdministration(Structure structure) => new(structure.Elements, structure.Positions, structure.Cell)
    {
        Properties = structure.Properties.Where(p => !Administrative.Contains(p.Key)).ToDictionary(),
        AtomProperties = structure.AtomProperties,
    };

    private static void AssertSame(IEnumerable<Structure> expected, IEnumerable<Structure> actual)
    {
        var (wanted, found) = (expected.ToList(), actual.ToList());
        Assert.Equal(wanted.Count, found.Count);
        foreach (var (a, b) in wanted.Zip(found))
        {
            Assert.Equal(a.Elements.Select(e => e.Symbol), b.Elements.Select(e => e.Symbol));
            Assert.Equal(a.Positions.ToArray(), b.Positions.ToArray());
            Assert.Equal(a.Cell, b.Cell);
            Assert.Equal(a.Properties.OrderBy(p => p.Key, StringComparer.Ordinal), b.Properties.OrderBy(p => p.Key, StringComparer.Ordinal));
            Assert.Equal(a.AtomProperties.OrderBy(p => p.Key, StringComparer.Ordinal), b.AtomProperties.OrderBy(p => p.Key, StringComparer.Ordinal));
        }
    }
}
