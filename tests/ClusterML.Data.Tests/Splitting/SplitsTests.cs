using CsCheck;

namespace ClusterML.Data.Tests.Splitting;

public sealed class SplitsTests
{
    private static readonly double[] Fractions = [.. Enumerable.Range(0, 21).Select(i => Math.Round(1 - (0.05 * i), 2))];

    private static readonly Gen<string[]> Groups = Gen.Int[0, 3].Select(i => new[] { "Ti", "Zr", "Hf", "Fe" }[i]).Array[2, 120];

    [Fact]
    public void KFold_AnyTable_TestsEveryRowOnceInEvenFolds() =>
        Gen.Select(Gen.Int[2, 200], Gen.Int[2, 10], Gen.Int).Where((n, folds, _) => n >= folds).Sample((n, folds, seed) =>
        {
            var splits = Splits.KFold(n, folds, seed);
            Assert.Equal(folds, splits.Count);
            Assert.Equal(Enumerable.Range(0, n), splits.SelectMany(s => s.Test).Order());
            Assert.All(splits, s => Assert.Equal(Enumerable.Range(0, n), s.Train.Concat(s.Test).Order()));
            Assert.InRange(splits.Max(s => s.Test.Length) - splits.Min(s => s.Test.Length), 0, 1);
        });

    [Fact]
    public void KFold_SameSeed_IsTheSame_AndAnotherIsNot()
    {
        string Show(int seed) => string.Join('|', Splits.KFold(30, 5, seed).Select(s => string.Join(',', s.Test)));
        Assert.Equal(Show(7), Show(7));
        Assert.NotEqual(Show(7), Show(8));
    }

    [Fact]
    public void KFold_DrawIsPinned() =>
        Assert.Equal("3 4|2 6|0 7|1 5", string.Join('|', Splits.KFold(8, 4, 1).Select(s => string.Join(' ', s.Test))));

    [Fact]
    public void KFold_TooFewRows_SaysBothCounts() =>
        Assert.Equal("5 folds need at least 5 rows, the table has 4", Assert.Throws<DataException>(() => Splits.KFold(4, 5, 0)).Message);

    [Fact]
    public void LeaveOneGroupOut_AnyTable_TestsEachGroupAlone() =>
        Groups.Where(g => g.Distinct().Count() > 1).Sample(groups =>
        {
            var splits = Splits.LeaveOneGroupOut(groups);
            Assert.Equal(groups.Distinct().Order(StringComparer.Ordinal), splits.Select(s => s.Name));
            Assert.All(splits, s => Assert.All(s.Test, row => Assert.Equal(s.Name, groups[row])));
            Assert.All(splits, s => Assert.All(s.Train, row => Assert.NotEqual(s.Name, groups[row])));
            Assert.All(splits, s => Assert.Equal(groups.Length, s.Train.Length + s.Test.Length));
        });

    [Fact]
    public void LeaveOneGroupOut_OneGroup_SaysSo() =>
        Assert.Equal("leaving one group out needs at least 2 groups, the table has 1", Assert.Throws<DataException>(() => Splits.LeaveOneGroupOut(["a", "a"])).Message);

    [Fact]
    public void HoldOutFraction_AnyTable_IsDisjointNestedAndLargeEnough() =>
        Gen.Select(Groups, Gen.Int).Where((g, _) => g.Contains("Fe") && g.Count(x => x != "Fe") > 20).Sample((groups, seed) =>
        {
            var splits = Splits.HoldOutFraction(groups, "Fe", Fractions, seed);
            HashSet<int> earlier = [];
            foreach (var split in splits)
            {
                Assert.Empty(split.Train.Intersect(split.Test));
                Assert.Equal(groups.Length, split.Train.Length + split.Test.Length);
                Assert.True(split.Test.Length >= 20);
                var trained = split.Train.Where(row => groups[row] == "Fe").ToHashSet();
                Assert.Equal(split.K, trained.Count);
                Assert.True(trained.IsSupersetOf(earlier));
                earlier = trained;
                var others = split.Test.Count(row => groups[row] != "Fe");
                Assert.Equal(Math.Max(0, 20 - (groups.Count(g => g == "Fe") - trained.Count)), others);
            }
        });

    [Fact]
    public void HoldOutFraction_ThirtyRows_RoundsHalfToEven()
    {
        string[] groups = [.. Enumerable.Repeat("Fe", 30), .. Enumerable.Repeat("Ti", 90)];
        var splits = Splits.HoldOutFraction(groups, "Fe", Fractions, 3);
        Assert.Equal([0, 2, 3, 4, 6, 8, 9, 10, 12, 14, 15, 16, 18, 20, 21, 22, 24, 26, 27, 28, 30], splits.Select(s => s.K!.Value));
        Assert.Equal("x=0.95 k=2", splits[1].Name);
    }

    [Fact]
    public void HoldOutFraction_FewRows_GivesEachKOnce()
    {
        string[] groups = [.. Enumerable.Repeat("Fe", 3), .. Enumerable.Repeat("Ti", 30)];
        var splits = Splits.HoldOutFraction(groups, "Fe", Fractions, 3);
        Assert.Equal([0, 1, 2, 3], splits.Select(s => s.K!.Value));
        Assert.Equal([1.0, 0.8, 0.5, 0.15], splits.Select(s => s.Fraction!.Value));
        Assert.Equal(splits[2].Test, Splits.HoldOutFraction(groups, "Fe", [0.5], 3)[0].Test);
    }

    [Fact]
    public void KFold_HasNoFraction_AndNoK()
    {
        Assert.All(Splits.KFold(6, 3, 1), split => Assert.Null(split.Fraction));
        Assert.All(Splits.KFold(6, 3, 1), split => Assert.Null(split.K));
    }

    [Theory]
    [InlineData(2, 40, 12, "group Fe has 2 rows, the protocol needs 12")]
    [InlineData(0, 40, 1, "group Fe has no rows; groups: Ti")]
    [InlineData(12, 20, 12, "group Fe, x = 0: 20 test rows take 20 rows from other groups and must leave one to train on, there are 20")]
    public void HoldOutFraction_TooFewRows_SaysWhichAndHowMany(int fe, int ti, int least, string message)
    {
        string[] groups = [.. Enumerable.Repeat("Fe", fe), .. Enumerable.Repeat("Ti", ti)];
        Assert.Equal(message, Assert.Throws<DataException>(() => Splits.HoldOutFraction(groups, "Fe", [0.0], 1, 20, least)).Message);
    }

    [Fact]
    public void HoldOutFraction_FractionOutOfRange_IsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Splits.HoldOutFraction(["Fe", "Ti"], "Fe", [1.5], 1));
}
