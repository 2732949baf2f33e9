using ClusterML.Learning.Steps;

namespace ClusterML.Learning.Baselines;

/// <summary>Makes transformers of fitted regressions again.</summary>
public static class FittedRegressor
{
    /// <summary>The transformer whose state is a <typeparamref name="TModel"/>.</summary>
    public static FittedRegressorTransformer<TModel> FromState<TModel>(StepState state)
        where TModel : class, IFittedRegressor => new(state.Read<TModel>());
}
