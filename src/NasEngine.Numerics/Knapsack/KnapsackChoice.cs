namespace NasEngine.Numerics.Knapsack;

/// <summary>One item of every part.</summary>
/// <param name="Items">The place of the chosen item in each part, in the order of the parts.</param>
/// <param name="Score">The sum of the scores.</param>
/// <param name="Costs">The sum of each cost: one or two values.</param>
public sealed record KnapsackChoice(IReadOnlyList<int> Items, double Score, IReadOnlyList<double> Costs);
