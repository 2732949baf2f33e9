using System.Buffers.Binary;
using System.Text;

namespace ClusterML.Transformer.Native;

/// <summary>The versions that a shared library requires of others (ELF section SHT_GNU_verneed, 64-bit little-endian).</summary>
/// <remarks>Layout: Linux Standard Base 5.0, core, section 10.7.3 and the System V ABI, chapter 4.</remarks>
internal static class ElfVersionNeeds
{
    /// <summary>VER_FLG_WEAK: the loader does not insist on the version.</summary>
    public const ushort Weak = 2;

    private const uint VersionNeedSection = 0x6ffffffe;

    /// <summary>Marks one required version as weak, in place.</summary>
    /// <param name="elf">The bytes of the library.</param>
    /// <param name="version">The version, such as <c>GLIBCXX_3.4.32</c>.</param>
    /// <returns>How many bytes changed: 0 when the mark was there before, 1 when it was set.</returns>
    /// <exception cref="InvalidDataException">The bytes are no such library, or it does not require this version.</exception>
    public static int MarkWeak(byte[] elf, string version)
    {
        var flags = Find(elf, version) ?? throw new InvalidDataException($"the library does not require {version}");
        if ((elf[flags] & Weak) != 0)
        {
            return 0;
        }

        elf[flags] |= (byte)Weak;
        return 1;
    }

    /// <summary>Position of the flags (vna_flags, two bytes) of the entry for <paramref name="version"/>; null when there is none.</summary>
    /// <exception cref="InvalidDataException">The bytes are not a 64-bit little-endian ELF file.</exception>
    public static int? Find(byte[] elf, string version)
    {
        if (elf.Length < 64 || !elf.AsSpan(0, 6).SequenceEqual("\u007fELF\u0002\u0001"u8))
        {
            throw new InvalidDataException("not a 64-bit little-endian ELF file");
        }

        try
        {
            return Search(elf, Encoding.ASCII.GetBytes(version + '\0'));
        }
        catch (Exception e) when (e is ArgumentOutOfRangeException or OverflowException)
        {
            throw new InvalidDataException("damaged ELF file: a section points outside it", e);
        }
    }

    private static int? Search(byte[] elf, byte[] version)
    {
        var (table, size, count) = (Int64(elf, 0x28), Int16(elf, 0x3a), Int16(elf, 0x3c));
        for (var index = 0; index < count; index++)
        {
            var section = checked(table + (index * size));
            if ((uint)Int32(elf, section + 4) != VersionNeedSection)
            {
                continue;
            }

            var names = Int64(elf, checked(table + (Int32(elf, section + 40) * size)) + 24);
            var need = Int64(elf, section + 24);
            for (var left = Int32(elf, section + 44); left > 0; left--)
            {
                var entry = checked(need + Int32(elf, need + 8));
                for (var entries = Int16(elf, need + 2); entries > 0; entries--)
                {
                    if (elf.AsSpan(checked(names + Int32(elf, entry + 8))).StartsWith(version))
                    {
                        return entry + 4;
                    }

                    entry = checked(entry + Int32(elf, entry + 12));
                }

                need = checked(need + Int32(elf, need + 12));
            }
        }

        return null;
    }

    private static int Int16(byte[] elf, int at) => BinaryPrimitives.ReadUInt16LittleEndian(elf.AsSpan(at));

    private static int Int32(byte[] elf, int at) => BinaryPrimitives.ReadInt32LittleEndian(elf.AsSpan(at));

    private static int Int64(byte[] elf, int at) => checked((int)BinaryPrimitives.ReadInt64LittleEndian(elf.AsSpan(at)));
}
