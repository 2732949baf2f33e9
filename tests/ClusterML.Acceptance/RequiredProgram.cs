namespace ClusterML.Acceptance;

/// <summary>An external program that a test cannot do without.</summary>
public static class RequiredProgram
{
    /// <summary>Goes on where <paramref name="name"/> is on the path; else skips the test, or fails it when <c>CI=true</c>.</summary>
    public static void OrSkip(string name)
    {
        if (Folders().Any(folder => File.Exists(Path.Combine(folder, name)) || File.Exists(Path.Combine(folder, name + ".exe"))))
        {
            return;
        }

        var reason = $"{name} is not installed";
        if (string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase))
        {
            Assert.Fail(reason);
        }

        Assert.Skip(reason);
    }

    private static string[] Folders() =>
        Environment.GetEnvironmentVariable("PATH")?.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries) ?? [];
}
