namespace ClusterML.Chemistry.Convergence;

/// <summary>Makes a convergence set of calculations that differ in one setting.</summary>
public static class CalculationStudy
{
    /// <summary>
    /// The largest set among <paramref name="calculations"/> in which, for each system, nothing but <paramref name="parameter"/>
    /// differs. Quantities are named by kind and system (<c>E_Ti13</c>, <c>fmax_Ti13</c>); energy differences are added for in and
    /// out of one composition, and for the two systems where there are exactly two (<c>dE_Ti13-Zr12Ti_in</c>, first minus second), when their other settings are the same.
    /// </summary>
    /// <exception cref="ArgumentException">No system was computed with two values of the parameter, or two calculations are the same.</exception>
    public static ConvergenceSet Of(ConvergenceParameter parameter, IEnumerable<StudyCalculation> calculations)
    {
        var notes = new List<string>();
        var all = calculations.ToArray();
        foreach (var unusable in all.Where(c => c.Fault is not null))
        {
            notes.Add($"left out {unusable.Place}: {unusable.Fault}");
        }

        var fixedSettings = new Dictionary<string, string>(StringComparer.Ordinal);
        var points = new SortedDictionary<double, (List<string> Sources, Dictionary<string, double> Quantities)>();
        var systems = new List<string>();
        foreach (var system in all.Where(c => c.Fault is null).GroupBy(c => c.System).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            if (Largest(parameter, [.. system], notes) is { } members)
            {
                systems.Add(system.Key);
                fixedSettings[system.Key] = Rest(parameter, members[0]);
                Add(parameter, system.Key, members, points);
            }
        }

        if (systems.Count == 0)
        {
            var settings = all.SelectMany(c => c.Settings.Keys).Distinct().Order(StringComparer.Ordinal);
            throw new ArgumentException(
                $"no system was computed with two values of {parameter.Name}, all else alike; the settings that the calculations state: {string.Join(", ", settings)}",
                nameof(calculations));
        }

        foreach (var (first, second) in Pairs(systems))
        {
            if (fixedSettings[first] != fixedSettings[second])
            {
                notes.Add($"no difference of {first} and {second}: their fixed settings differ ({fixedSettings[first]} against {fixedSettings[second]})");
                continue;
            }

            foreach (var point in points.Values)
            {
                AddDifference(first, second, point.Quantities);
            }
        }

        return new(
            parameter,
            points.Select(p => new ConvergencePoint(p.Key, string.Join(", ", p.Value.Sources), p.Value.Quantities)),
            notes);
    }

    private static StudyCalculation[]? Largest(ConvergenceParameter parameter, StudyCalculation[] system, List<string> notes)
    {
        var stated = system.Where(c => Value(parameter, c) is not null).ToArray();
        foreach (var silent in system.Except(stated))
        {
            notes.Add($"left out {silent.Place}: does not state a number for {parameter.Name}");
        }

        var largest = stated.GroupBy(c => Rest(parameter, c)).OrderByDescending(g => g.Select(c => Value(parameter, c)).Distinct().Count())
            .ThenByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal).FirstOrDefault();
        if (largest is null || largest.Select(c => Value(parameter, c)).Distinct().Count() < 2)
        {
            return null;
        }

        notes.Add($"{system[0].System}: fixed {largest.Key}");
        var others = stated.Except(largest).ToArray();
        foreach (var group in others.GroupBy(c => Differences(c, largest.First(), parameter.Name)))
        {
            notes.Add($"{system[0].System}: {group.Count()} calculation{(group.Count() == 1 ? "" : "s")} left out, with {group.Key}");
        }

        return [.. largest];
    }

    /// <summary>All settings but the parameter, as one text.</summary>
    private static string Rest(ConvergenceParameter parameter, StudyCalculation calculation) => string.Join(
        "; ", calculation.Settings.Where(s => s.Key != parameter.Name).OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => $"{s.Key} {s.Value}"));

    private static string Differences(StudyCalculation calculation, StudyCalculation member, string parameter)
    {
        var names = calculation.Settings.Keys.Union(member.Settings.Keys).Where(k => k != parameter).Order(StringComparer.Ordinal);
        return string.Join(", ", names
            .Where(n => calculation.Settings.GetValueOrDefault(n) != member.Settings.GetValueOrDefault(n))
            .Select(n => $"{n} {calculation.Settings.GetValueOrDefault(n, "not stated")} instead of {member.Settings.GetValueOrDefault(n, "not stated")}"));
    }

    private static double? Value(ConvergenceParameter parameter, StudyCalculation calculation) =>
        calculation.Settings.TryGetValue(parameter.Name, out var text)
        && double.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var value) ? value : null;

    private static void Add(
        ConvergenceParameter parameter,
        string system,
        StudyCalculation[] members,
        SortedDictionary<double, (List<string> Sources, Dictionary<string, double> Quantities)> points)
    {
        foreach (var same in members.GroupBy(c => Value(parameter, c)!.Value))
        {
            if (same.Count() > 1)
            {
                throw new ArgumentException(
                    $"{system} was computed twice with {parameter.Name} {ConvergenceParameter.Text(same.Key)}, all else alike: {string.Join(", ", same.Select(c => c.Place))}",
                    nameof(members));
            }

            if (!points.TryGetValue(same.Key, out var point))
            {
                points[same.Key] = point = ([], new(StringComparer.Ordinal));
            }

            point.Sources.Add(same.First().Place);
            foreach (var (kind, value) in same.First().Quantities.Where(q => q.Key != "fmax" || !IsForceThreshold(parameter)))
            {
                point.Quantities[$"{kind}_{system}"] = value;
            }
        }
    }

    /// <summary>The largest force follows its threshold by definition: nothing to converge.</summary>
    private static bool IsForceThreshold(ConvergenceParameter parameter) => parameter.Name is "max_force" or "ediffg";

    private static List<(string First, string Second)> Pairs(List<string> systems)
    {
        var pairs = systems.Where(s => s.EndsWith("_in", StringComparison.Ordinal) && systems.Contains(s[..^2] + "out")).Select(s => (s, s[..^2] + "out")).ToList();
        return pairs.Count == 0 && systems.Count == 2 ? [(systems[0], systems[1])] : pairs;
    }

    private static void AddDifference(string first, string second, Dictionary<string, double> quantities)
    {
        if (quantities.TryGetValue($"E_{first}", out var a) && quantities.TryGetValue($"E_{second}", out var b))
        {
            quantities[$"dE_{first}-{second}"] = a - b;
        }
    }
}
