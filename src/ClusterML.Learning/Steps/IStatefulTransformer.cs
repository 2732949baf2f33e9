using Microsoft.ML;

namespace ClusterML.Learning.Steps;

/// <summary>A fitted transformer that can be written down and, by its static <c>FromState</c>, made again.</summary>
public interface IStatefulTransformer : ITransformer
{
    /// <summary>All that was fitted, and the options that matter after fitting.</summary>
    StepState ToState();
}
