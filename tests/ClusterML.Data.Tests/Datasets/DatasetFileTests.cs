using ClusterML.Data.Datasets;

namespace ClusterML.Data.Tests.Datasets;

public sealed class DatasetFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Read_WhatWasWritten_IsTheSame()
    {
        var path = Path.Combine(folder.Path, "dataset.json");
        DatasetFile.Write(path, Samples.Description);

        var read = DatasetFile.Read(path);

        Assert.Equal(Samples.Description, read, (a, b) => a with { Columns = b.Columns, Identities = b.Identities } == b);
        Assert.Equal(Samples.Description.Columns, read.Columns);
        Assert.Equal(Samples.Description.Identities, read.Identities);
    }

    [Fact]
    public void Read_ManyMistakes_NamesAllWithLineAndColumn()
    {
        var message = folder.Problems(() => DatasetFile.Read(folder.Write(
            "dataset.json",
            """
            {
              "schema": "clusterml/dataset@2",
              "name": "My data",
              "titel": "x",
              "version": 1,
              "version": "2",
              "licence": "",
              "kind": "tabel",
              "columns": [
                {"name": "id", "role": "id", "unit": "eV"},
                {"name": "x", "role": "nmeric", "unit": "ev"},
                {"name": "x", "role": "numeric", "unit": "eV", "unit_in_file": "Bohr"},
                {"name": "row_id", "role": "numeric", "unit": "1", "colour": "red"},
                {"name": "key", "role": "id"},
                7
              ]
            }
            """)));
        Assert.Equal(
            """
            dataset.json:1:1: title: missing
            dataset.json:1:1: citation: missing
            dataset.json:2:13: schema: "clusterml/dataset@2" is not clusterml/dataset@1
            dataset.json:3:11: name: "My data": a name has small letters, digits, hyphens and underscores, and starts with a letter or digit
            dataset.json:4:3: titel: unknown key (did you mean title?)
            dataset.json:5:14: version: expected a text, found a number
            dataset.json:6:3: version: is there twice
            dataset.json:7:14: licence: is empty
            dataset.json:8:11: kind: "tabel" is not one of them (did you mean table? allowed: calculations, table)
            dataset.json:10:42: columns[0].unit: a column with the role id has no unit
            dataset.json:11:27: columns[1].role: "nmeric" is not one of them (did you mean numeric? allowed: categorical, numeric, target, group, id, weight, metadata)
            dataset.json:11:45: columns[1].unit: unknown unit "ev" (did you mean eV?)
            dataset.json:12:14: columns[2].name: column x is declared twice
            dataset.json:12:68: columns[2].unit_in_file: Bohr (length) does not convert to eV (energy)
            dataset.json:13:14: columns[3].name: row_id is a name that is taken (row_id, row_index, targets, weight); rename the column
            dataset.json:13:56: columns[3].colour: unknown key (allowed: name, role, unit, unit_in_file, description, provenance)
            dataset.json:14:29: columns[4].role: id has the role id already; there can be one
            dataset.json:15:5: columns[5]: expected an object, found a number
            """,
            message);
    }

    [Theory]
    [InlineData("", "dataset.json:1:1: not JSON: ")]
    [InlineData("{\"name\": \"x\",}", "dataset.json:1:14: not JSON: ")]
    [InlineData("{\n \"name\": // no\n}", "dataset.json:2:10: not JSON: ")]
    [InlineData("[]", "dataset.json:1:1: expected an object, found a list")]
    public void Read_NotJson_NamesThePlace(string text, string start) =>
        Assert.StartsWith(start, folder.Problems(() => DatasetFile.Read(folder.Write("dataset.json", text))), StringComparison.Ordinal);

    /// <summary>Ten thousand damaged copies: either a description comes out, or a list of problems, and never anything else.</summary>
    [Fact]
    public void Read_DamagedFile_IsReadOrRefusedAndNothingElse()
    {
        var path = Path.Combine(folder.Path, "dataset.json");
        DatasetFile.Write(path, Samples.Description);
        var whole = File.ReadAllBytes(path);
        var random = new Random(42);
        for (var round = 0; round < 10_000; round++)
        {
            var bytes = (byte[])whole.Clone();
            for (var change = 0; change <= round % 4; change++)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            var cut = round % 3 == 0 ? bytes[..random.Next(bytes.Length)] : bytes;
            try
            {
                File.WriteAllBytes(path, cut);
                DatasetFile.Read(path);
            }
            catch (DataException e)
            {
                Assert.All(e.Problems, p => Assert.True(p.Line > 0, p.ToString()));
            }
        }
    }
}
