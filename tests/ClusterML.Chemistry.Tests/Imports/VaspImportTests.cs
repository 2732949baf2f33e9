using System.IO.Compression;
using ClusterML.Chemistry.Calculations;
using ClusterML.Chemistry.Imports;
using ClusterML.Chemistry.Vibrations;

namespace ClusterML.Chemistry.Tests.Imports;

/// <summary>Files in the layout of VASP, made by Files/vasp/make.py and not by VASP; the numbers below are those in the script.</summary>
public sealed class VaspImportTests : IDisposable
{
    private readonly ImportFiles files = new();

    public void Dispose() => files.Dispose();

    [Fact]
    public void Read_Relaxed_CombinesEveryFile()
    {
        var imported = Import(ImportFiles.Of("vasp", "relaxed"));
        var calculation = imported.Calculation;

        Assert.Equal(ImportFormat.Vasp, imported.Format);
        Assert.Equal((-14.42010203, -14.40775643, -14.41392923), (calculation.FreeEnergy, Math.Round(calculation.EnergyWithoutEntropy, 8), Math.Round(calculation.Energy, 8)));
        Assert.Equal((true, true, true), (calculation.ScfConverged, calculation.GeometryConverged, calculation.Ended));
        Assert.Equal([12, 8, 6], imported.Steps.Select(s => s.ElectronicSteps));
        Assert.Equal(["Ti", "Ti", "Cu"], calculation.Symbols);
        Assert.Equal([[0.009, -0.004, 0], [-0.009, -0.004, 0], [0, 0.008, 0.001]], calculation.Forces);
        Assert.Equal(4.008, calculation.Positions[0][0], 10);
        Assert.Equal(
            "VASP 5.4.4 PBE PAW_PBE plane-waves UKS Gaussian 0.05 eV box 10.0 A cutoff 400 eV prec accurate EDIFF 1E-06 EDIFFG -0.02",
            calculation.Method.ToString());
        Assert.Equal("PAW_PBE Ti_pv 07Sep2000", calculation.Potentials["Ti"]);
        Assert.Empty(imported.Warnings);
        Assert.Equal(["charges (VASP prints none)"], imported.Missing);
    }

    [Fact]
    public void Read_Moment_IsThatOfOutcar_OrTheDifferenceOfOccupations()
    {
        var outcar = Import(ImportFiles.Of("vasp", "relaxed")).Calculation.MagneticMoment;

        Assert.Equal(1.3724887, outcar);
        Assert.Equal(outcar, Import(ImportFiles.Of("vasp", "relaxed", "vasprun.xml")).Calculation.MagneticMoment, 3);
    }

    [Fact]
    public void Read_Gap_IsThatOfBothSpinsAroundTheFermiLevel()
    {
        // The Fermi level is -3.1234. Below it lies -3.6005 + 0.3 of the one spin; the level -2.8119 - 0.3 of the other, just
        // above it, holds 0.37 electrons and so counts as empty.
        Assert.Equal(-3.1119 + 3.3005, Import(ImportFiles.Of("vasp", "relaxed")).Calculation.Gap, 9);
    }

    [Fact]
    public void Read_DBandCentre_OfProjectionsAndOfDoscar_Agree()
    {
        var folder = files.CopyOf("vasp", "relaxed");
        var projected = Import(folder).Calculation.DBandCentre;
        ImportFiles.Edit(Path.Combine(folder, "vasprun.xml"), text => string.Concat(
            text.AsSpan(0, text.IndexOf("  <projected>", StringComparison.Ordinal)),
            text.AsSpan(text.IndexOf("</projected>", StringComparison.Ordinal) + "</projected>\n".Length)));

        // By hand, from the levels of the script, for the occupied side of both spins.
        double[] levels = [-6.4137, -4.9021, -4.0318, -3.6005, -3.2462, -2.8119, -1.7004, 0.9127];
        double[] d = [0.21, 0.73, 0.88, 0.92, 0.81, 0.64, 0.35, 0.02];
        var (weight, moment) = (0.0, 0.0);
        foreach (var (level, share) in levels.Zip(d))
        {
            foreach (var shift in (double[])[-0.3, 0.3])
            {
                var f = Occupation((level + shift + 3.1234) / 0.05);
                weight += f * share;
                moment += f * share * (level + shift + 3.1234);
            }
        }

        Assert.Equal(moment / weight, projected, 3);
        Assert.Equal(projected, Import(folder).Calculation.DBandCentre, 1);
        Assert.Contains("DOSCAR", Import(folder).Calculation.SourceFiles.Keys);
    }

    [Fact]
    public void Read_FreeAtom_IsNamedByItsFolder()
    {
        var imported = Import(ImportFiles.Of("vasp", "Ti_atom"));

        Assert.Equal((SystemKind.FreeAtom, "Ti_atom"), (imported.Calculation.System.Kind, imported.Calculation.Name));
        Assert.Null(imported.Calculation.GeometryConverged);
        Assert.DoesNotContain("EDIFFG", imported.Calculation.Method.Thresholds, StringComparison.Ordinal);
        Assert.Equal(-1.0455, imported.Calculation.DBandCentre, 4);
    }

    [Theory]
    [InlineData("")]
    [InlineData("OUTCAR")]
    [InlineData("vasprun.xml")]
    public void Read_Stopped_IsNotConverged(string file)
    {
        var imported = Import(ImportFiles.Of("vasp", "stopped", file));

        Assert.Equal([true, false], imported.Steps.Select(s => s.ScfConverged));
        Assert.Equal((false, false, 1), (imported.Calculation.ScfConverged, imported.Calculation.GeometryConverged, imported.Calculation.ScfFailures));
        Assert.Equal("RKS", imported.Calculation.Method.Spin);
        Assert.Equal(double.NaN, imported.Calculation.MagneticMoment);
        Assert.Contains("the electronic loop did not converge in 1 of 2 ionic steps", imported.Warnings);
    }

    [Fact]
    public void Read_ContcarAhead_TakesTheGeometryOfTheEnergy()
    {
        var imported = Import(ImportFiles.Of("vasp", "stopped"));

        Assert.Equal(4.004, imported.Calculation.Positions[0][0], 10);
        Assert.Contains("CONTCAR is up to 0.0173 Angstrom away from the geometry of the last energy, which is the one read", imported.Warnings);
    }

    [Fact]
    public void Read_SpinRestrictedOccupations_CountDouble()
    {
        // -3.2462 is filled (-3.1234 is the Fermi level) and -2.8119 empty.
        Assert.Equal(3.2462 - 2.8119, Import(ImportFiles.Of("vasp", "stopped")).Calculation.Gap, 9);
    }

    [Theory]
    [InlineData("vasprun.xml")]
    [InlineData("OUTCAR")]
    public void Read_OneFile_AgreesWithTheFolder(string file)
    {
        var (folder, alone) = (Import(ImportFiles.Of("vasp", "relaxed")).Calculation, Import(ImportFiles.Of("vasp", "relaxed", file)).Calculation);

        Assert.Equal(folder.Energy, alone.Energy, 7);
        Assert.Equal(folder.EnergyWithoutEntropy, alone.EnergyWithoutEntropy, 7);
        Assert.Equal(folder.Forces, alone.Forces);
        Assert.Equal(folder.Method, alone.Method);
        Assert.Equal((folder.ScfConverged, folder.Name), (alone.ScfConverged, alone.Name));
        Assert.True(alone.GeometryConverged);
    }

    [Fact]
    public void Read_Frequencies_AreJudged()
    {
        var frequencies = Import(ImportFiles.Of("vasp", "frequencies")).Calculation.Frequencies!;
        var judged = VibrationalAnalysis.Judge(frequencies, 3);

        Assert.Equal(9, frequencies.Count);
        Assert.Equal(-187.331, frequencies[2], 3);
        Assert.Equal((VibrationalVerdict.SaddlePoint, 1, 6), (judged.Verdict, judged.Imaginary, judged.Rigid.Count));
        Assert.Equal("saddle point of order 1: smallest frequency 187.3i 1/cm", judged.Text);
    }

    [Theory]
    [InlineData("vasprun.xml", "OUTCAR")]
    [InlineData("vasprun.xml")]
    [InlineData("OUTCAR")]
    public void Read_FiniteDifferences_TakesTheStructureThatIsNotDisplaced(params string[] kept)
    {
        // The relaxation in three steps, as if the second and third were displaced structures.
        var folder = files.CopyOf("vasp", "relaxed");
        foreach (var other in Directory.EnumerateFiles(folder).Where(f => kept.Length == 1 && Path.GetFileName(f) != kept[0]))
        {
            File.Delete(other);
        }

        foreach (var file in kept)
        {
            ImportFiles.Edit(Path.Combine(folder, file), text => text
                .Replace("name=\"IBRION\">     2<", "name=\"IBRION\">     5<", StringComparison.Ordinal)
                .Replace("IBRION =      2", "IBRION =      5", StringComparison.Ordinal)
                .Replace("reached required accuracy", "", StringComparison.Ordinal));
        }

        var imported = Import(folder);
        var calculation = imported.Calculation;

        Assert.Equal(-14.10203344, calculation.FreeEnergy);
        Assert.Equal([[0.31, -0.12, 0], [-0.31, -0.12, 0], [0, 0.24, 0]], calculation.Forces);
        Assert.Equal(4.0, calculation.Positions[0][0], 10);
        Assert.Equal(((bool?)null, true, true, 3), (calculation.GeometryConverged, calculation.ScfConverged, calculation.Ended, imported.Steps.Count));
        Assert.Empty(imported.Warnings);
    }

    [Theory]
    [InlineData("vasprun.xml", "<varray name=\"forces\"")]
    [InlineData("OUTCAR", "energy  without entropy=")]
    public void Read_CutOff_TakesTheFinishedSteps(string file, string before)
    {
        var folder = files.CopyOf("vasp", "relaxed");
        foreach (var other in Directory.EnumerateFiles(folder).Where(f => Path.GetFileName(f) != file))
        {
            File.Delete(other);
        }

        ImportFiles.Edit(Path.Combine(folder, file), text => text[..text.LastIndexOf(before, StringComparison.Ordinal)]);
        var imported = Import(folder);

        Assert.Equal(2, imported.Steps.Count);
        Assert.Equal((false, false, -14.41827361), (imported.Calculation.Ended, imported.Calculation.GeometryConverged, imported.Calculation.FreeEnergy));
        Assert.Contains("the run did not end by itself: its last finished ionic step is read", imported.Warnings);
    }

    [Fact]
    public void Read_CutBeforeTheFirstStep_IsAnError()
    {
        var text = File.ReadAllText(ImportFiles.Of("vasp", "relaxed", "OUTCAR"));
        var path = files.Write("OUTCAR", text[..text.IndexOf("POSITION  ", StringComparison.Ordinal)]);

        Assert.Equal("it ended before the first ionic step was finished", Assert.Throws<MalformedFileException>(() => Import(path)).Message);
    }

    [Fact]
    public void Read_FilesOfDifferentRuns_AreRefused()
    {
        var folder = files.CopyOf("vasp", "relaxed");
        ImportFiles.Edit(Path.Combine(folder, "OUTCAR"), text => text.Replace("-14.42010203", "-14.52010203", StringComparison.Ordinal));

        Assert.Equal(
            "vasprun.xml and OUTCAR are of different runs: the free energy of a step: -14.42010203 eV and -14.52010203 eV",
            Assert.Throws<MalformedFileException>(() => Import(folder)).Message);
    }

    [Fact]
    public void Read_ContcarOfOtherAtoms_IsRefused()
    {
        var folder = files.CopyOf("vasp", "relaxed");
        ImportFiles.Edit(Path.Combine(folder, "CONTCAR"), text => text.Replace("Cu\n", "Ag\n", StringComparison.Ordinal));

        Assert.StartsWith("CONTCAR holds AgTi2", Assert.Throws<MalformedFileException>(() => Import(folder)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_EigenvalOfAnotherRun_IsNotUsed()
    {
        var folder = files.CopyOf("vasp", "relaxed");
        ImportFiles.Edit(Path.Combine(folder, "EIGENVAL"), text => text.Replace("-5.202100", "-5.302100", StringComparison.Ordinal));

        Assert.Contains("EIGENVAL is not of the last step of this run; it was not used", Import(folder).Warnings);
    }

    [Fact]
    public void Read_Packed_IsTheSame()
    {
        using (var packed = new GZipStream(File.Create(files.In("vasprun.xml.gz")), CompressionLevel.Fastest))
        {
            packed.Write(File.ReadAllBytes(ImportFiles.Of("vasp", "relaxed", "vasprun.xml")));
        }

        Assert.Equal(Import(ImportFiles.Of("vasp", "relaxed")).Calculation.Energy, Import(files.In()).Calculation.Energy);
    }

    [Theory]
    [InlineData("<v>      0.00900000", "<v>      0.00x00000", "a vector should be a number, not \"0.00x00000\"")]
    [InlineData("    <r>    -3.1119", "    <r>", "an eigenvalue with its occupation should have 2 numbers, not 1")]
    [InlineData("   </varray>\n   <i name=\"volume\">", "   </varrax>\n   <i name=\"volume\">", "the XML is damaged: ")]
    public void Read_DamagedXml_IsNamed(string part, string damaged, string message)
    {
        var path = files.Write("vasprun.xml", File.ReadAllText(ImportFiles.Of("vasp", "relaxed", "vasprun.xml")).Replace(part, damaged, StringComparison.Ordinal));

        var e = Assert.Throws<MalformedFileException>(() => Import(path));

        Assert.StartsWith(message, e.Message, StringComparison.Ordinal);
        Assert.True(e.Line > 1);
    }

    [Theory]
    [InlineData("CONTCAR")]
    [InlineData("DOSCAR")]
    [InlineData("EIGENVAL")]
    public void Read_FileWithoutEnergy_SaysWhatIsNeeded(string file) => Assert.Equal(
        "it holds no total energy; import the folder, with vasprun.xml or OUTCAR in it",
        Assert.Throws<MalformedFileException>(() => Import(ImportFiles.Of("vasp", "relaxed", file))).Message);

    [Theory]
    [InlineData("GGA\">--<", "GGA\">RP<", "RPBE")]
    [InlineData("<i name=\"SYSTEM\"", "<i type=\"logical\" name=\"LDAU\"> T </i>\n  <i name=\"SYSTEM\"", "PBE+U")]
    [InlineData("</incar>", "<i type=\"int\" name=\"IVDW\">    12</i></incar>", "PBE+IVDW12")]
    public void Read_Functional_IsThatOfTheTags(string part, string other, string functional)
    {
        var text = File.ReadAllText(ImportFiles.Of("vasp", "relaxed", "vasprun.xml")).Replace("<i type=\"string\" name=\"SYSTEM\"", "<i name=\"SYSTEM\"", StringComparison.Ordinal);
        var path = files.Write("vasprun.xml", text.Replace(part, other, StringComparison.Ordinal));

        Assert.Equal(functional, Import(path).Calculation.Method.Functional);
    }

    [Theory]
    [InlineData(-1, "Fermi-Dirac 0.05 eV")]
    [InlineData(1, "Methfessel-Paxton-1 0.05 eV")]
    [InlineData(-5, "tetrahedron-Bloechl")]
    [InlineData(-2, "none")]
    public void Read_Smearing_IsThatOfIsmear(int ismear, string smearing)
    {
        var path = files.Write("OUTCAR", File.ReadAllText(ImportFiles.Of("vasp", "relaxed", "OUTCAR"))
            .Replace("ISMEAR =     0;", FormattableString.Invariant($"ISMEAR = {ismear,5};"), StringComparison.Ordinal));

        var method = Import(path).Calculation.Method;

        Assert.Equal(smearing, method.Smearing);
        Assert.Equal(method, MethodDescription.Parse(method.ToString()));
    }

    private static double Occupation(double x) => 0.5 * Erfc(x);

    /// <summary>Complementary error function (W. J. Cody's range, here by its continued fraction and series).</summary>
    private static double Erfc(double x)
    {
        if (x < 0)
        {
            return 2 - Erfc(-x);
        }

        if (x > 3)
        {
            return 0;
        }

        var (sum, term) = (x, x);
        for (var n = 1; n < 80; n++)
        {
            term *= -x * x / n;
            sum += term / ((2 * n) + 1);
        }

        return 1 - (2 / Math.Sqrt(Math.PI) * sum);
    }

    private static ImportedCalculation Import(string path) => Assert.Single(CalculationImporter.Read(path.TrimEnd(Path.DirectorySeparatorChar)));
}
