using ClusterML.Data.Audits;
using CsCheck;
using static ClusterML.Data.Tests.Audits.AuditTables;

namespace ClusterML.Data.Tests.Audits;

/// <summary>Each finding: a table that has it, and one that has not.</summary>
public sealed class TableAuditTests
{
    [Fact]
    public void Run_SameRowUnderTwoIds_IsADuplicate()
    {
        var table = Of(Feature("a", 1, 2, 1, 4), Category("k", "p", "q", "p", "q"), Target("y", 5, 6, 5, 8));

        var finding = Assert.Single(table.Find(FindingKinds.DuplicateRows));

        Assert.Equal(["r0", "r2"], finding.Rows.Select(r => r.Id));
        Assert.Equal("severe duplicate_rows: 2 rows have the same a, k, y [r0 (rows.csv:2), r2 (rows.csv:4)]", finding.ToString());
        Assert.Empty(table.Find(FindingKinds.RepeatedFeatures));
        Assert.Empty(Of(Feature("a", 1, 2, 3, 4), Target("y", 5, 6, 5, 8)).Find(FindingKinds.DuplicateRows));
    }

    [Fact]
    public void Run_CopyUnderANewName_IsADuplicateAllTheSame()
    {
        double[] x = [.. Noise(11, 1), 0.25], y = [.. Noise(11, 2), 0.75];
        (x[11], y[11]) = (x[3], y[3]);
        var names = Enumerable.Range(0, 12).Select(i => $"sample {i}").ToArray();

        Assert.Equal(["r11", "r3"], Of(Category("name", names), Feature("x", x), Target("y", y)).Find(FindingKinds.DuplicateRows).Ids());
    }

    [Fact]
    public void Run_RowsThatDifferByRounding_AreNearlyDuplicates()
    {
        double[] x = Noise(10, 1), y = Noise(10, 2);
        (x[7], y[7]) = (x[2] + 1e-6, y[2] - 1e-6);

        Assert.Equal(["r2", "r7"], Of(Feature("x", x), Target("y", y)).Find(FindingKinds.NearDuplicateRows).Ids());
        y[7] += 0.1;
        Assert.Empty(Of(Feature("x", x), Target("y", y)).Find(FindingKinds.NearDuplicateRows));
        Assert.Empty(Of(Feature("x", x), Target("y", y)).Find(FindingKinds.DuplicateRows));
    }

    [Fact]
    public void Run_SameFeaturesWithOtherTargets_AreRepeated()
    {
        Assert.Equal(["r0", "r1"], Of(Feature("a", 1, 1, 3), Target("y", 5, 6, 7)).Find(FindingKinds.RepeatedFeatures).Ids());
        Assert.Empty(Of(Feature("a", 1, 2, 3), Target("y", 5, 6, 7)).Find(FindingKinds.RepeatedFeatures));
    }

    [Fact]
    public void Run_OneClusterWrittenTwice_IsTheSameComposition()
    {
        Assert.Equal(
            ["Ti11Ti#1", "Ti12Ti#0"],
            Compositions(("Ti", "Ti", 12, 1, -5, -5), ("Ti", "Ti", 11, 2, -5.1, -5.1), ("Ti", "Zr", 12, 1, -4, -3)).Find(FindingKinds.SameComposition).Ids());
        Assert.Empty(Compositions(("Ti", "Zr", 12, 1, -5, -5), ("Zr", "Ti", 12, 1, -5.1, -5.1)).Find(FindingKinds.SameComposition));
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(-2.5, 3)]
    [InlineData(1000, 1e4)]
    public void Run_AffineCopyOfTheTarget_IsTheTargetAmongTheFeatures(double slope, double offset)
    {
        var y = Noise(20, 3);
        double[] copy = [.. y.Select(v => (slope * v) + offset)];

        Assert.Equal(["leak"], Of(Feature("x", Noise(20, 4)), Feature("leak", copy), Target("y", y)).Find(FindingKinds.TargetInFeatures).SelectMany(f => f.Columns));
        Assert.Empty(Of(Feature("x", Noise(20, 4)), Target("y", y)).Find(FindingKinds.TargetInFeatures));
    }

    [Fact]
    public void Run_TargetInSinglePrecision_IsFoundInFewRows()
    {
        double[] y = [0.1, 0.2, 0.4];

        Assert.Single(Of(Feature("copy", [.. y.Select(v => (double)(float)v)]), Target("y", y)).Find(FindingKinds.TargetInFeatures));
    }

    [Theory]
    [InlineData("e_form_in_scaled", "e_form_in", true)]
    [InlineData("logEFormIn", "e_form_in", false)]
    [InlineData("Energy", "energy", true)]
    [InlineData("ionization_energy", "energy", false)]
    [InlineData("ionization_energy", "cohesive_energy", false)]
    public void Run_NameOfTheTargetInAFeature_IsAWarning(string feature, string target, bool found) =>
        Assert.Equal(found, Of(Feature(feature, Noise(12, 1)), Target(target, Noise(12, 2))).Find(FindingKinds.TargetNameInFeatures).Count == 1);

    [Fact]
    public void Run_FeatureThatPredictsAlone_IsAWarning()
    {
        double[] y = Noise(30, 5), noise = Noise(30, 6);
        double[] near = [.. y.Select((v, i) => v + (0.02 * noise[i]))], order = [.. y.Select(v => Math.Exp(v))];
        string[] category = [.. y.Select(v => v > 0 ? "high" : "low")];
        double[] twoLevels = [.. y.Select((v, i) => (v > 0 ? 100 : -100) + (0.1 * noise[i]))];

        Assert.Equal(["near", "order"], Of(Feature("near", near), Feature("order", order), Feature("x", noise), Target("y", y)).Find(FindingKinds.SingleFeaturePredictor).SelectMany(f => f.Columns).Order());
        Assert.Equal(["k"], Of(Category("k", category), Target("y", twoLevels)).Find(FindingKinds.SingleFeaturePredictor).SelectMany(f => f.Columns));
        Assert.Empty(Of(Category("k", category), Feature("x", noise), Target("y", y)).Find(FindingKinds.SingleFeaturePredictor));
    }

    [Fact]
    public void Run_ConstantFeature_IsAWarningAndInCompositionsANote()
    {
        var constant = Assert.Single(Of(Feature("a", 2, 2, 2), Feature("b", 1, 2, 4), Target("y", 5, 6, 7)).Find(FindingKinds.ConstantColumn));
        Assert.Equal(("a", AuditSeverity.Warning), (Assert.Single(constant.Columns), constant.Severity));
        Assert.All(
            Compositions(("Ti", "V", 12, 1, -5, -4), ("Ti", "Zr", 12, 1, -4, -3)).Find(FindingKinds.ConstantColumn),
            f => Assert.Equal(AuditSeverity.Note, f.Severity));
    }

    [Fact]
    public void Run_ConstantTarget_IsAWarning()
    {
        var constant = Assert.Single(Of(Feature("a", 1, 2, 4), Target("y", 5, 5, 5), Target("z", 1, 1, 2)).Find(FindingKinds.ConstantTarget));
        Assert.Equal(("the target y is 5 in every row", AuditSeverity.Warning), (constant.What, constant.Severity));
    }

    [Fact]
    public void Run_FeatureThatNumbersTheRows_IsLikeAnId()
    {
        var index = Enumerable.Range(1, 12).Select(i => (double)((i * 5 % 12) + 1)).ToArray();
        string[] names = [.. Enumerable.Range(0, 12).Select(i => $"n{i}")];

        Assert.Equal(["index", "name"], Of(Feature("index", index), Category("name", names), Feature("x", Noise(12, 1)), Target("y", Noise(12, 2))).Find(FindingKinds.IdLikeColumn).SelectMany(f => f.Columns));
    }

    [Fact]
    public void Run_GroupOfOneRowEach_IsARowId()
    {
        AuditColumn Group(int groups) => Category("g", [.. Enumerable.Range(0, 20).Select(i => $"g{i % groups}")]) with { IsGroup = true };

        Assert.Equal(["g"], Of(Group(19), Target("y", Noise(20, 1))).Find(FindingKinds.GroupIsRowId).SelectMany(f => f.Columns));
        Assert.Empty(Of(Group(10), Target("y", Noise(20, 1))).Find(FindingKinds.GroupIsRowId));
    }

    [Fact]
    public void Run_TwoSitesOfOneClusterDiffer_ViolatesTheIdentity()
    {
        var finding = Assert.Single(Compositions(("Ti", "Ti", 12, 1, -5, -4.9), ("Ti", "Zr", 12, 1, -4, -3)).Find(FindingKinds.IdentityViolation));

        Assert.Equal("Ti12Ti#0", Assert.Single(finding.Rows).Id);
        Assert.Empty(Compositions(("Ti", "Ti", 12, 1, -5, -5), ("Ti", "Zr", 12, 1, -4, -3)).Find(FindingKinds.IdentityViolation));
    }

    [Fact]
    public void Run_PartsThatDoNotAddUp_ViolateEquationOne()
    {
        AuditTable Table(string binding) => Of(Other("e_b", binding), Other("e_b_u", "-3.50"), Other("e_int", "-6.00"), Other("de_dist", "0.10"));

        // (12 * -3.5 - 6 + 12 * 0.1) / 13 = -3.6
        Assert.Empty(Table("-3.60").Find(FindingKinds.IdentityViolation));
        Assert.Empty(Table("-3.61").Find(FindingKinds.IdentityViolation));
        Assert.Single(Table("-3.65").Find(FindingKinds.IdentityViolation));
    }

    [Fact]
    public void Run_SitePreferenceThatIsNotTheDifference_IsFoundWithoutBeingDeclared()
    {
        var table = Of(Other("de_tot", "-1.0", "-1.0", ""), Other("e_form_in", "-5", "-5", "-5"), Other("e_form_out", "-4", "-4.5", "-4"));

        Assert.Equal(["r1"], table.Find(FindingKinds.IdentityViolation).Ids());
    }

    [Fact]
    public void Run_IdentityOfAMissingColumn_SaysWhichColumnsThereAre()
    {
        var problem = Assert.Throws<DataException>(() => TableAudit.Run(Of(Feature("a", 1, 2)), new() { Identities = ["a = b", "a ="] }));

        Assert.Equal(
            ["identity \"a = b\": rows has no column b; it has a", "identity \"a =\", column 4: expected a column, a number or ("],
            problem.Problems.Select(p => p.Message));
    }

    [Fact]
    public void Run_BindingEnergyThatIsNotNegative_IsUnbound()
    {
        Assert.Equal(["r1"], Of(Other("e_b", "-2.1", "0.3", "-1.9")).Find(FindingKinds.UnboundCluster).Ids());
        Assert.Empty(Of(Other("e_b", "-2.1", "", "-1.9")).Find(FindingKinds.UnboundCluster));
    }

    [Fact]
    public void Run_ClusterBoundBeyondItsBulk_IsAWarning()
    {
        // Bulk Ti: 4.85 eV/atom.
        Assert.Equal(["r1"], Of(Other("symbol", "Ti", "Ti"), Other("eb_eV_per_atom", "-3.7", "-37.1")).Find(FindingKinds.BoundBeyondBulk).Ids());
        Assert.Empty(Of(Other("symbol", "Ti", "Ti"), Other("eb_eV_per_atom", "-3.7", "-4.9")).Find(FindingKinds.BoundBeyondBulk));
    }

    [Fact]
    public void Run_SizeOffTheEnergyCurve_IsAKink()
    {
        AuditTable Curve(double shift) => Of(
            Other("symbol", [.. Enumerable.Repeat("Nb", 30)]),
            Other("n_atoms", [.. Enumerable.Range(3, 30).Select(n => FormattableString.Invariant($"{n}"))]),
            Other("energy_total_eV", [.. Enumerable.Range(3, 30).Select(n => FormattableString.Invariant($"{(-7.0 * n) + (6 * Math.Pow(n, 2 / 3.0)) + (0.3 * Math.Sin(7.0 * n)) + (n == 20 ? shift : 0)}"))]));

        var kinks = Curve(2.5).Find(FindingKinds.EnergyCurveKink);
        Assert.Contains("r17", kinks.Ids());
        Assert.Contains(kinks, f => f.What.StartsWith("Nb20 lies above its neighbours", StringComparison.Ordinal));
        Assert.Empty(Curve(0).Find(FindingKinds.EnergyCurveKink));
    }

    [Fact]
    public void Run_TargetFarOut_IsAnOutlier()
    {
        double[] y = Noise(30, 1);
        Assert.Empty(Of(Feature("x", Noise(30, 2)), Target("y", y)).Find(FindingKinds.TargetOutlier));
        y[4] = 400;
        Assert.Equal(["r4"], Of(Feature("x", Noise(30, 2)), Target("y", y)).Find(FindingKinds.TargetOutlier).Ids());
    }

    [Fact]
    public void Run_ColumnsOnHowRowsWereComputed_AreRead()
    {
        var table = Of(
            Other("scf_converged", "1", "0", "1"),
            Other("geometry_converged", "true", "true", "false"),
            Other("fmax_eV_per_A", "0.01", "0.2", ""),
            Other("pilot", "false", "false", "true"),
            Other("method", "A", "A", "B"),
            Other("spin", "RKS", "UKS", "RKS"));

        Assert.Equal(["r1", "r2"], table.Find(FindingKinds.UnconvergedRows).Ids().Order());
        Assert.Equal(["r1"], table.Find(FindingKinds.LooseRelaxation).Ids());
        Assert.Equal(["r2"], table.Find(FindingKinds.PilotRows).Ids());
        Assert.Equal("method has 2 values: A (2 rows); B (1 rows)", Assert.Single(table.Find(FindingKinds.MixedFingerprints)).What);
        Assert.Single(table.Find(FindingKinds.MixedSpin));

        var clean = TableAudit.Run(Of(Other("scf_converged", "1", "1"), Other("fmax_eV_per_A", "0.01", "0.02"), Other("pilot", "0", "0"), Other("method", "A", "A"), Other("spin", "RKS", "RKS")));
        Assert.DoesNotContain(clean.Findings, f => f.Severity != AuditSeverity.Note);
    }

    [Fact]
    public void Run_Weights_MustBePositiveAndNotAllOnOneRow()
    {
        AuditColumn Weights(params double[] w) => AuditColumn.Of("weight", AuditColumnRole.Weight, w);

        Assert.Equal(["r1", "r2"], Of(Weights(1, 0, double.NaN)).Find(FindingKinds.InvalidWeights).Ids());
        Assert.Single(Of(Weights([1e6, .. Enumerable.Repeat(1.0, 19)])).Find(FindingKinds.UnevenWeights));
        Assert.Empty(Of(Weights([2, .. Enumerable.Repeat(1.0, 19)])).Find(FindingKinds.UnevenWeights));
    }

    [Fact]
    public void Run_FewRowsAndImputedProperties_AreNoted()
    {
        Assert.Single(Of(Feature("a", 1, 2)).Find(FindingKinds.FewRows));
        Assert.Empty(Of(Feature("a", Noise(30, 1))).Find(FindingKinds.FewRows));
        Assert.Contains("ElectronAffinity of Hf", Assert.Single(Compositions(("Ti", "Hf", 12, 1, -5, -4)).Find(FindingKinds.ImputedProperties)).What, StringComparison.Ordinal);
        Assert.Empty(Compositions(("Ti", "Zr", 12, 1, -5, -4)).Find(FindingKinds.ImputedProperties));
    }

    [Fact]
    public void Run_CleanTable_FindsNothingButItsSize()
    {
        var report = TableAudit.Run(Of(Feature("x", Noise(20, 1)), Feature("z", Noise(20, 2)), Category("k", [.. Enumerable.Range(0, 20).Select(i => $"k{i % 3}")]), Target("y", Noise(20, 3))));

        Assert.Equal([FindingKinds.FewRows.Code], report.Findings.Select(f => f.Code));
    }

    /// <summary>The order of rows is no property of the data: findings are the same, to the letter.</summary>
    [Fact]
    public void Run_RowsInAnotherOrder_FindsTheSame() => Gen.Select(Gen.Int[0, 1 << 20], Gen.Int[4, 40]).Sample((seed, n) =>
    {
        var random = new Random(seed);
        double[] Values(double repeat) => [.. Enumerable.Range(0, n).Select(_ => random.NextDouble() < repeat ? random.Next(3) : Math.Round(random.NextDouble() * 10, 6))];
        var target = Values(0.3);
        AuditColumn[] columns =
        [
            Feature("a", Values(0.9)),
            Feature("b", Values(0.5)),
            Feature("leak", random.Next(2) == 0 ? [.. target.Select(v => 3 - v)] : Values(0)),
            Category("k", [.. Enumerable.Range(0, n).Select(_ => $"k{random.Next(3)}")]) with { IsGroup = true },
            Target("y", target),
            AuditColumn.Of("weight", AuditColumnRole.Weight, [.. Values(0).Select(v => v - 1)]),
            Other("symbol", [.. Enumerable.Range(0, n).Select(_ => random.Next(2) == 0 ? "Nb" : "Hf")]),
            Other("n_atoms", [.. Enumerable.Range(0, n).Select(_ => FormattableString.Invariant($"{3 + random.Next(12)}"))]),
            Other("energy_eV", [.. Enumerable.Range(0, n).Select(_ => FormattableString.Invariant($"{random.NextDouble() * 20}"))]),
            Other("e_b", [.. Enumerable.Range(0, n).Select(_ => FormattableString.Invariant($"{random.NextDouble() - 0.9}"))]),
            Other("scf_converged", [.. Enumerable.Range(0, n).Select(_ => random.Next(5) == 0 ? "0" : "1")]),
        ];
        var order = Enumerable.Range(0, n).ToArray();
        random.Shuffle(order);
        AuditColumn Permuted(AuditColumn c) => (c.Written is { } written ? AuditColumn.Read(c.Name, c.Role, [.. order.Select(i => written[i])])
            : c.Numbers is { } numbers ? AuditColumn.Of(c.Name, c.Role, [.. order.Select(i => numbers[i])])
            : AuditColumn.Of(c.Name, c.Role, [.. order.Select(i => c.Texts![i])])) with
        { IsGroup = c.IsGroup };
        var table = Of(columns);
        var permuted = new AuditTable("rows", [.. order.Select(i => table.RowIds[i])], [.. columns.Select(Permuted)]) { Places = [.. order.Select(i => table.Places[i])] };
        var options = new AuditOptions { Identities = ["a = b within 1"] };

        return AuditReportFile.ToJson(TableAudit.Run(table, options)) == AuditReportFile.ToJson(TableAudit.Run(permuted, options));
    }, iter: 200, seed: "0000KOaoK5v3");
}
