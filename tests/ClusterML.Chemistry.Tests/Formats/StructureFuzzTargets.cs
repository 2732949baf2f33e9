using System.Text;
using ClusterML.Chemistry.Elements;
using ClusterML.Chemistry.Formats;
using ClusterML.Chemistry.Structures;
using ClusterML.Chemistry.Tests.Fuzzing;
using ClusterML.Fuzzing;

namespace ClusterML.Chemistry.Tests.Formats;

/// <summary>The readers of structure files as targets of the fuzz run.</summary>
internal static class StructureFuzzTargets
{
    private const string Xyz = """
        3
        Ti2Fe, relaxed
        Ti   0.00000000   0.0000  0.0
        Ti   2.50000000   0.0000 -1e-3  7 8
        FE   0.00000000   2.1000  0.5
        1

        Ti 0 0 0

        """;

    private const string ExtendedXyz = """
        3
        Lattice="8.0 0.0 0.0 1.0 9.0 0.0 0.0 0.0 7.5" Properties=species:S:1:pos:R:3:forces:R:3:tags:I:1:free:L:1:label:S:1 energy=-12.5 config_type=slab note="it's \"quoted\"" v={1 2 3} m=[[1, 2], [3, 4]] names=["a", "b"] j="_JSON {\"a\": [1, null, \"x\"]}" stress="1 2 3 4 5 6 7 8 9" flag pbc="T T F"
        Ti   0.00000000   0.0000  0.0  0.1 0.2 0.3  1 T a
        Ti   2.50000000   0.0000 -1.0  0.0 nan 0.0  2 F b
        Fe   0.00000000   2.1000  0.5  0.0 0.0 -2E0 0 True c
        2
        Properties=Z:I:1:pos:R:3 energy=3 pbc="F F F"
        22 0 0 0
        26 0 0 2.25

        """;

    private const string Vectors = """
        1
        comment
        Ti 0 0 0
        VEC1 3 0 0
        VEC2 0 3 0

        """;

    private const string Poscar = """
        Ti2Fe slab
        -650.0
           8.0 0.0 0.0
           1.0 9.0 0.0
           0.0 0.0 7.5
         Ti_pv Fe/1a2b3c
         2 1
        Selective dynamics
        Direct
          0.0 0.0 0.0 F F T
          0.5 0.25 0.125 T T T
          0.9 0.9 0.1 F F F

        0.0 0.0 0.0
        """;

    private const string Poscar4 = """
        Ti2 Fe
        1.0 2.0 1.5
        8 0 0
        0 9 0
        0 0 7
        2 1
        Cartesian
        0 0 0
        1 1 1
        2 2 2
        """;

    private const string AseAtoms = """
        [{"numbers": [22, 26], "positions": [[0, 0, 0], [1.5, 0, 2e0]], "cell": {"array": {"__ndarray__": [[3, 3], "float64", [5.0, 0.0, 0.0, 0.0, 6.0, 0.0, 0.0, 0.0, 7.0]]}, "__ase_objtype__": "cell"}, "pbc": [true, true, false], "info": {"x": "y"}, "custom": [1, 2], "__ase_objtype__": "atoms"}]
        """;

    /// <summary>All of them.</summary>
    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        Text("xyz", StructureFormat.Xyz, 15_000, Xyz, Vectors),
        Text("extended xyz", StructureFormat.ExtendedXyz, 30_000, ExtendedXyz, Vectors),
        Text("xyz by its comments", null, 15_000, Xyz, ExtendedXyz),
        Text("poscar", StructureFormat.Poscar, 20_000, Poscar, Poscar4),
        Text("ase json", StructureFormat.AseJson, 20_000, Written(StructureFormat.AseJson), AseAtoms),
        new()
        {
            Name = "ase db",
            Seeds = [AseDatabase.Bytes()],
            FileName = "damaged.db",
            Mutations = 2_000,
            Read = input => ReadAll(StructureFile.Read(input.Path)),
            Complaint = FuzzTargets.Refusal(isText: false),
        },
        new()
        {
            Name = "ase db values",
            Seeds = AseDatabase.Values(),
            FileName = "damaged.db",
            Mutations = 1_000,
            Read = input => ReadAll(StructureFile.Read(AseDatabase.WithValue(input))),
            Complaint = FuzzTargets.Refusal(isText: false),
        },
    ];

    /// <summary>Structures with every kind of property.</summary>
    public static IReadOnlyList<Structure> Samples()
    {
        var elements = new[] { "Ti", "Ti", "Fe" }.Select(s => ElementTable.Default.Find(s)!).ToList();
        return
        [
            new(elements, [0, 0, 0, 2.5, 0.125, -1e-7, 0, 2, 0.5], new([8, 0, 0, 1, 9, 0, 0, 0, 7.5], true, true, false))
            {
                Properties = new Dictionary<string, PropertyValue>
                {
                    ["energy"] = PropertyValue.Of(-12.5),
                    ["stress"] = PropertyValue.Of([1.0, 2, 3, 4, 5, 6], 6),
                    ["label"] = PropertyValue.Of("a \"b\" 'c'\n"),
                    ["count"] = PropertyValue.Of(7),
                    ["matrix"] = PropertyValue.Of([1L, 2, 3, 4], 2, 2),
                    ["words"] = PropertyValue.Of(["x", "y z"], 2),
                    ["tree"] = PropertyValue.Of("_JSON {\"a\": [1, null]}"),
                    ["done"] = PropertyValue.Of(true),
                },
                AtomProperties = new Dictionary<string, PropertyValue>
                {
                    ["forces"] = PropertyValue.Of([0.1, 0, 0, 0, double.NaN, 0, 0, 0, -0.1], 3, 3),
                    ["tags"] = PropertyValue.Of([1L, 2, 3], 3),
                    ["move_mask"] = PropertyValue.Of([true, false, true], 3),
                    ["own"] = PropertyValue.Of([1.5, 2.5, 3.5], 3),
                },
            },
            new(elements.Take(1).ToList(), [0, 0, 0]),
        ];
    }

    private static string Written(StructureFormat format)
    {
        using var writer = new StringWriter();
        StructureFile.Write(writer, Samples(), format, new StillClock());
        return writer.ToString();
    }

    private static FuzzTarget Text(string name, StructureFormat? format, int mutations, params string[] seeds) => new()
    {
        Name = name,
        Seeds = [.. seeds.Select(Encoding.UTF8.GetBytes)],
        Mutations = mutations,
        Read = input => ReadAll(StructureFile.Read(input.Open(), format, input.File)),
        Complaint = FuzzTargets.Refusal(),
    };

    private static void ReadAll(IEnumerable<Structure> structures)
    {
        foreach (var structure in structures)
        {
            _ = structure.Formula;
        }
    }
}
