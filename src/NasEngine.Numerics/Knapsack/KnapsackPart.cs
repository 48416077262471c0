namespace NasEngine.Numerics.Knapsack;

/// <summary>One part of a multiple-choice knapsack: items of which exactly one is chosen.</summary>
/// <remarks>Not copied and not to be changed while it is in use.</remarks>
public sealed class KnapsackPart
{
    /// <summary>Initializes a part whose items have one cost each.</summary>
    /// <param name="scores">One for each item, smaller is better; finite, at least one.</param>
    /// <param name="costs">One for each item; finite.</param>
    /// <exception cref="ArgumentException">There is no item, the lengths differ, or a value is not finite.</exception>
    public KnapsackPart(double[] scores, double[] costs)
        : this(scores, costs, 1)
    {
    }

    /// <summary>Initializes a part.</summary>
    /// <param name="scores">One for each item, smaller is better; finite, at least one: <c>[n]</c>.</param>
    /// <param name="costs">Row-major <c>[n × costCount]</c>; finite, negative ones too.</param>
    /// <param name="costCount">How many costs an item has: 1 or 2.</param>
    /// <exception cref="ArgumentException">There is no item, the lengths do not fit, or a value is not finite.</exception>
    public KnapsackPart(double[] scores, double[] costs, int costCount)
    {
        ArgumentNullException.ThrowIfNull(scores);
        ArgumentNullException.ThrowIfNull(costs);
        ArgumentOutOfRangeException.ThrowIfLessThan(costCount, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(costCount, 2);
        if (scores.Length == 0 || costs.Length != scores.Length * costCount)
        {
            throw new ArgumentException($"Expected at least one item and costs of shape [{scores.Length} × {costCount}], got {costs.Length} values.", nameof(costs));
        }

        if (!Array.TrueForAll(scores, double.IsFinite) || !Array.TrueForAll(costs, double.IsFinite))
        {
            throw new ArgumentException("A score or a cost of an item is not finite.", nameof(costs));
        }

        (Scores, Costs, CostCount) = (scores, costs, costCount);
    }

    /// <summary>Gets the number of items.</summary>
    public int Count => Scores.Length;

    /// <summary>Gets how many costs an item has: 1 or 2.</summary>
    public int CostCount { get; }

    /// <summary>Gives one cost of an item.</summary>
    public double Cost(int item, int cost) => Costs[(item * CostCount) + cost];

    internal double[] Scores { get; }

    internal double[] Costs { get; }
}
