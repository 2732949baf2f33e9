using System.Text;

namespace ClusterML.Data.Datasets;

/// <summary>Names made from what there is.</summary>
public static class DatasetNames
{
    /// <summary>Stands where nobody said.</summary>
    public const string NotStated = "not stated";

    /// <summary>A name for a dataset from any text: small letters, digits, hyphens and underscores.</summary>
    public static string Of(string text)
    {
        var name = new StringBuilder();
        foreach (var letter in text.ToLowerInvariant())
        {
            name.Append(char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-' ? letter : '-');
        }

        var trimmed = name.ToString().Trim('-', '_');
        return trimmed.Length == 0 ? "dataset" : trimmed;
    }
}
