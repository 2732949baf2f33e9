using System.Globalization;
using System.Text.RegularExpressions;
using ClusterML.Chemistry.Calculations;
using ClusterML.Chemistry.Imports;
using ClusterML.Chemistry.Vibrations;

namespace ClusterML.Chemistry.Tests.Imports;

/// <summary>Real outputs of CP2K 2023.1. Expected numbers are found in the same files with other means: regular expressions over the whole text.</summary>
public sealed class Cp2kImportTests : IDisposable
{
    private const double Hartree = 27.211386245988;
    private const double Force = Hartree / 0.529177210903;

    private readonly ImportFiles files = new();

    public static TheoryData<string> Names => ["Ti_atom", "Cu2", "Cu2_killed", "Cu2_stopped", "Ti2_unconverged", "H2O_gap"];

    public void Dispose() => files.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public void Read_Energies_AreThoseOfTheText(string name)
    {
        var text = File.ReadAllText(ImportFiles.Of("cp2k", $"{name}.out"));
        var forces = text.LastIndexOf("ATOMIC FORCES in [a.u.]", StringComparison.Ordinal);
        var before = forces > 0 ? text[..forces] : text;
        var free = Numbers(before, @"ENERGY\| Total FORCE_EVAL.*?(-?\d+\.\d+)\s*$")[^1] * Hartree;
        var entropic = Numbers(before, @"Electronic entropic energy:\s+(-?\d+\.\d+)").LastOrDefault() * Hartree;

        var calculation = Import(name).Calculation;

        Assert.Equal(free, calculation.FreeEnergy, 9);
        Assert.Equal(free - entropic, calculation.EnergyWithoutEntropy, 9);
        Assert.Equal(free - (entropic / 2), calculation.Energy, 9);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Read_StepsAndFlags_AreThoseOfTheText(string name)
    {
        var text = File.ReadAllText(ImportFiles.Of("cp2k", $"{name}.out"));
        var energies = Numbers(text, @"ENERGY\| Total FORCE_EVAL.*?(-?\d+\.\d+)\s*$");

        var imported = Import(name);

        Assert.Equal(energies.Count, imported.Steps.Count);
        Assert.All(imported.Steps.Zip(energies), step => Assert.Equal(step.Second * Hartree, step.First.FreeEnergy, 9));
        Assert.Equal(Regex.Count(text, "SCF run NOT converged"), imported.Calculation.ScfFailures);
        Assert.Equal(text.Contains("PROGRAM ENDED AT", StringComparison.Ordinal), imported.Calculation.Ended);
        var steps = Numbers(text, @"SCF run converged in\s+(\d+) steps");
        Assert.Equal(steps.Take(imported.Steps.Count(s => s.ScfConverged)), imported.Steps.Where(s => s.ScfConverged).Select(s => (double)s.ElectronicSteps!));
    }

    [Theory]
    [InlineData("DIIS/Diag.  0.99E-02", true)]
    [InlineData("DIIS/Diag.  0.28E+00", false)]
    [InlineData("P_Mix/Diag. 0.20E+00", true)]
    [InlineData("DIIS/Diag.  ********", true)]
    public void Read_FieldThatCameToRest_IsConvergedWhereItsCommutatorVanished(string lastStep, bool converged)
    {
        // The rows before the last are of DIIS with a large commutator in every case; only the last one counts.
        var text = File.ReadAllText(ImportFiles.Of("cp2k", "Cu2_stopped.out")).Replace("Broy./Diag. 0.20E+00", "DIIS/Diag.  0.50E+00", StringComparison.Ordinal);
        var end = text.LastIndexOf("*** SCF run converged", StringComparison.Ordinal);
        var last = text.LastIndexOf("DIIS/Diag.  0.50E+00", end, StringComparison.Ordinal);
        var path = files.Write("Cu2_stopped.out", string.Concat(text.AsSpan(0, last), lastStep, text.AsSpan(last + lastStep.Length)));

        Assert.Equal(converged, CalculationImporter.Read(path)[0].Calculation.ScfConverged);
    }

    [Theory]
    [InlineData("Cu2")]
    [InlineData("Cu2_killed")]
    [InlineData("Cu2_stopped")]
    [InlineData("Ti2_unconverged")]
    public void Read_Forces_AreTheLastTableOfTheText(string name)
    {
        var text = File.ReadAllText(ImportFiles.Of("cp2k", $"{name}.out"));
        var table = text[text.LastIndexOf("ATOMIC FORCES in [a.u.]", StringComparison.Ordinal)..];
        var expected = Numbers(table[..table.IndexOf("SUM OF", StringComparison.Ordinal)], @"(-?\d+\.\d{8})").Select(f => f * Force);

        var calculation = Import(name).Calculation;

        Assert.All(expected.Zip(calculation.Forces!.SelectMany(f => f)), pair => Assert.Equal(pair.First, pair.Second, 12));
        Assert.Equal(calculation.Forces!.Max(f => Math.Sqrt(f.Sum(x => x * x))), calculation.MaxForce, 12);
    }

    [Theory]
    [InlineData("Cu2", 3)]
    [InlineData("Cu2_killed", 1)]
    [InlineData("Cu2_stopped", 0)]
    public void Read_Geometry_IsThatOfTheLastEnergy(string name, int frame)
    {
        var rows = File.ReadAllLines(ImportFiles.Of("cp2k", $"{name}-pos-1.xyz"))[((4 * frame) + 2)..((4 * frame) + 4)];

        var positions = Import(name).Calculation.Positions;

        Assert.Equal(rows.Select(row => row.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..].Select(Number)), positions);
    }

    [Fact]
    public void Read_Relaxation_IsConvergedWithItsMethod()
    {
        var imported = Import("Cu2");

        Assert.True(imported.Calculation.GeometryConverged);
        Assert.True(imported.Calculation.ScfConverged);
        Assert.Empty(imported.Warnings);
        Assert.Empty(imported.Missing);
        Assert.Equal(
            "CP2K 2023.1 PBE GTH-PBE DZVP-MOLOPT-SR-GTH RKS Fermi-Dirac 3000 K box 7.0 A cutoff 200 Ry rel_cutoff 40 Ry "
            + "EPS_DEFAULT 1E-09 EPS_SCF 1E-05 MAX_DR 0.003 MAX_FORCE 0.0009 RMS_DR 0.0015 RMS_FORCE 0.0006",
            imported.Calculation.Method.ToString());
        Assert.Equal("GTH-PBE-q11", imported.Calculation.Potentials["Cu"]);
        Assert.Equal([7, 0, 0, 0, 7, 0, 0, 0, 7], imported.Calculation.Cell!.Vectors);
        Assert.Null(imported.Calculation.Multiplicity);
        Assert.Equal(double.NaN, imported.Calculation.MagneticMoment);
        Assert.Equal([-0.0, 0.0], imported.Calculation.Charges["Mulliken"]);
        Assert.Equal([0.001, 0.001], imported.Calculation.Charges["Hirshfeld"]);
        Assert.Equal((SystemKind.Other, "Cu2"), (imported.Calculation.System.Kind, imported.Calculation.Name));
        Assert.Equal(["Cu2-k1-1.pdos", "Cu2-pos-1.xyz", "Cu2.out"], imported.Calculation.SourceFiles.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Read_GapWithSmearing_IsBetweenTheLevelsWhereOccupationCrossesOne()
    {
        // The last table of eigenvalues: occupation 1.988 at -0.159046 hartree, 0.059 at -0.077319.
        Assert.Equal((-0.077319 + 0.159046) * Hartree, Import("Cu2").Calculation.Gap, 9);
    }

    [Fact]
    public void Read_DBandCentre_IsTheWeightedMeanOfTheFile()
    {
        var rows = File.ReadAllLines(ImportFiles.Of("cp2k", "Cu2-k1-1.pdos"));
        var fermi = Numbers(rows[0], @"E\(Fermi\) =\s+(-?\d+\.\d+)")[0];
        var titles = rows[1].Split(' ', StringSplitOptions.RemoveEmptyEntries)[4..];
        var (weight, moment) = (0.0, 0.0);
        foreach (var row in rows[2..].Select(r => r.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Number).ToArray()))
        {
            var d = Enumerable.Range(0, row.Length).Where(i => i >= 3 && titles[i - 2].StartsWith('d')).Sum(i => row[i]);
            weight += row[2] * d;
            moment += row[2] * d * (row[1] - fermi);
        }

        Assert.Equal(moment / weight * Hartree, Import("Cu2").Calculation.DBandCentre, 9);
    }

    [Fact]
    public void Read_FreeAtom_HasItsSpinAndTheGapOfBothSpins()
    {
        var imported = Import("Ti_atom");
        var atom = imported.Calculation;

        Assert.Equal((SystemKind.FreeAtom, "Ti_atom"), (atom.System.Kind, atom.Name));
        Assert.Equal((3, 2.0), (atom.Multiplicity, atom.MagneticMoment));
        Assert.Equal("UKS", atom.Method.Spin);
        Assert.Equal("none", atom.Method.Smearing);
        Assert.Null(atom.GeometryConverged);
        Assert.Equal(["forces"], imported.Missing);

        // HOMO is the beta 4s at -0.102802 hartree, LUMO the alpha 3d at -0.090439; both from the pdos files.
        Assert.Equal((0.102802 - 0.090439) * Hartree, atom.Gap, 9);
    }

    [Fact]
    public void Read_PrintedGap_IsTakenWhereLevelsAreNot() => Assert.Equal(10.212876, Import("H2O_gap").Calculation.Gap);

    [Fact]
    public void Read_ScfNotConverged_IsFlagged()
    {
        var imported = Import("Ti2_unconverged");

        Assert.Equal("the SCF did not converge", imported.Calculation.EnergyFault);
        Assert.Equal(1.173248, imported.Calculation.MagneticMoment);
        Assert.Equal(
            ["the SCF did not converge in 1 of 1 steps", "the multiplicity 3 is that of the start; smearing let the moment go to 1.17 muB"],
            imported.Warnings);
    }

    [Fact]
    public void Read_KilledRun_IsNotRelaxed()
    {
        var imported = Import("Cu2_killed");

        Assert.Equal(false, imported.Calculation.GeometryConverged);
        Assert.True(imported.Calculation.ScfConverged);
        Assert.Contains("the run did not end by itself (no \"PROGRAM ENDED AT\"): its last complete energy is read", imported.Warnings);
    }

    [Fact]
    public void Read_StepLimit_IsNotRelaxed()
    {
        var imported = Import("Cu2_stopped");

        Assert.Equal(false, imported.Calculation.GeometryConverged);
        Assert.Equal(["the relaxation stopped at its step limit"], imported.Warnings);
    }

    [Fact]
    public void Read_Vibrations_AreAMinimum()
    {
        var water = Import("H2O_vibrations").Calculation;

        Assert.Equal([1623.807003, 3721.987864, 3821.176796], water.Frequencies);
        Assert.True(water.ScfConverged);
        Assert.Equal(Numbers(File.ReadAllText(ImportFiles.Of("cp2k", "H2O_vibrations-r-0.out")), @"Total FORCE_EVAL.*?(-?\d+\.\d+)\s*$")[^1] * Hartree, water.Energy, 5);
        Assert.Equal("minimum: 3 real frequencies (3N - 6), smallest 1623.8 1/cm", VibrationalAnalysis.Judge(water.Frequencies!, 3).Text);
    }

    [Fact]
    public void Read_VibrationsOfALinearStructure_AreASaddlePoint()
    {
        var water = Import("H2O_linear");
        var linear = VibrationalAnalysis.IsLinear(water.Calculation.Positions);

        Assert.Equal(
            "saddle point of order 2: smallest frequency 1604.0i 1/cm",
            VibrationalAnalysis.Judge(water.Calculation.Frequencies!, 3, linear).Text);
        Assert.False(water.Calculation.ScfConverged);
        Assert.Contains(water.Warnings, w => w.Contains("H2O_linear-r-0.out, which is not here", StringComparison.Ordinal));
    }

    [Fact]
    public void Read_NameOfASystem_IsTheName()
    {
        File.Copy(ImportFiles.Of("cp2k", "Ti_atom.out"), files.In("Ti13.out"));
        var imported = Assert.Single(CalculationImporter.Read(files.In("Ti13.out")));

        Assert.Equal("Ti_atom", imported.Calculation.Name);
        Assert.Contains("the name Ti13 says Ti13, the file holds Ti1: the atoms count", imported.Warnings);
    }

    [Fact]
    public void Read_NoTrajectory_HasNoFinalGeometry()
    {
        File.Copy(ImportFiles.Of("cp2k", "Cu2.out"), files.In("Cu2.out"));
        var imported = Assert.Single(CalculationImporter.Read(files.In("Cu2.out")));

        Assert.Empty(imported.Calculation.Positions);
        Assert.Contains("final geometry (Cu2-pos-1.xyz)", imported.Missing);
        Assert.Equal(Import("Cu2").Calculation.Energy, imported.Calculation.Energy);
    }

    [Fact]
    public void Read_CutBeforeTheFirstEnergy_IsAnError()
    {
        var text = File.ReadAllText(ImportFiles.Of("cp2k", "Cu2.out"));
        var path = files.Write("Cu2.out", text[..text.IndexOf("ENERGY|", StringComparison.Ordinal)]);

        Assert.Equal(
            "nothing to import from this output of CP2K: it ended before the first energy",
            Assert.Throws<MalformedFileException>(() => CalculationImporter.Read(path)).Message);
    }

    [Fact]
    public void Read_CutInTheMiddleOfAnEnergy_DoesNotTakeHalfANumber()
    {
        var text = File.ReadAllText(ImportFiles.Of("cp2k", "Cu2_killed.out"));
        var last = text.LastIndexOf("ENERGY|", StringComparison.Ordinal);
        var path = files.Write("Cu2_killed.out", text[..(text.IndexOf("-96.", last, StringComparison.Ordinal) + 6)]);

        Assert.Equal(2, Assert.Single(CalculationImporter.Read(path)).Steps.Count);
    }

    [Theory]
    [InlineData(" ENERGY| Total FORCE_EVAL ( QS ) energy [a.u.]:              -58", " ENERGY| Total FORCE_EVAL ( QS ) energy [a.u.]:              -5*", "the total energy should be a number")]
    [InlineData(" DFT| Multiplicity                                                             3", " DFT| Multiplicity                                                             x", "the multiplicity should be an integer, not \"x\"")]
    [InlineData("       1     Ti       1         7.000000     5.000000", "       1     Ti       1         7.000000", "a line of the Mulliken table has 6 columns")]
    public void Read_DamagedLine_IsNamed(string line, string damaged, string message)
    {
        var text = File.ReadAllText(ImportFiles.Of("cp2k", "Ti_atom.out"));
        var path = files.Write("Ti_atom.out", text.Replace(line, damaged, StringComparison.Ordinal));

        var e = Assert.Throws<MalformedFileException>(() => CalculationImporter.Read(path));

        Assert.StartsWith(message, e.Message, StringComparison.Ordinal);
        Assert.Equal(Array.FindIndex(text.Split('\n'), l => l.StartsWith(line, StringComparison.Ordinal)) + 1, e.Line);
    }

    [Fact]
    public void Read_TwoRunsInOneFile_TakesTheLast()
    {
        var path = files.Write("Cu2.out", File.ReadAllText(ImportFiles.Of("cp2k", "Ti_atom.out")) + File.ReadAllText(ImportFiles.Of("cp2k", "Cu2_killed.out")));

        var imported = Assert.Single(CalculationImporter.Read(path));

        Assert.Equal(["Cu", "Cu"], imported.Calculation.Symbols);
        Assert.Contains("the file holds 2 runs one after another; the last is read", imported.Warnings);
    }

    [Fact]
    public void Read_Folder_GivesEveryOutput()
    {
        var found = CalculationImporter.Read(ImportFiles.Of("cp2k"));

        Assert.Equal(
            ["Cu2", "Cu2_killed", "Cu2_stopped", "H2O_gap", "H2O_linear", "H2O_vibrations", "Ti2_unconverged", "Ti_atom"],
            found.Select(f => Path.GetFileNameWithoutExtension(f.Source)));
        Assert.All(found, f => Assert.Equal(ImportFormat.Cp2k, f.Format));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Write_WhatWasRead_ReadsBack(string name)
    {
        var calculation = Import(name).Calculation;
        CalculationFile.Write(files.In("a.json"), calculation);

        var again = CalculationFile.ReadAny(files.In("a.json"));

        Assert.Equal(CalculationText.Of(calculation), CalculationText.Of(again));
        Assert.Equal((calculation.System, calculation.Method, calculation.Cell), (again.System, again.Method, again.Cell));
        Assert.Equal(
            (calculation.Energy, calculation.FreeEnergy, calculation.EnergyWithoutEntropy, calculation.Gap, calculation.DBandCentre),
            (again.Energy, again.FreeEnergy, again.EnergyWithoutEntropy, again.Gap, again.DBandCentre));
    }

    [Fact]
    public void Files_Committed_NameNoMachine() => Assert.All(
        Directory.EnumerateFiles(ImportFiles.Of("cp2k"), "*.out"),
        file => Assert.DoesNotMatch(@"PROGRAM (STARTED|RAN|STOPPED) (ON|BY|IN)|PROCESS ID|CPU model|/home/|/tmp/", File.ReadAllText(file)));

    private static ImportedCalculation Import(string name) => Assert.Single(CalculationImporter.Read(ImportFiles.Of("cp2k", $"{name}.out")));

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static List<double> Numbers(string text, string pattern) =>
        [.. Regex.Matches(text, pattern, RegexOptions.Multiline).Select(m => Number(m.Groups[1].Value))];
}
