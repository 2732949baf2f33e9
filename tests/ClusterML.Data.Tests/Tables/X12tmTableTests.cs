using System.Globalization;
using System.Text.Json.Nodes;
using ClusterML.Tests;

namespace ClusterML.Data.Tests.Tables;

public sealed class X12tmTableTests : IDisposable
{
    private const string ClusterMethod = "CP2K 2023.1 PBE GTH-PBE DZVP-MOLOPT-SR-GTH RKS Fermi-Dirac 1000 K box 11.0 A cutoff 300 Ry";
    private const string AtomMethod = "CP2K 2023.1 PBE GTH-PBE DZVP-MOLOPT-SR-GTH UKS OT box 8.0 A cutoff 300 Ry";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Load_ShippedCalculations_AreRowsOrLeftOut()
    {
        var path = Path.Combine(Published.Repository, "data", "x12tm", "pilot");
        var table = X12tmTable.Load(path);
        var compositions = Directory.EnumerateFiles(Path.Combine(path, "calculations"), "*.json")
            .Select(Path.GetFileNameWithoutExtension)
            .Where(name => name!.EndsWith("_in", StringComparison.Ordinal) || name.EndsWith("_out", StringComparison.Ordinal) || name.EndsWith("13", StringComparison.Ordinal))
            .Select(name => name!.EndsWith("13", StringComparison.Ordinal) ? $"{name[..^2]}12{name[..^2]}" : name.Split('_')[0])
            .ToHashSet();
        var leftOut = table.LeftOut.Select(row => row.Reason.Split(':')[0]).ToHashSet();
        Assert.Equal(compositions, table.RowIds.Concat(leftOut).ToHashSet());
        Assert.Equal(["e_form_in eV", "e_form_out eV"], table.Targets.Select(t => $"{t.Name} {t.Unit}"));

        var ti = table.TargetValues[table.RowIds.ToList().IndexOf("Ti12Ti")];

        // -5.21 eV from the Quantum Cluster Database, another code and basis.
        Assert.Equal(-5.21, ti[0], 0.5);
        Assert.Equal(ti[0], ti[1]);
    }

    [Fact]
    public void Load_CompletePair_GivesBothFormationEnergies()
    {
        WriteReferences();
        Cluster("Ti12Pt_in", -30);
        Cluster("Ti12Pt_out", -29);
        Cluster("Ti13", -27);
        var table = Load();
        Assert.Equal(["Ti12Ti", "Ti12Pt"], table.RowIds);
        Assert.Equal([[-6.0, -6.0], [-8.0, -7.0]], table.TargetValues);
        Assert.Equal([12f, 12f], table.NumberColumns["n_atoms_1"]);
        Assert.Empty(table.LeftOut);
    }

    [Fact]
    public void Load_IncompleteComposition_IsLeftOutWithEveryReason()
    {
        WriteReferences();
        Cluster("Ti13", -27);
        Cluster("Ti12Pt_in", -30);
        Cluster("Ti12Ni_in", -30);
        Cluster("Ti12Ni_out", -30);
        Cluster("Fe13", -27);
        Cluster("Ti12Sc_in", -30, json => json["scf_converged"] = false);
        Cluster("Ti12Sc_out", -30, json => json["geometry_converged"] = false);
        Cluster("Ti12V_in", double.NaN);
        Cluster("Ti12V_out", -30, json =>
        {
            json["geometry_converged"] = false;
            json["fmax_eV_per_A"] = 0.2;
        });
        Atom("Sc", -1);
        Atom("V", -1);
        Assert.Equal(
            [
                "Ti12Sc: Ti12Sc_in: the SCF did not converge; Ti12Sc_out: the relaxation did not converge",
                "Ti12V: Ti12V_in: has no finite energy; Ti12V_out: the relaxation did not converge: largest force 0.200 eV/Angstrom, accepted 0.05",
                "Ti12Ni: no usable free atom of Ni with this method to refer to",
                "Ti12Pt: the calculation with the dopant outside is missing",
                "Fe12Fe: no usable Fe12 with this method to refer to; no usable free atom of Fe with this method to refer to",
            ],
            Load().LeftOut.Select(row => row.Reason));
    }

    [Fact]
    public void Load_DopantThatMoved_LeavesThePairOut()
    {
        WriteReferences();
        Cluster("Ti13", -27);
        Cluster("Ti12Pt_in", -30, json => json["positions_A"] = Shell(dopantAtCentre: true));
        Cluster("Ti12Pt_out", -30, json => json["positions_A"] = Shell(dopantAtCentre: true));
        Assert.Equal("Ti12Pt: Ti12Pt_out: the dopant was put out and relaxed to in", Assert.Single(Load().LeftOut).Reason);
    }

    [Fact]
    public void Load_ReferenceNotRelaxed_IsUsedAndNoted()
    {
        WriteReferences();
        Cluster("Ti12_vac", -20, json =>
        {
            json["geometry_converged"] = false;
            json["fmax_eV_per_A"] = 0.066;
            json["pilot"] = true;
        });
        Cluster("Ti13", -27);
        var notes = Load().Notes;
        Assert.Contains("reference Ti12 (vac) from Ti12_vac.json: the relaxation did not converge: largest force 0.066 eV/Angstrom, accepted 0.05", notes);
        Assert.Contains("pilot calculations (looser thresholds): Ti12_vac", notes);
    }

    [Fact]
    public void Load_ReferenceFarFromItsMinimum_LeavesTheHostOut()
    {
        WriteReferences();
        Cluster("Fe12_vac", -20, json =>
        {
            json["geometry_converged"] = false;
            json["fmax_eV_per_A"] = 0.675;
        });
        Cluster("Fe13", -27);
        Cluster("Ti13", -27);
        var table = Load();
        Assert.Equal(["Ti12Ti"], table.RowIds);
        Assert.Contains("the reference Fe12_vac: the relaxation did not converge: largest force 0.675 eV/Angstrom, accepted 0.25", Assert.Single(table.LeftOut).Reason);
    }

    [Fact]
    public void Load_SeveralX12_TakesTheLowest()
    {
        WriteReferences();
        Cluster("Ti12_cage", -21);
        Cluster("Ti13", -27);
        Assert.Equal(-5.0, Load().TargetValues[0][0]);
    }

    [Fact]
    public void Load_AnotherMethod_IsNotMixedIn()
    {
        WriteReferences();
        Cluster("Ti13", -27);
        Cluster("Ti12Pt_in", -30);
        Cluster("Ti12Pt_out", -30, json => json["method"] = ClusterMethod.Replace("300 Ry", "400 Ry", StringComparison.Ordinal));
        var table = Load();
        Assert.Equal(["Ti12Ti"], table.RowIds);
        Assert.Contains(table.LeftOut, row => row.Reason.StartsWith("Ti12Pt_out: another method (CP2K 2023.1; PBE; GTH-PBE; DZVP-MOLOPT-SR-GTH; cutoff 400 Ry", StringComparison.Ordinal));
        Assert.Contains(table.LeftOut, row => row.Reason == "Ti12Pt: the calculation with the dopant outside is missing");
        var message = folder.Problems(() => X12tmTable.Load(folder.Path, new() { Fingerprint = "none" }));
        Assert.StartsWith("FOLDER: no cluster has the fingerprint none; found: ", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_BrokenFiles_AreReportedTogether()
    {
        WriteReferences();
        folder.Write("Ti13.json", "{\n\"name\": }");
        Cluster("Ti12Xx_in", -1);
        Cluster("Ti12Pt_in", -1, json => json["method"] = "unknown");
        Cluster("Ti12Ni_in", -1, json => json["symbols"] = new JsonArray("Ni"));
        folder.Write("copy.json", File.ReadAllText(Path.Combine(folder.Path, "Pt_atom.json")));
        Assert.Equal(
            """
            Ti12Ni_in.json: Ti12Ni_in does not hold the atoms its name says: 1 found (Ni), 13 expected (NiTi12)
            Ti12Pt_in.json: method "unknown" does not state the cutoff (cutoff 300 Ry)
            Ti12Xx_in.json: dopant "Xx" is not an element (did you mean Xe?)
            Ti13.json:2:9: not readable: '}' is an invalid start of a value.
            copy.json: the system Pt_atom is also in Pt_atom.json, with the same method
            """,
            folder.Problems(() => Load()));
    }

    [Fact]
    public void Load_NothingComplete_SaysWhatARowNeeds()
    {
        Cluster("Ti12Pt_in", -30);
        Assert.StartsWith(
            "FOLDER: no composition is complete: a row needs both sites, the X12 of its host and the free dopant\nTi12Pt_in.json: Ti12Pt: the calculation with the dopant outside is missing; no usable Ti12",
            folder.Problems(() => Load()),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Load_NoFolderOrNoFile_SaysSo()
    {
        Assert.Equal("FOLDER: the folder holds no calculation (*.json)", folder.Problems(() => Load()));
        Assert.Equal(
            "none: no such folder; it holds the calculations of the X12TM table, one JSON file each",
            folder.Problems(() => X12tmTable.Load(Path.Combine(folder.Path, "none"))));
    }

    private DataTable Load() => X12tmTable.Load(folder.Path);

    private void WriteReferences()
    {
        Cluster("Ti12_vac", -20);
        Atom("Ti", -1);
        Atom("Pt", -2);
    }

    private void Atom(string symbol, double energy) => Write($"{symbol}_atom", energy, AtomMethod, null);

    private void Cluster(string name, double energy, Action<JsonObject>? change = null) => Write(name, energy, ClusterMethod, change, converged: true);

    private void Write(string name, double energy, string method, Action<JsonObject>? change, bool? converged = null)
    {
        var json = new JsonObject { ["name"] = name, ["method"] = method, ["scf_converged"] = true, ["geometry_converged"] = converged };
        change?.Invoke(json);
        var text = json.ToJsonString();
        folder.Write($"{name}.json", $"{text[..^1]}, \"energy_T0_eV\": {energy.ToString(CultureInfo.InvariantCulture)}}}");
    }

    /// <summary>An icosahedron; the atoms of a doped cluster are written hosts first, the dopant last.</summary>
    private static JsonArray Shell(bool dopantAtCentre)
    {
        var g = (1 + Math.Sqrt(5)) / 2;
        var vertices = (from a in new[] { -1.0, 1.0 }
                        from b in new[] { -g, g }
                        from shift in Enumerable.Range(0, 3)
                        let p = new[] { 0.0, a, b }
                        select new[] { p[shift], p[(shift + 1) % 3], p[(shift + 2) % 3] }).ToList();
        vertices.Insert(dopantAtCentre ? 12 : 0, [0.0, 0.0, 0.0]);
        return new JsonArray([.. vertices.Select(p => (JsonNode)new JsonArray([.. p.Select(x => (JsonNode)x)]))]);
    }
}
