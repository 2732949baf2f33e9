namespace ClusterML.Data.Parquet;

/// <summary>Walks a value in the compact form of Thrift without keeping it, to see that it ends where its bytes do.</summary>
/// <remarks>
/// The footer of a Parquet file and the headers of its pages are such values. A decoder that trusts their lengths can be sent
/// around in circles, or to the end of memory, by a few changed bytes.
/// </remarks>
internal ref struct ThriftWalk(ReadOnlySpan<byte> bytes)
{
    private const int MaxDepth = 16;
    private readonly ReadOnlySpan<byte> bytes = bytes;
    private int at;

    /// <summary>Bytes of the struct at the start; -1 when it runs over the end, or is no struct.</summary>
    public static int StructLength(ReadOnlySpan<byte> bytes)
    {
        var walk = new ThriftWalk(bytes);
        return walk.Struct(0) ? walk.at : -1;
    }

    private bool Struct(int depth)
    {
        if (depth > MaxDepth)
        {
            return false;
        }

        while (at < bytes.Length)
        {
            var header = bytes[at++];
            if (header == 0)
            {
                return true;
            }

            // The upper half is the step from the last field's number; without one, the number follows.
            if ((header >> 4 == 0 && !Number(out _)) || !Value(header & 15, depth, isElement: false))
            {
                return false;
            }
        }

        return false;
    }

    private bool Value(int type, int depth, bool isElement) => type switch
    {
        1 or 2 => !isElement || Skip(1),
        3 => Skip(1),
        4 or 5 or 6 => Number(out _),
        7 => Skip(8),
        8 => Number(out var length) && Skip(length),
        9 or 10 => List(depth),
        11 => Map(depth),
        12 => Struct(depth + 1),
        _ => false,
    };

    private bool List(int depth)
    {
        if (at >= bytes.Length)
        {
            return false;
        }

        var header = bytes[at++];
        ulong count = (uint)(header >> 4);
        if (count == 15 && !Number(out count))
        {
            return false;
        }

        // An element takes a byte at least.
        if (count > (ulong)(bytes.Length - at))
        {
            return false;
        }

        for (; count > 0; count--)
        {
            if (!Value(header & 15, depth + 1, isElement: true))
            {
                return false;
            }
        }

        return true;
    }

    private bool Map(int depth)
    {
        if (!Number(out var count) || count > (ulong)(bytes.Length - at))
        {
            return false;
        }

        if (count == 0)
        {
            return true;
        }

        if (at >= bytes.Length)
        {
            return false;
        }

        var types = bytes[at++];
        for (; count > 0; count--)
        {
            if (!Value(types >> 4, depth + 1, isElement: true) || !Value(types & 15, depth + 1, isElement: true))
            {
                return false;
            }
        }

        return true;
    }

    private bool Number(out ulong value)
    {
        value = 0;
        for (var shift = 0; shift < 64 && at < bytes.Length; shift += 7)
        {
            var part = bytes[at++];
            value |= (ulong)(part & 127) << shift;
            if (part < 128)
            {
                return true;
            }
        }

        return false;
    }

    private bool Skip(ulong count)
    {
        if (count > (ulong)(bytes.Length - at))
        {
            return false;
        }

        at += (int)count;
        return true;
    }
}
