using ClusterML.Chemistry.Calculations;
using ClusterML.Chemistry.Elements;

namespace ClusterML.Data;

/// <summary>What a folder of calculations holds, and which of it becomes rows.</summary>
/// <param name="Calculations">Every calculation.</param>
/// <param name="Recipes">The recipes, the one with the most complete compositions first.</param>
/// <param name="Hosts">The recipe of the rows of each host that has clusters of it, even where none is complete.</param>
internal sealed record X12tmSelection(
    IReadOnlyList<Calculation> Calculations, IReadOnlyList<X12tmRecipe> Recipes, Dictionary<Element, X12tmRecipe> Hosts)
{
    /// <summary>The complete compositions, each of the recipe of its host.</summary>
    public IEnumerable<(X12tmRecipe Recipe, X12tmRecipe.Row Row)> Rows =>
        from recipe in Recipes
        from row in recipe.Complete
        where Hosts.GetValueOrDefault(row.Host) == recipe
        select (recipe, row);
}
