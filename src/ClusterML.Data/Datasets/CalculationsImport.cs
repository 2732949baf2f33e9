namespace ClusterML.Data.Datasets;

/// <summary>Imports calculations as the files of a dataset.</summary>
internal sealed class CalculationsImport(IReadOnlyList<string> sources, string folder, Dataset? existing, DatasetImportOptions options)
{
    public ImportReport Run(IProgress<ImportProgress>? progress, CancellationToken cancellation) =>
        throw new NotImplementedException($"{sources}{folder}{existing}{options}{progress}{cancellation}");
}
