using System.Text.Json.Nodes;
using ClusterML.Tests;

namespace ClusterML.Data.Tests.Tables;

/// <summary>Polarised and restricted hosts of the frozen recipe in one folder.</summary>
public sealed class X12tmPerHostTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("x12tm-").FullName;

    public X12tmPerHostTests()
    {
        var calculations = Path.Combine(Published.Repository, "data", "x12tm", "calculations");
        foreach (var name in new[] { "Ti13", "Ti12_vac", "Ti_atom", "Zr13", "Zr12_vac", "Zr_atom" })
        {
            File.Copy(Path.Combine(calculations, $"{name}.json"), Path.Combine(folder, $"{name}.json"));
        }

        foreach (var name in new[] { "Fe13", "Fe_atom" })
        {
            File.Copy(Path.Combine(Published.Repository, "data", "x12tm", "evidence", $"{name}_300Ry.json"), Path.Combine(folder, $"{name}.json"));
        }

        var x12 = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "Fe13.json")))!.AsObject();
        x12["name"] = "Fe12_vac";
        x12["symbols"] = new JsonArray([.. Enumerable.Repeat("Fe", 12).Select(s => (JsonNode)s)]);
        foreach (var perAtom in new[] { "positions_A", "forces_eV_per_A", "charges_e", "spin_populations" })
        {
            x12.Remove(perAtom);
        }

        File.WriteAllText(Path.Combine(folder, "Fe12_vac.json"), x12.ToJsonString());
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Load_TwoSpinPolicies_AreNotMixed() =>
        Assert.Equal(["Ti", "Zr"], X12tmTable.Load(folder).RowIds.Select(id => id[..2]).Order(StringComparer.Ordinal));

    [Fact]
    public void Load_PerHost_TakesEachHostFromItsOwnMethodAndSaysSo()
    {
        var table = X12tmTable.Load(folder, new() { PerHost = true });

        Assert.Equal(3, table.RowCount);
        Assert.Contains(table.Notes, n => n.StartsWith("hosts Fe have the method ", StringComparison.Ordinal));
        Assert.Contains(table.Notes, n => n.StartsWith("hosts Ti, Zr have the method ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Load_FrozenX12OfNoClusterThatIsThere_DoesNotStopTheTable(bool perHost)
    {
        var orphan = JsonNode.Parse(File.ReadAllText(Path.Combine(Published.Repository, "data", "x12tm", "calculations", "Hf12Ti_in_frozen.json")))!.AsObject();
        orphan["method"] = orphan["method"]!.GetValue<string>().Replace("300 Ry", "450 Ry", StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(folder, "Hf12Ti_in_frozen.json"), orphan.ToJsonString());

        Assert.Contains("Ti12Ti", X12tmTable.Load(folder, new() { PerHost = perHost }).RowIds);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Load_SinglePointWithoutThresholdsOfRelaxations_IsNoOtherMethod(bool perHost)
    {
        foreach (var name in new[] { "Hf_atom", "Hf13", "Hf12_vac", "Hf12Ti_in", "Hf12Ti_out", "Hf12Ti_in_frozen" })
        {
            File.Copy(Path.Combine(Published.Repository, "data", "x12tm", "calculations", $"{name}.json"), Path.Combine(folder, $"{name}.json"));
        }

        var table = X12tmTable.Load(folder, new() { PerHost = perHost });

        Assert.Contains("Hf12Ti", table.RowIds);
        Assert.DoesNotContain(table.LeftOut, row => row.Source.Contains("frozen", StringComparison.Ordinal));
    }
}
