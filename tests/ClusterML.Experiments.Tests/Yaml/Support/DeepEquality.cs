using System.Collections;
using System.Reflection;

namespace ClusterML.Experiments.Tests.Yaml.Support;

/// <summary>Compares records member by member; lists and maps by what they hold, which record equality does not do.</summary>
internal static class DeepEquality
{
    /// <summary>Whether two values are equal all the way down.</summary>
    public static bool AreEqual(object? a, object? b)
    {
        if (a is null || b is null || a is string or ValueType)
        {
            return Equals(a, b);
        }

        if (a is IDictionary left && b is IDictionary right)
        {
            return left.Count == right.Count && left.Keys.Cast<object>().All(k => right.Contains(k) && AreEqual(left[k], right[k]));
        }

        if (a is IEnumerable many && b is IEnumerable others)
        {
            var (xs, ys) = (many.Cast<object?>().ToArray(), others.Cast<object?>().ToArray());
            return xs.Length == ys.Length && xs.Zip(ys).All(p => AreEqual(p.First, p.Second));
        }

        return a.GetType() == b.GetType()
            && a.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).All(p => AreEqual(p.GetValue(a), p.GetValue(b)));
    }
}
