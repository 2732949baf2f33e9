using Microsoft.ML;

namespace ClusterML.Learning.Mapping;

/// <summary>The number of rows of a view that may not know it.</summary>
internal static class RowCounting
{
    /// <summary>Asks the view, and counts when it does not say.</summary>
    internal static int Count(IDataView view)
    {
        if (view.GetRowCount() is { } known)
        {
            return (int)known;
        }

        using var cursor = view.GetRowCursor([]);
        var count = 0;
        while (cursor.MoveNext())
        {
            count++;
        }

        return count;
    }
}
