namespace ClusterML.Acceptance;

public sealed class DoctorTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public void Doctor_Json_IsReadyAndLeavesNothingBehind()
    {
        var doctor = _workspace.Run("doctor", "--json").Ended(0);

        Assert.True(doctor.Json.GetProperty("ready").GetBoolean());
        var checks = doctor.Json.GetProperty("checks").EnumerateArray().ToDictionary(c => c.GetProperty("name").GetString()!, c => c.GetProperty("state").GetString());
        Assert.All(new[] { ".NET", "libtorch", "LightGBM", "ONNX Runtime", "SkiaSharp", "artifacts" }, name => Assert.Equal("ok", checks[name]));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_workspace.Folder));
    }

    [Fact]
    public void Doctor_OptionalThingsMissing_IsReadyAndNamesThePackage()
    {
        _workspace.Environment["CLUSTERML_DATA"] = _workspace.PathOf("nowhere");
        _workspace.Environment["CP2K_DATA_DIR"] = _workspace.PathOf("nowhere");

        var doctor = _workspace.Run("doctor").Ended(0);

        Assert.Matches(@"(?m)^data +missing \(optional\) .*CLUSTERML_DATA", doctor.Out);
        Assert.Matches(@"(?m)^cp2k data +missing \(optional\) .*apt-get install cp2k-data", doctor.Out);
    }
}
