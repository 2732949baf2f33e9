using System.Text.RegularExpressions;

namespace ClusterML.Acceptance;

/// <summary>Does what the documents tell a reader to do, word for word.</summary>
public sealed partial class DocumentationTests : IDisposable
{
    private static readonly string[] Needed = ["data/examples/own-rows", "pipelines", "schemas"];

    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    /// <summary>Commands run in order; files are saved where a block says; every line of a text block is in the output of the commands above it.</summary>
    [Theory]
    [InlineData("add-your-own-rows.md")]
    public void Blocks_OfADocument_DoWhatItSays(string document)
    {
        foreach (var folder in Needed)
        {
            Copy(Path.Combine(Built.Repository, folder), _workspace.PathOf(folder));
        }

        var (said, commands) = (string.Empty, 0);
        foreach (Match block in Fence().Matches(File.ReadAllText(Path.Combine(Built.Repository, "docs", document))))
        {
            var (info, content) = (block.Groups["info"].Value, block.Groups["content"].Value);
            if (info == "sh")
            {
                said = string.Empty;
                foreach (var line in content.Split('\n', StringSplitOptions.RemoveEmptyEntries))
                {
                    said += Run(line);
                    commands++;
                }
            }
            else if (info == "text")
            {
                Assert.All(content.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.Contains(line, said, StringComparison.Ordinal));
            }
            else
            {
                Assert.StartsWith("yaml file=", info, StringComparison.Ordinal);
                _workspace.Write(info["yaml file=".Length..], content);
            }
        }

        Assert.True(commands > 10, $"{commands} commands were found in {document}");
    }

    private string Run(string line)
    {
        var expected = ExitCode().Match(line) is { Success: true } stated ? int.Parse(stated.Groups[1].ValueSpan) : 0;
        string[] words = [.. Word().Matches(line.Split("   #")[0]).Select(w => w.Value.Trim('"'))];
        Assert.Equal("clusterml", words[0]);
        var result = _workspace.Run(words[1..]).Ended(expected);
        return result.Out + result.Error;
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    [GeneratedRegex(@"^```(?<info>[^\n]+)\n(?<content>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"# exit code (\d+)")]
    private static partial Regex ExitCode();

    [GeneratedRegex("\"[^\"]*\"|[^\\s\"]+")]
    private static partial Regex Word();
}
