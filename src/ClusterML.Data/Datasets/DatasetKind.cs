namespace ClusterML.Data.Datasets;

/// <summary>What the rows of a dataset are made from.</summary>
public enum DatasetKind
{
    /// <summary>One JSON file a calculation, in <c>calculations/</c>; rows are compositions, made by <see cref="X12tmTable"/>.</summary>
    Calculations,

    /// <summary>One table, <c>rows.csv</c> or <c>rows.parquet</c>; a line is a row.</summary>
    Table,
}
