using System.Text.Json;
using ClusterML.Cli.Engine;
using ClusterML.Cli.Terminal;
using ClusterML.Experiments.Engine;
using ClusterML.Experiments.Prediction;

namespace ClusterML.Cli.Tests;

public sealed class CommandLineAppTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("clusterml-cli-");
    private readonly TestInterruption _interruption = new();
    private readonly TestTerminal _terminal;

    public CommandLineAppTests()
    {
        _terminal = new TestTerminal { CurrentFolder = _folder.FullName };
        File.WriteAllText(Path.Combine(_folder.FullName, "x.yaml"), "name: x\n");
    }

    public void Dispose()
    {
        _interruption.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public void Run_Done_PrintsTheRunFolderLast()
    {
        RunRequest? options = null;
        ConfigSource? config = null;
        var engine = new TestEngine
        {
            OnRun = (c, o, progress) =>
            {
                (config, options) = (c, o);
                progress.StageStarted("data", cached: true);
                return new RunOutcome("/runs/x-1", true);
            },
        };

        var exitCode = Run(engine, "run", "x.yaml", "--set", "seed=7", "--set", "a.b=c=d", "--out", "there", "--force", "fit", "--budget", "90m");

        Assert.Equal(ExitCodes.Done, exitCode);
        Assert.Equal("/runs/x-1\n", _terminal.OutText);
        Assert.Equal("data: up to date\n", _terminal.ErrorText);
        Assert.Equal("x.yaml", config!.Path);
        Assert.Equal(["seed=7", "a.b=c=d"], config.Sets);
        Assert.Equal(Path.Combine(_folder.FullName, "there"), options!.OutRoot);
        Assert.Equal(["fit"], options.ForceStages);
        Assert.Equal(TimeSpan.FromMinutes(90), _interruption.Budget);
    }

    [Theory]
    [InlineData(ExitCodes.Interrupted, "Interrupted")]
    [InlineData(ExitCodes.Terminated, "Terminated")]
    [InlineData(ExitCodes.BudgetUsedUp, "budget")]
    public void Run_AskedToStop_SaysThatTheSameCommandGoesOn(int reason, string word)
    {
        var engine = new TestEngine
        {
            OnRun = (_, _, _) =>
            {
                _interruption.Stop(reason);
                throw new OperationCanceledException(_interruption.Token);
            },
        };

        Assert.Equal(reason, Run(engine, "run", "x.yaml"));
        Assert.Contains(word, _terminal.ErrorText, StringComparison.Ordinal);
        Assert.Contains("same command", _terminal.ErrorText, StringComparison.Ordinal);
        Assert.Empty(_terminal.OutText);
    }

    [Fact]
    public void Run_CancelledByNobody_Fails() =>
        Assert.Equal(ExitCodes.Failed, Run(new TestEngine { OnRun = (_, _, _) => throw new OperationCanceledException() }, "run", "x.yaml"));

    [Fact]
    public void Run_Unexpected_SaysOneLineAndWithVerboseTheStack()
    {
        var engine = new TestEngine { OnRun = (_, _, _) => throw new InvalidOperationException("it\nbroke") };

        Assert.Equal(ExitCodes.Failed, Run(engine, "run", "x.yaml"));
        Assert.Equal("clusterml: it broke\nRepeat with -v to see where it comes from.\n", _terminal.ErrorText);
        Assert.Equal(ExitCodes.Failed, Run(engine, "run", "x.yaml", "-v"));
        Assert.Contains("   at ", _terminal.ErrorText, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_NativeLibraryMissing_PointsAtDoctor()
    {
        var engine = new TestEngine { OnRun = (_, _, _) => throw new TypeInitializationException("T", new DllNotFoundException("libgomp.so.1")) };

        Assert.Equal(ExitCodes.Failed, Run(engine, "run", "x.yaml"));
        Assert.StartsWith("clusterml: libgomp.so.1\n", _terminal.ErrorText, StringComparison.Ordinal);
        Assert.Contains("clusterml doctor", _terminal.ErrorText, StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_Problems_AreAllShown()
    {
        Problem[] problems = [new("unknown key", "x.yaml", 12, 7, "a.b"), new("no such file", "t.csv")];
        var engine = new TestEngine { OnValidate = _ => throw new CommandFailure(ExitCodes.InvalidConfig, problems) };

        Assert.Equal(ExitCodes.InvalidConfig, Run(engine, "validate", "x.yaml"));
        Assert.Equal("x.yaml:12:7: a.b: unknown key\nt.csv: no such file\n", _terminal.ErrorText);
        Assert.Empty(_terminal.OutText);
    }

    [Fact]
    public void Validate_ProblemsAsJson_AreOneDocument()
    {
        var engine = new TestEngine { OnValidate = _ => throw new CommandFailure(ExitCodes.InvalidConfig, [new Problem("unknown key", "x.yaml", 12, 7, "a.b")]) };

        Assert.Equal(ExitCodes.InvalidConfig, Run(engine, "validate", "x.yaml", "--json"));
        var document = JsonDocument.Parse(_terminal.OutText).RootElement;
        Assert.False(document.GetProperty("valid").GetBoolean());
        Assert.Equal(12, document.GetProperty("problems")[0].GetProperty("line").GetInt32());
    }

    [Fact]
    public void Plan_Stages_AreATable()
    {
        Assert.Equal(ExitCodes.Done, Run(new TestEngine(), "plan", "x.yaml"));
        Assert.Equal(
            """
            stage  state       hash          inputs
            data   up to date  0123456789ab
            fit    to run      fedcba987654  data

            """,
            _terminal.OutText);
    }

    [Fact]
    public void DataDescribe_LeftOutRows_AreShown()
    {
        Assert.Equal(ExitCodes.Done, Run(new TestEngine(), "data", "describe", "x.yaml"));
        Assert.Equal(
            """
            table   csv
            rows    3
            sha256  HASH
            group   host: Ti, Zr

            column  role         unit  missing  distinct   min  median   max
            id      id                       0         3     -       -     -
            host    categorical              0         2     -       -     -
            y       target       eV          0         3  0.25     0.5  0.75

            left out  reason
            t.csv:4   energy missing

            """,
            System.Text.RegularExpressions.Regex.Replace(_terminal.OutText, "[0-9a-f]{64}", "HASH"));
    }

    [Fact]
    public void Predict_UnknownCategory_HasNoNumbers()
    {
        var engine = new TestEngine
        {
            Predictions =
            [
                new("Ti-Fe", "Ti", "Fe", "e_form_in", "eV", -1.25, -1.5, -1, true, false, true, "A promise."),
                new("Ti-Fe", "Ti", "Fe", "e_form_out", "eV", double.NaN, double.NaN, double.NaN, true, false, false, "A promise."),
            ],
        };

        Assert.Equal(ExitCodes.Done, Run(engine, "predict", ".", "--host", "Ti", "--dopant", "Fe"));
        Assert.Equal(
            """
            row_id  host  dopant  target      prediction   lower   upper  unit  known  host_seen  dopant_seen
            Ti-Fe   Ti    Fe      e_form_in       -1.250  -1.500  -1.000  eV    yes    yes        no
            Ti-Fe   Ti    Fe      e_form_out           -       -       -  eV    no     yes        no
            A promise.

            """,
            _terminal.OutText);
        Assert.Contains("no prediction for 1 of 1 rows, whose categories the model does not know: Ti-Fe", _terminal.ErrorText, StringComparison.Ordinal);
        Assert.Equal("Fe", engine.Rows![0].Cells["dopant"].Text);
    }

    [Fact]
    public void Predict_NotANumber_IsNullInJson()
    {
        var engine = new TestEngine { Predictions = [new("1", "Ti", "Fe", "e", "eV", double.NaN, double.NaN, double.NaN, true, true, false, string.Empty)] };

        Assert.Equal(ExitCodes.Done, Run(engine, "predict", ".", "--host", "Ti", "--dopant", "Fe", "--json", "--quiet"));
        Assert.Equal(JsonValueKind.Null, JsonDocument.Parse(_terminal.OutText).RootElement.GetProperty("predictions")[0].GetProperty("prediction").ValueKind);
        Assert.Empty(_terminal.ErrorText);
    }

    [Fact]
    public void Predict_Input_KeepsThePlaceOfEveryCell()
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "rows.csv"), "host,dopant\nTi,Fe\n\"Zr\", Xx\n");
        var engine = new TestEngine();

        Assert.Equal(ExitCodes.Done, Run(engine, "predict", ".", "--input", "rows.csv", "--csv"));
        Assert.Equal(new PredictionCell("Xx", 3, 2), engine.Rows![1].Cells["dopant"]);
        Assert.Equal("rows.csv", engine.Rows[1].File);
    }

    [Theory]
    [InlineData("host,dopant\nTi\n", "rows.csv:2: 1 fields, the header has 2")]
    [InlineData("host,host\nTi,Fe\n", "rows.csv:1:2: column \"host\" appears twice")]
    [InlineData("host,\nTi,Fe\n", "rows.csv:1:2: a column has no name")]
    [InlineData("host\n\"Ti\n", "rows.csv:2:1: a quoted field that is never closed")]
    [InlineData("host\n\"Ti\"x\n", "rows.csv:2:1: text after the closing quote")]
    [InlineData("", "rows.csv:1: the file is empty, expected a header")]
    [InlineData("host\n", "rows.csv: the table has no rows")]
    [InlineData("host;dopant\nTi;Fe\n", "rows.csv:1: the columns are separated by semicolons; save the table with commas between columns and points as decimal signs")]
    [InlineData("row_id,host\na,Ti\na,Zr\n", "rows.csv:3:1: row_id \"a\" is there twice")]
    public void Predict_BrokenInput_NamesThePlace(string content, string message)
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "rows.csv"), content);

        Assert.Equal(ExitCodes.DataCheckFailed, Run(new TestEngine(), "predict", ".", "--input", "rows.csv"));
        Assert.Equal(message + "\n", _terminal.ErrorText);
    }

    [Theory]
    [InlineData("rnu x.yaml", "unknown verb rnu (did you mean run?)")]
    [InlineData("valdate", "unknown verb valdate (did you mean validate?)")]
    [InlineData("cache lst", "unknown verb lst (did you mean list?)")]
    [InlineData("run x.yaml --froce fit", "unknown option --froce (did you mean --force?)")]
    [InlineData("run x.yaml --quite", "unknown option --quite (did you mean --quiet?)")]
    [InlineData("plan x.yaml more", "unexpected argument more")]
    [InlineData("run", "Required argument 'CONFIG' missing for command: 'run'.")]
    [InlineData("run x.yaml --set seed", "--set seed: expected PATH=VALUE")]
    [InlineData("run x.yaml --budget 5", "--budget 5: expected a positive number with s, m or h, such as 90m")]
    [InlineData("run x.yaml --budget -1h", "--budget -1h: expected a positive number with s, m or h, such as 90m")]
    [InlineData("predict . --host Ti", "Give either --host and --dopant, or --input")]
    [InlineData("predict . --host Ti --dopant Fe --input a.csv", "Give either --host and --dopant, or --input")]
    [InlineData("init No_Name", "No_Name: a name has lower case letters, digits and hyphens only, and starts with no hyphen")]
    [InlineData("init a --kind csv", "--kind csv and --from TABLE.CSV go together")]
    [InlineData("init a --kind pretrain --from t.csv", "--kind csv and --from TABLE.CSV go together")]
    public void Parse_WrongUsage_SaysWhatWouldBeRight(string arguments, string message)
    {
        Assert.Equal(ExitCodes.WrongUsage, Run(new TestEngine(), arguments.Split(' ')));
        Assert.StartsWith(message + "\n", _terminal.ErrorText, StringComparison.Ordinal);
        Assert.Contains("--help", _terminal.ErrorText, StringComparison.Ordinal);
        Assert.Empty(_terminal.OutText);
    }

    [Fact]
    public void Run_MissingConfig_IsAnInvalidConfig()
    {
        Assert.Equal(ExitCodes.InvalidConfig, Run(new TestEngine(), "run", "nope.yaml"));
        Assert.Equal("nope.yaml: there is no such file or folder\n", _terminal.ErrorText);
    }

    [Fact]
    public void Init_FromTable_GuessesTheRoles()
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "t.csv"), "id,phase,x,weight,energy\na,fcc,1,1,0.5\nb,bcc,,2,0.7\n");

        Assert.Equal(ExitCodes.Done, Run(new TestEngine(), "init", "my-alloys", "--from", "t.csv"));
        var config = File.ReadAllText(_terminal.OutText.TrimEnd());
        Assert.Contains("path: \"../t.csv\"", config, StringComparison.Ordinal);
        foreach (var (name, role) in new[] { ("id", "id"), ("phase", "categorical"), ("x", "numeric"), ("weight", "weight"), ("energy", "target") })
        {
            Assert.Contains($"- name: \"{name}\"\n        role: {role} #", config, StringComparison.Ordinal);
        }

        Assert.Contains("features: [scaled, one_hot]", File.ReadAllText(Path.Combine(_folder.FullName, "pipelines", "my-alloys.yaml")), StringComparison.Ordinal);
        Assert.Contains("pipeline", File.ReadAllText(Path.Combine(_folder.FullName, "schemas", "pipeline.schema.json")), StringComparison.Ordinal);
    }

    [Fact]
    public void Init_ExistingFile_IsLeftAlone()
    {
        Assert.Equal(ExitCodes.Done, Run(new TestEngine(), "init", "a"));
        var path = Path.Combine(_folder.FullName, "configs", "a.yaml");
        File.WriteAllText(path, "mine");

        Assert.Equal(ExitCodes.Failed, Run(new TestEngine(), "init", "a"));
        Assert.Equal("mine", File.ReadAllText(path));
        Assert.Contains("exists already", _terminal.ErrorText, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a,b\nx,y\n", "", "no column holds numbers only, so there is nothing to predict")]
    [InlineData("a,b\n1,y\n", "b", "--target b: the column does not hold numbers only")]
    [InlineData("a,b\n1,y\n", "c", "--target c: no such column")]
    [InlineData("id,b\n1,2\n", "b", "every column is an id, a weight or a target, so there is nothing to predict from")]
    public void Init_TableWithoutTarget_NamesTheProblem(string content, string target, string message)
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "t.csv"), content);

        Assert.Equal(ExitCodes.DataCheckFailed, Run(new TestEngine(), ["init", "a", "--from", "t.csv", .. target.Length > 0 ? new[] { "--target", target } : []]));
        Assert.Contains(message, _terminal.ErrorText, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(_folder.FullName, "configs")));
    }

    [Fact]
    public void Error_NoColor_IsPlain()
    {
        var coloured = new TestTerminal { ErrorIsTerminal = true };
        var plain = new TestTerminal { ErrorIsTerminal = true };
        plain.Environment["NO_COLOR"] = "1";
        var empty = new TestTerminal { ErrorIsTerminal = true };
        empty.Environment["NO_COLOR"] = string.Empty;
        foreach (var terminal in new[] { coloured, plain, empty })
        {
            new CommandLineApp(new Session(terminal, new TestEngine(), _interruption)).Run(["run", "nope.yaml"]);
        }

        Assert.Contains("\e[31m", coloured.ErrorText, StringComparison.Ordinal);
        Assert.DoesNotContain("\e", plain.ErrorText, StringComparison.Ordinal);
        Assert.Contains("\e[31m", empty.ErrorText, StringComparison.Ordinal);
    }

    private int Run(TestEngine engine, params string[] arguments) => new CommandLineApp(new Session(_terminal, engine, _interruption)).Run(arguments);
}
