namespace ClusterML.Transformer.Training;

/// <summary>The learning rate of each step: a rise from 0, then the schedule.</summary>
internal sealed class LearningRates(FtTrainingOptions options, int stepsPerEpoch)
{
    private readonly double warmup = options.WarmupEpochs * stepsPerEpoch;
    private readonly double all = (double)options.MaxEpochs * stepsPerEpoch;

    /// <summary>The rate of a step, counted from 1.</summary>
    public double Of(int step)
    {
        if (step <= warmup)
        {
            return options.LearningRate * step / warmup;
        }

        // The first step after warm-up has the full rate, the last one of the last epoch the final rate.
        var done = Math.Clamp((step - warmup - 1) / Math.Max(1, all - warmup - 1), 0, 1);
        var falling = options.Schedule switch
        {
            FtSchedule.Linear => 1 - done,
            FtSchedule.Cosine => (1 + Math.Cos(Math.PI * done)) / 2,
            _ => 1,
        };
        return options.LearningRate * (options.FinalLearningRate + ((1 - options.FinalLearningRate) * falling));
    }
}
