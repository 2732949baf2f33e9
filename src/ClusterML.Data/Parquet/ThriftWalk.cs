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

    /// <summary>Bytes of the struct at the start; -1 when it runs over the end, or has other fields than its shape says.</summary>
    public static int StructLength(ReadOnlySpan<byte> bytes, ThriftShape shape)
    {
        var walk = new ThriftWalk(bytes);
        return walk.Struct(0, shape) ? walk.at : -1;
    }

    /// <summary>The header of a page of a column.</summary>
    /// <param name="bytes">The bytes from the header on.</param>
    /// <param name="header">Its length, the length of what follows, and how many values that holds (0 for a dictionary).</param>
    /// <returns>False when it is no page header.</returns>
    public static bool TryPageHeader(ReadOnlySpan<byte> bytes, out (int Length, long Compressed, long Values) header)
    {
        var walk = new ThriftWalk(bytes);
        header = default;
        if (!walk.Fields(out var own, isPage: true))
        {
            return false;
        }

        header = (walk.at, own.Compressed, own.Values);
        return true;
    }

    /// <summary>The fields of a page header that say how long it is: 3 is the length in bytes, 5 and 8 are the headers of data pages, and their field 1 the number of values.</summary>
    private bool Fields(out (long Compressed, long Values) found, bool isPage)
    {
        found = (-1, 0);
        ulong id = 0;
        while (Field(ref id, out var type))
        {
            if (type == 0)
            {
                return true;
            }

            if (isPage && type == 12 && id is 5 or 8)
            {
                if (!Fields(out var page, isPage: false))
                {
                    return false;
                }

                found.Values = page.Values;
            }
            else if (type == 5 && ((isPage && id == 3) || (!isPage && id == 1)))
            {
                if (!Number(out var raw))
                {
                    return false;
                }

                var value = (long)(raw >> 1) ^ -(long)(raw & 1);
                found = isPage ? (value, found.Values) : (found.Compressed, value);
            }
            else if (!Value(type, 0, isElement: false))
            {
                return false;
            }
        }

        return false;
    }

    private bool Struct(int depth, ThriftShape? shape = null)
    {
        if (depth > MaxDepth)
        {
            return false;
        }

        ulong id = 0;
        while (Field(ref id, out var type))
        {
            if (type == 0)
            {
                return true;
            }

            var known = shape?.Of(id);
            if ((known is not null && known.Code != type) || !Value(type, depth, isElement: false, known))
            {
                return false;
            }
        }

        return false;
    }

    /// <summary>The header of the next field: its number, from that of the last one, and its type; 0 ends the struct.</summary>
    private bool Field(ref ulong id, out int type)
    {
        type = 0;
        if (at >= bytes.Length)
        {
            return false;
        }

        var header = bytes[at++];
        if (header == 0)
        {
            return true;
        }

        // The upper half is the step from the last field's number; without one, the number follows.
        var step = (ulong)(uint)(header >> 4);
        if (step == 0 && !Number(out step))
        {
            return false;
        }

        id = header >> 4 == 0 ? step / 2 : id + step;
        type = header & 15;
        return type != 0;
    }

    private bool Value(int type, int depth, bool isElement, ThriftType? known = null) => type switch
    {
        1 or 2 => !isElement || Skip(1),
        3 => Skip(1),
        4 or 5 or 6 => Number(out _),
        7 => Skip(8),
        8 => Number(out var length) && Skip(length),
        9 or 10 => List(depth, known),
        11 => Map(depth),
        12 => Struct(depth + 1, known?.Shape),
        _ => false,
    };

    private bool List(int depth, ThriftType? known)
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
        if (count > (ulong)(bytes.Length - at) || (known is not null && known.Element != (header & 15)))
        {
            return false;
        }

        for (; count > 0; count--)
        {
            if (!Value(header & 15, depth + 1, isElement: true, known))
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
