using Microsoft.ML;
using Microsoft.ML.Data;

namespace ClusterML.Learning.Mapping;

/// <summary>Some rows of a view, in the view's own order.</summary>
/// <remarks>Lazy: what the source computes once it computes once for all selections of it.</remarks>
internal sealed class RowSelectionView : IDataView
{
    private readonly IDataView source;
    private readonly int[] rows;

    /// <param name="source">The view to choose from.</param>
    /// <param name="rows">Positions of the chosen rows; each is taken once.</param>
    internal RowSelectionView(IDataView source, IEnumerable<int> rows)
    {
        this.source = source;
        this.rows = [.. rows.Distinct().Order()];
    }

    /// <inheritdoc/>
    public DataViewSchema Schema => source.Schema;

    /// <inheritdoc/>
    public bool CanShuffle => false;

    /// <inheritdoc/>
    public long? GetRowCount() => rows.Length;

    /// <inheritdoc/>
    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) =>
        new Cursor(source.GetRowCursor(columnsNeeded), rows);

    /// <inheritdoc/>
    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];

    private sealed class Cursor(DataViewRowCursor inner, int[] rows) : DataViewRowCursor
    {
        private int next;

        public override DataViewSchema Schema => inner.Schema;

        public override long Position => next - 1;

        public override long Batch => 0;

        public override bool MoveNext()
        {
            if (next == rows.Length)
            {
                return false;
            }

            while (inner.Position < rows[next])
            {
                if (!inner.MoveNext())
                {
                    throw new InvalidOperationException($"row {rows[next]} is beyond the end of the view");
                }
            }

            next++;
            return true;
        }

        public override bool IsColumnActive(DataViewSchema.Column column) => inner.IsColumnActive(column);

        public override ValueGetter<DataViewRowId> GetIdGetter() => inner.GetIdGetter();

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => inner.GetGetter<TValue>(column);

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                inner.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
