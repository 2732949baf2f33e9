using System.Text;

namespace ClusterML.Chemistry.Formats;

/// <summary>Splits the comment of extended xyz into its entries.</summary>
/// <remarks>
/// As ASE 3.22 does: entries end at white space; quotes (<c>"</c>, <c>'</c>), braces and brackets hold white space together and are
/// dropped; a backslash takes the next character as it is; white space around <c>=</c> does not matter.
/// Differs from ASE: <c>[[1, 2], [3, 4]]</c> and <c>["a", "b"]</c> are arrays, as the later definition of the format says.
/// </remarks>
internal static class ExtendedXyzComment
{
    /// <summary>The entries in the order of the line.</summary>
    /// <param name="comment">The comment line.</param>
    /// <param name="wrong">Makes the error at a column.</param>
    public static IReadOnlyList<ExtendedXyzEntry> Parse(string comment, Func<int, string, MalformedFileException> wrong)
    {
        var entries = new List<Pieces> { new(0) };
        for (var i = 0; i < comment.Length; i++)
        {
            var c = comment[i];
            var entry = entries[^1];
            if (c == '\\')
            {
                if (++i < comment.Length)
                {
                    entry.Add(comment[i], i - 1);
                }
            }
            else if (c == '[' && entry is { HasValue: true, IsEmpty: true } && IsNested(comment, i))
            {
                var end = EndOfNested(comment, i) ?? throw wrong(i + 1, "the bracket [ is not closed");
                entry.AddNested(comment[i..(end + 1)]);
                i = end;
            }
            else if (c is '"' or '\'' or '{' or '[')
            {
                i = Quoted(comment, i, entry, wrong);
            }
            else if (char.IsWhiteSpace(c))
            {
                if (!entry.IsEmpty || entry.IsQuoted)
                {
                    entries.Add(new(i));
                }
            }
            else if (c == '=')
            {
                if (entry is { IsEmpty: true, HasValue: false, IsQuoted: false })
                {
                    entries.RemoveAt(entries.Count - 1);
                }

                if (entries.Count == 0)
                {
                    throw wrong(i + 1, "a value without a key; write key=value");
                }

                entries[^1].StartValue();
            }
            else
            {
                entry.Add(c, i);
            }
        }

        var complete = entries.Where(e => !e.IsNothing).Select(e => e.Entry()).ToList();
        return complete.Find(e => e.Key.Length == 0) is { } nameless
            ? throw wrong(nameless.Column, "a value without a key; write key=value")
            : complete;
    }

    /// <summary>Takes what is between quotes; returns the position of the closing one.</summary>
    private static int Quoted(string comment, int start, Pieces entry, Func<int, string, MalformedFileException> wrong)
    {
        var close = comment[start] switch { '{' => '}', '[' => ']', var quote => quote };
        entry.Quote(start);
        for (var i = start + 1; i < comment.Length; i++)
        {
            if (comment[i] == close)
            {
                return i;
            }

            if (comment[i] == '\\' && ++i == comment.Length)
            {
                break;
            }

            entry.Add(comment[i], i);
        }

        throw wrong(start + 1, $"the {comment[start]} is not closed");
    }

    private static bool IsNested(string comment, int start)
    {
        var inside = comment.AsSpan(start + 1).TrimStart();
        return inside.Length > 0 && inside[0] is '[' or '"';
    }

    private static int? EndOfNested(string comment, int start)
    {
        var depth = 0;
        var quoted = false;
        for (var i = start; i < comment.Length; i++)
        {
            switch (comment[i])
            {
                case '\\':
                    i++;
                    break;
                case '"':
                    quoted = !quoted;
                    break;
                case '[' when !quoted:
                    depth++;
                    break;
                case ']' when !quoted && --depth == 0:
                    return i;
            }
        }

        return null;
    }

    /// <summary>A key and the pieces between the equal signs after it.</summary>
    private sealed class Pieces(int start)
    {
        private readonly List<StringBuilder> pieces = [new()];
        private int column = start + 1;
        private bool isNested;

        public bool HasValue => pieces.Count > 1;

        public bool IsEmpty => pieces[^1].Length == 0;

        /// <summary>Whether the last piece has quotes, so that it counts though it is empty.</summary>
        public bool IsQuoted { get; private set; }

        public bool IsNothing => pieces.Count == 1 && IsEmpty && !IsQuoted;

        public void Add(char c, int position)
        {
            Begin(position);
            pieces[^1].Append(c);
        }

        public void Quote(int position)
        {
            Begin(position);
            IsQuoted = true;
        }

        public void AddNested(string text)
        {
            pieces[^1].Append(text);
            isNested = pieces.Count == 2;
        }

        public void StartValue()
        {
            pieces.Add(new());
            IsQuoted = false;
        }

        public ExtendedXyzEntry Entry() =>
            new(pieces[0].ToString(), HasValue ? string.Join('=', pieces.Skip(1)) : null, column, isNested);

        private void Begin(int position)
        {
            if (pieces.Count == 1 && IsEmpty && !IsQuoted)
            {
                column = position + 1;
            }
        }
    }
}
