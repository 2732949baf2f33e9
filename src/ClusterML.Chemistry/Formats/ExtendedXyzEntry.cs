namespace ClusterML.Chemistry.Formats;

/// <summary>One <c>key=value</c> of the comment of extended xyz.</summary>
/// <param name="Key">The key, without quotes and escapes.</param>
/// <param name="Text">The value, without quotes and escapes; null for a key alone, which means T.</param>
/// <param name="Column">Column from 1 where the entry begins.</param>
/// <param name="IsNested">Whether the value is an array in brackets that holds brackets or quotes, kept as written.</param>
internal sealed record ExtendedXyzEntry(string Key, string? Text, int Column, bool IsNested);
