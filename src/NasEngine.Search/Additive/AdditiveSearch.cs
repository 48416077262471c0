using System.Globalization;
using NasEngine.Core.Errors;
using NasEngine.Core.Spaces;
using NasEngine.Numerics.Knapsack;

namespace NasEngine.Search.Additive;

/// <summary>Finds the exactly best architecture where scores and costs add up over the genes: a multiple-choice knapsack.</summary>
/// <remarks>
/// A gene together with those that matter only under some of its choices is one part: under each choice, the undominated ways to set the genes that then
/// matter are items of the part. So depth is decided exactly, and what a shallow stage leaves out costs nothing.
/// </remarks>
public static class AdditiveSearch
{
    /// <summary>Finds the architecture with the least score within the limits.</summary>
    /// <param name="scores">The score of every choice; smaller is better.</param>
    /// <param name="limits">One or two costs with their limits, over the same space.</param>
    /// <exception cref="ArgumentException">There is no limit or more than two, or the tables are of different spaces.</exception>
    /// <exception cref="InfeasibleConstraintException">Nothing is within the limits; the message names the least that can be reached.</exception>
    public static AdditiveChoice Solve(AdditiveTable scores, params IReadOnlyList<AdditiveLimit> limits)
    {
        Check(scores, limits);
        double[] budgets = Budgets(limits);
        List<Group> groups = Groups(scores, limits, budgets);
        return MultipleChoiceKnapsack.Solve([.. groups.Select(group => group.Part)], budgets) is KnapsackChoice choice
            ? ToChoice(scores, limits, groups, choice)
            : throw Infeasible(scores, limits);
    }

    /// <summary>Finds every architecture within the limits that no other is at least as good as: one pass that answers any tighter limit.</summary>
    /// <param name="scores">The score of every choice; smaller is better.</param>
    /// <param name="limits">One or two costs with their limits, over the same space; an infinite limit gives the whole trade-off.</param>
    /// <returns>The architectures in ascending order of the first cost; none if nothing is within the limits. Of several with equal sums, one.</returns>
    /// <exception cref="ArgumentException">There is no limit or more than two, or the tables are of different spaces.</exception>
    public static IReadOnlyList<AdditiveChoice> TradeOff(AdditiveTable scores, params IReadOnlyList<AdditiveLimit> limits)
    {
        Check(scores, limits);
        double[] budgets = Budgets(limits);
        List<Group> groups = Groups(scores, limits, budgets);
        return [.. MultipleChoiceKnapsack.TradeOff([.. groups.Select(group => group.Part)], budgets).Select(choice => ToChoice(scores, limits, groups, choice))];
    }

    private static void Check(AdditiveTable scores, IReadOnlyList<AdditiveLimit> limits)
    {
        ArgumentNullException.ThrowIfNull(scores);
        ArgumentNullException.ThrowIfNull(limits);
        if (limits.Count is 0 or > 2 || limits.Any(limit => double.IsNaN(limit.Maximum)) || limits.Any(limit => limit.Costs.Space.Fingerprint != scores.Space.Fingerprint))
        {
            throw new ArgumentException($"Expected one or two limits over space '{scores.Space.Name}', none of them NaN; got {limits.Count}.", nameof(limits));
        }
    }

    private static double[] Budgets(IReadOnlyList<AdditiveLimit> limits) => [.. limits.Select(limit => limit.Maximum - limit.Costs.Constant)];

    private static List<Group> Groups(AdditiveTable scores, IReadOnlyList<AdditiveLimit> limits, double[] budgets)
    {
        List<Group> unlimited = [.. Enumerable.Range(0, scores.Space.Genes.Length).Where(gene => scores.Space.Genes[gene].ActiveWhen is null)
            .Select(gene => new Group(gene, [.. Enumerable.Range(0, scores.Space.Genes.Length).Where(other => scores.Space.Genes[other].ActiveWhen?.Gene == gene)]))];
        double[][] least = [.. unlimited.Select(group => limits.Select(limit => Least(limit.Costs, group)).ToArray())];
        for (int index = 0; index < unlimited.Count; index++)
        {
            // What a part costs at most: the budget less the cheapest of all others.
            double[] room = [.. budgets.Select((budget, cost) => budget - (least.Sum(row => row[cost]) - least[index][cost]))];
            unlimited[index].Enumerate(scores, limits, room);
        }

        return unlimited;
    }

    private static double Least(AdditiveTable costs, Group group) => Enumerable.Range(0, costs.Space.Genes[group.Gene].Choices.Length)
        .Min(choice => costs[group.Gene, choice] + group.ActiveUnder(costs.Space, choice).Sum(gene => Enumerable.Range(0, costs.Space.Genes[gene].Choices.Length).Min(other => costs[gene, other])));

    private static AdditiveChoice ToChoice(AdditiveTable scores, IReadOnlyList<AdditiveLimit> limits, List<Group> groups, KnapsackChoice choice)
    {
        byte[] choices = new byte[scores.Space.Genes.Length];
        for (int part = 0; part < groups.Count; part++)
        {
            groups[part].Write(choice.Items[part], choices);
        }

        Genotype genotype = scores.Space.Canonical(choices);
        return new AdditiveChoice(genotype, scores.Sum(genotype), [.. limits.Select(limit => limit.Costs.Sum(genotype))]);
    }

    // Of each limit alone the least is known exactly; if each alone can be met, they cannot be met together.
    private static InfeasibleConstraintException Infeasible(AdditiveTable scores, IReadOnlyList<AdditiveLimit> limits)
    {
        (AdditiveLimit limit, AdditiveChoice cheapest) = limits.Select(limit => (limit, Solve(limit.Costs, [limit with { Maximum = double.PositiveInfinity }])))
            .OrderByDescending(pair => pair.Item2.Score > pair.limit.Maximum).First();
        string all = string.Join(" and ", limits.Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Name} at most {one.Maximum:g6}")));
        bool isAlone = cheapest.Score > limit.Maximum;
        string closest = isAlone
            ? string.Create(CultureInfo.InvariantCulture, $"{limit.Name} {cheapest.Score:g6}")
            : string.Join(", ", limits.Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Name} {one.Costs.Sum(cheapest.Genotype):g6}")));
        return new InfeasibleConstraintException(
            scores.Space.Name, isAlone ? string.Create(CultureInfo.InvariantCulture, $"{limit.Name} at most {limit.Maximum:g6}") : all, closest,
            scores.Space.Format(cheapest.Genotype), (int)Math.Min((double)scores.Space.Size, int.MaxValue));
    }

    /// <summary>A gene that always matters and those that hang on it, as one part of the knapsack.</summary>
    private sealed class Group(int gene, int[] dependents)
    {
        private readonly List<(int Gene, byte Choice)[]> _items = [];

        public int Gene => gene;

        public KnapsackPart Part { get; private set; } = new([0], [0]);

        public IEnumerable<int> ActiveUnder(SearchSpace space, int choice) =>
            dependents.Where(dependent => space.Genes[gene].Choices[choice] >= space.Genes[dependent].ActiveWhen!.Minimum);

        public void Enumerate(AdditiveTable scores, IReadOnlyList<AdditiveLimit> limits, double[] room)
        {
            List<double> itemScores = [];
            List<double> itemCosts = [];
            for (int choice = 0; choice < scores.Space.Genes[gene].Choices.Length; choice++)
            {
                int[] active = [gene, .. ActiveUnder(scores.Space, choice)];
                KnapsackPart[] parts = [.. active.Select(member => ToPart(scores, limits, member, member == gene ? choice : null))];
                foreach (KnapsackChoice way in MultipleChoiceKnapsack.TradeOff(parts, room))
                {
                    _items.Add([(gene, (byte)choice), .. active.Skip(1).Select((member, index) => (member, (byte)way.Items[index + 1]))]);
                    itemScores.Add(way.Score);
                    itemCosts.AddRange(way.Costs);
                }
            }

            // Without any way within the room, an item that fits no finite budget says so.
            Part = _items.Count > 0
                ? new KnapsackPart([.. itemScores], [.. itemCosts], limits.Count)
                : new KnapsackPart([0], [.. limits.Select(_ => double.MaxValue / 4)], limits.Count);
        }

        public void Write(int item, byte[] choices)
        {
            foreach ((int member, byte choice) in _items[item])
            {
                choices[member] = choice;
            }
        }

        private static KnapsackPart ToPart(AdditiveTable scores, IReadOnlyList<AdditiveLimit> limits, int member, int? only)
        {
            int[] choices = only is int single ? [single] : [.. Enumerable.Range(0, scores.Space.Genes[member].Choices.Length)];
            return new KnapsackPart(
                [.. choices.Select(choice => scores[member, choice])], [.. choices.SelectMany(choice => limits.Select(limit => limit.Costs[member, choice]))], limits.Count);
        }
    }
}
