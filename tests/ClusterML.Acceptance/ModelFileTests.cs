using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace ClusterML.Acceptance;

/// <summary>The files of a model in programs that know nothing of this project.</summary>
public sealed partial class ModelFileTests(ModelFileTests.SmokeRun smoke) : IClassFixture<ModelFileTests.SmokeRun>
{
    private static readonly (string Host, int Number, string Dopant, int DopantNumber)[] Pairs =
        [("Ti", 22, "Fe", 26), ("Zr", 40, "Pt", 78), ("Fe", 26, "Au", 79), ("Hf", 72, "Ni", 28), ("Cu", 29, "Ag", 47)];

    [Fact]
    public void Consumer_ReferencesMlNetAndOnnxRuntimeOnly()
    {
        var dependencies = File.ReadAllText(Path.ChangeExtension(Built.ModelConsumer, ".deps.json"));

        Assert.Equal(["ClusterML.ModelConsumer"], ProjectLibrary().Matches(dependencies).Select(m => m.Groups[1].Value).Distinct());
        Assert.DoesNotContain("TorchSharp", dependencies, StringComparison.Ordinal);
    }

    [Fact]
    public void ZipAndOnnx_InAFreshProcess_PredictWhatPredictDoes()
    {
        var rows = smoke.Workspace.Write("rows.csv", "host,dopant\n" + string.Concat(Pairs.Select(p => $"{p.Host},{p.Dopant}\n"))).PathOf("rows.csv");
        var numbers = smoke.Workspace
            .Write("numbers.csv", "host_z,dopant_z,n_atoms_1,n_atoms_2\n" + string.Concat(Pairs.Select(p => $"{p.Number},{p.DopantNumber},12,1\n")) + "0,26,12,1\n")
            .PathOf("numbers.csv");
        var expected = new Dictionary<(string Row, string Output), double>();
        foreach (var row in smoke.Workspace.Run("predict", smoke.Run, "--input", rows, "--json").Ended(0).Json.GetProperty("predictions").EnumerateArray().Index())
        {
            var (index, target) = ($"{row.Index / 2}", row.Item.GetProperty("target").GetString()!);
            expected[(index, target)] = row.Item.GetProperty("prediction").GetDouble();
            expected[(index, $"{target}_lower")] = row.Item.GetProperty("lower").GetDouble();
            expected[(index, $"{target}_upper")] = row.Item.GetProperty("upper").GetDouble();
        }

        var printed = Output("dotnet", Built.ModelConsumer, smoke.Model, numbers).Trim().Split('\n')[1..].Select(line => line.Split(',')).ToList();

        foreach (var way in new[] { "zip", "onnx" })
        {
            var actual = printed.Where(p => p[0] == way).ToDictionary(p => (p[1], p[2]), p => double.Parse(p[3], CultureInfo.InvariantCulture));
            Assert.Equal(6 * 7, actual.Count);
            Assert.All(expected, e => Assert.True(Math.Abs(e.Value - actual[e.Key]) <= 1e-5 * Math.Max(1, Math.Abs(e.Value)), $"{way} {e.Key}: {e.Value} and {actual[e.Key]}"));
            Assert.All(actual.Where(a => a.Key.Item1 == "5"), a => Assert.Equal(a.Key.Item2 == "known" ? 0 : double.NaN, a.Value));
            Assert.All(actual.Where(a => a.Key is { Item1: not "5", Item2: "known" }), a => Assert.Equal(1, a.Value));
        }
    }

    [Fact]
    public void ZipOfAPlainTable_InAFreshProcess_PredictsWhatPredictDoes()
    {
        using var workspace = new Workspace().WithAlloys();
        var run = workspace.Run("run", "configs/alloys.yaml").Ended(0).LastLine;
        var table = File.ReadAllLines(workspace.PathOf("alloys.csv"));
        workspace.Write("rows.csv", string.Join('\n', table.Take(6)) + "\n");
        var expected = workspace.Run("predict", run, "--input", "rows.csv", "--json").Ended(0).Json.GetProperty("predictions").EnumerateArray()
            .Select(p => p.GetProperty("upper").GetDouble()).ToList();

        var printed = Output("dotnet", Built.ModelConsumer, Path.Combine(run, "model"), workspace.PathOf("rows.csv")).Trim().Split('\n').Select(line => line.Split(',')).ToList();

        foreach (var way in new[] { "zip", "onnx" })
        {
            var upper = printed.Where(p => p[0] == way && p[2] == "energy_upper").Select(p => double.Parse(p[3], CultureInfo.InvariantCulture)).ToList();
            Assert.Equal(expected.Count, upper.Count);
            Assert.All(expected.Zip(upper), p => Assert.Equal(p.First, p.Second, 1e-5 * Math.Max(1, Math.Abs(p.First))));
        }
    }

    [Fact]
    public void Documentation_CSharpExamples_AreThoseThatRun()
    {
        var source = WithoutIndent(File.ReadAllText(Path.Combine(Built.Repository, "tests", "ClusterML.ModelConsumer", "Quickstart.cs")));
        var blocks = Blocks("csharp");
        var (first, second) = (Energies(0), Energies(1));

        var said = Output("dotnet", Built.ModelConsumer, smoke.Model).Trim().Split('\n');

        Assert.Equal(2, blocks.Count);
        Assert.All(blocks, block => Assert.Contains(WithoutIndent(block), source, StringComparison.Ordinal));
        Assert.Equal(first[0], double.Parse(said[0].Split(' ')[0], CultureInfo.InvariantCulture), 1e-5);
        Assert.Equal([first[0], second[0]], said[1].Split(' ').Select(v => double.Parse(v, CultureInfo.InvariantCulture)), (a, b) => Math.Abs(a - b) < 1e-5);
    }

    [Fact]
    public void Documentation_JavaScriptExample_GivesTheNumbersOfPredict()
    {
        RequiredProgram.OrSkip("node");
        var packages = Path.Combine(Built.Repository, "tests", "javascript", "node_modules");
        if (!Directory.Exists(packages))
        {
            const string Reason = "the npm packages of tests/javascript are not installed: npm ci";
            Assert.False(Environment.GetEnvironmentVariable("CI") == "true", Reason);
            Assert.Skip(Reason);
        }

        Directory.CreateSymbolicLink(smoke.Workspace.PathOf("node_modules"), packages);
        smoke.Workspace.Write("predict.mjs", Assert.Single(Blocks("js")));

        var said = Output("node", smoke.Workspace.PathOf("predict.mjs"), Path.Combine(smoke.Model, "model.onnx")).Trim().Split('\n')
            .Select(line => line.Split(' ')).ToDictionary(words => words[0], words => words[1..]);

        var (first, second) = (Energies(0), Energies(1));
        foreach (var (i, name) in new[] { "e_form_in", "e_form_in_lower", "e_form_in_upper" }.Index())
        {
            Assert.Equal(first[i], double.Parse(said[name][0], CultureInfo.InvariantCulture), 1e-4);
            Assert.Equal(second[i], double.Parse(said[name][1], CultureInfo.InvariantCulture), 1e-4);
            Assert.Equal("NaN", said[name][2]);
        }

        Assert.Equal(["1", "1", "0"], said["known"]);
    }

    [Fact]
    public void ModelsVerify_RunThenTamperedRun_EndsWith0And5()
    {
        var model = smoke.Workspace.PathOf("copy");
        Directory.CreateDirectory(model);
        foreach (var file in Directory.GetFiles(smoke.Model))
        {
            File.Copy(file, Path.Combine(model, Path.GetFileName(file)));
        }

        var whole = smoke.Workspace.Run("models", "verify", smoke.Run).Ended(0);
        File.AppendAllText(Path.Combine(model, "model.onnx"), "x");
        var damaged = smoke.Workspace.Run("models", "verify", "copy").Ended(5);

        Assert.Equal(3, whole.Out.Split('\n').Count(line => line.StartsWith("ok: ", StringComparison.Ordinal)));
        Assert.Contains("model.onnx is not the file that the manifest describes", damaged.Error, StringComparison.Ordinal);
        Assert.False(smoke.Workspace.Run("models", "verify", "copy", "--json").Ended(5).Json.GetProperty("passed").GetBoolean());
        smoke.Workspace.Run("models", "verify", "nowhere").Ended(3);
    }

    private double[] Energies(int pair)
    {
        var predictions = smoke.Workspace.Run("predict", smoke.Run, "--host", Pairs[pair].Host, "--dopant", Pairs[pair].Dopant, "--json").Ended(0).Json.GetProperty("predictions");
        return [.. new[] { "prediction", "lower", "upper" }.Select(name => predictions[0].GetProperty(name).GetDouble())];
    }

    private static List<string> Blocks(string language) =>
        [.. Fence().Matches(File.ReadAllText(Path.Combine(Built.Repository, "docs", "onnx.md"))).Where(m => m.Groups[1].Value == language).Select(m => m.Groups[2].Value)];

    private static string WithoutIndent(string text) => string.Join('\n', text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0));

    private static string Output(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)}\n{said}\n{error.Result}");
        return said;
    }

    [GeneratedRegex("^```(\\w+)\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex("\"(ClusterML\\.[A-Za-z.]+)/")]
    private static partial Regex ProjectLibrary();

    /// <summary>A run of the config <c>smoke</c> that all tests of this class use.</summary>
    public sealed class SmokeRun : IDisposable
    {
        public SmokeRun() => Run = Workspace.Run("run", Path.Combine(Built.Repository, "configs", "smoke.yaml")).Ended(0).LastLine;

        public Workspace Workspace { get; } = new();

        public string Run { get; }

        public string Model => Path.Combine(Run, "model");

        public void Dispose() => Workspace.Dispose();
    }
}
