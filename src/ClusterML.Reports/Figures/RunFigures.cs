using ClusterML.Reports.Summary;

namespace ClusterML.Reports.Figures;

/// <summary>All figures of a run, in the order of the report.</summary>
internal static class RunFigures
{
    internal static IReadOnlyList<Figure> Draw(RunSummary run)
    {
        using var turn = DrawingTurn.Lock.EnterScope();
        var styles = ModelStyle.For(run.Models, run.MainModel);
        var figures = new List<Figure?>();
        foreach (var protocol in run.Protocols.Where(p => p.Status.Measured))
        {
            figures.Add(ComparisonFigure.Draw(run, protocol, styles));
            foreach (var scores in protocol.Targets.Where(_ => protocol.IsCurve))
            {
                figures.Add(HoldOutCurveFigure.Draw(run, protocol, scores, styles));
            }

            foreach (var target in protocol.Predictions.Select(p => p.Target).Distinct())
            {
                figures.Add(PredictionFigure.Draw(run, protocol, target));
                figures.Add(ParityFigure.Draw(run, protocol, target));
            }
        }

        figures.Add(TrainingFigure.Draw(run));
        return [.. figures.OfType<Figure>()];
    }
}
