using ClusterML.Data;
using ClusterML.Data.Audits;
using ClusterML.Experiments.Audits;
using ClusterML.Experiments.Evaluation;

namespace ClusterML.Experiments.Tests.Audits;

public sealed class SplitAuditTests
{
    private const string LeaveOut = "leave_one_group_out";

    // Rows 1 and 4 are one.
    private static readonly DataTable Table = new("rows", ["a", "b", "c", "d", "e", "f"])
    {
        NumberColumns = new OrderedDictionary<string, float[]> { ["x"] = [1, 2, 3, 4, 2, 6], ["z"] = [9, 8, 5, 6, 8, 4] },
        TextColumns = new OrderedDictionary<string, string[]> { ["g"] = ["p", "p", "q", "q", "r", "r"] },
        NumericColumns = ["x", "z"],
        GroupColumns = ["g"],
        Targets = [new("y", "eV")],
        TargetValues = [[1.5], [2.5], [9], [4], [2.5], [7]],
    };

    [Fact]
    public void Run_CopyOnBothSides_IsALeak()
    {
        var report = Audit("k_fold", null, ([0, 2, 3, 4, 5], [1]), ([0, 1, 3, 4, 5], [2]));

        var finding = Assert.Single(report.Of(FindingKinds.DuplicateAcrossSplit));
        Assert.Equal("p: in 1 of 2 splits copies of test rows are in training (2 rows)", finding.What);
        Assert.Equal(["b", "e"], finding.Rows.Select(r => r.Id));
        Assert.Empty(Audit("k_fold", null, ([0, 2, 3, 5], [1, 4])).Of(FindingKinds.DuplicateAcrossSplit));
    }

    [Fact]
    public void Run_RowOnBothSides_IsSevere()
    {
        Assert.Equal(["c"], Assert.Single(Audit("k_fold", null, ([0, 1, 2], [2, 3])).Of(FindingKinds.SplitOverlap)).Rows.Select(r => r.Id));
        Assert.Empty(Audit("k_fold", null, ([0, 1], [2, 3])).Of(FindingKinds.SplitOverlap));
    }

    [Fact]
    public void Run_GroupLeftOutThatIsInTraining_IsSevere()
    {
        Assert.Equal(["b"], Assert.Single(Audit(LeaveOut, "g", ([0, 2, 3], [1])).Of(FindingKinds.GroupAcrossSplit)).Rows.Select(r => r.Id));
        Assert.Empty(Audit(LeaveOut, "g", ([2, 3, 4, 5], [0, 1])).Of(FindingKinds.GroupAcrossSplit));
    }

    [Fact]
    public void Run_RandomFolds_CutThroughGroupsOrLeaveThemOut()
    {
        var report = Audit("k_fold", null, ([0, 2, 3], [1, 4, 5]));

        Assert.Equal("p: 1 of 6 rows share their g with training rows of their split", Assert.Single(report.Of(FindingKinds.SharedGroups)).What);
        Assert.Equal("p: in 1 of 1 splits test rows have a g that training lacks: r", Assert.Single(report.Of(FindingKinds.UnseenGroupInTest)).What);
    }

    [Fact]
    public void Run_FoldsOfIntervalsThatPartCopies_AreAWarning()
    {
        var split = new EvaluationSplit("s", [0, 1, 3, 4], [2, 5]);
        AuditReport Folds(int[] folds) => SplitAudit.Run(Table, [new("p", "k_fold", null, null, [split])], (_, _) => folds);

        Assert.Equal(["b", "e"], Assert.Single(Folds([0, 1, 0, 2]).Of(FindingKinds.DuplicateAcrossFolds)).Rows.Select(r => r.Id));
        Assert.Empty(Folds([0, 1, 0, 1]).Of(FindingKinds.DuplicateAcrossFolds));
    }

    [Fact]
    public void Run_ProtocolThatIsNotMeasured_IsACheckThatWasNotMade() =>
        Assert.Equal("not measured: 3 of 12 Fe pairs", Assert.Single(SplitAudit.Run(Table, [new("p", LeaveOut, "g", "3 of 12 Fe pairs", [])]).Checks).Reason);

    private static AuditReport Audit(string type, string? column, params (int[] Train, int[] Test)[] splits) =>
        SplitAudit.Run(Table, [new("p", type, column, null, [.. splits.Select((s, i) => new EvaluationSplit($"s{i}", s.Train, s.Test))])]);
}
