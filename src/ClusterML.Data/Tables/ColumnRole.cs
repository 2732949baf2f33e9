namespace ClusterML.Data;

/// <summary>What a column of a table is for.</summary>
public enum ColumnRole
{
    /// <summary>A category, used as a feature.</summary>
    Categorical,

    /// <summary>A number, used as a feature; an empty field is missing.</summary>
    Numeric,

    /// <summary>A number to predict.</summary>
    Target,

    /// <summary>A group that protocols may leave out as one.</summary>
    Group,

    /// <summary>The name of the row, unique.</summary>
    Id,

    /// <summary>The weight of the row, finite and above zero: a row that should not count is left out of the file.</summary>
    Weight,

    /// <summary>Kept beside the row and exported with it; no model sees it. Any text, also none.</summary>
    Metadata,
}
