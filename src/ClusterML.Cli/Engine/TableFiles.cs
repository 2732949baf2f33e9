namespace ClusterML.Cli.Engine;

/// <summary>The files behind the table of a config, and which of them count.</summary>
/// <param name="Path">Full path of the folder of calculations, or of the file of rows.</param>
/// <param name="MaxForce">Largest force of a relaxed calculation, eV/Angstrom; null when the config does not say.</param>
/// <param name="Fingerprint">Id of the method to take; empty for the one with the most clusters.</param>
/// <param name="PerHost">Whether each host takes a method of its own.</param>
internal sealed record TableFiles(string Path, double? MaxForce, string Fingerprint, bool PerHost = false);
