using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace ClusterML.Chemistry.Campaigns;

/// <summary>What tells a process from a later one that got its number.</summary>
internal static class ProcessIdentity
{
    private const string Boot = "/proc/sys/kernel/random/boot_id";

    /// <summary>The identity of a living process; null when there is none with this number.</summary>
    /// <remarks>On Linux the boot and the tick since it at which the process began: a clock that is set does not change them. Elsewhere the time of its start.</remarks>
    public static string? Of(int id)
    {
        try
        {
            if (File.Exists(Boot))
            {
                // pid (name) state ...: the name may hold anything, and the tick is the 22nd field.
                var stat = File.ReadAllText(FormattableString.Invariant($"/proc/{id}/stat"));
                var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
                return fields[0] == "Z" ? null : $"{File.ReadAllText(Boot).Trim()} {fields[19]}";
            }

            using var process = Process.GetProcessById(id);
            return process.HasExited ? null : process.StartTime.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture);
        }
        catch (Exception e) when (e is IOException or ArgumentException or InvalidOperationException or Win32Exception)
        {
            // It has gone, before or while it was looked at.
            return null;
        }
    }
}
