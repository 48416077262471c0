using NasEngine.Core.Spaces;

namespace NasEngine.Search.NsgaII;

/// <summary>Makes children: binary tournament, uniform crossover, mutation of single genes.</summary>
internal sealed class Mating(SearchSpace space, NsgaIIOptions options)
{
    private readonly int[] _order = SpaceEnumeration.UnconditionalFirst(space);

    public Genotype Child(List<Individual> population, Random random)
    {
        Genotype first = Tournament(population, random).Genotype;
        Genotype second = Tournament(population, random).Genotype;
        bool mixes = random.NextDouble() < options.CrossoverProbability;
        byte[] choices = new byte[_order.Length];
        foreach (int gene in _order)
        {
            if (SpaceEnumeration.IsActive(space, choices, gene))
            {
                (Genotype preferred, Genotype other) = mixes && random.Next(2) == 1 ? (second, first) : (first, second);
                choices[gene] = Inherit(preferred, other, gene, random);
            }
        }

        Mutate(choices, random);
        return space.Canonical(choices);
    }

    // Choice 0 of a gene that does not matter in a parent says nothing: the other parent is asked, then chance.
    private byte Inherit(Genotype preferred, Genotype other, int gene, Random random) =>
        space.IsActive(preferred, gene) ? preferred.Choices[gene]
        : space.IsActive(other, gene) ? other.Choices[gene]
        : (byte)random.Next(space.Genes[gene].Choices.Length);

    private void Mutate(byte[] choices, Random random)
    {
        double probability = options.MutationProbability ?? 1.0 / Math.Max(1, _order.Count(gene => SpaceEnumeration.IsActive(space, choices, gene) && space.Genes[gene].Choices.Length > 1));
        bool[] wasActive = [.. Enumerable.Range(0, choices.Length).Select(gene => SpaceEnumeration.IsActive(space, choices, gene))];
        foreach (int gene in _order)
        {
            int count = space.Genes[gene].Choices.Length;
            if (!SpaceEnumeration.IsActive(space, choices, gene))
            {
                continue;
            }

            if (!wasActive[gene])
            {
                choices[gene] = (byte)random.Next(count); // a deeper stage woke it up
            }
            else if (count > 1 && random.NextDouble() < probability)
            {
                choices[gene] = !space.Genes[gene].IsCategorical && random.Next(2) == 0 ? Step(choices[gene], count, random) : Redraw(choices[gene], count, random);
            }
        }
    }

    private static byte Step(byte choice, int count, Random random) =>
        choice == 0 ? (byte)1 : choice == count - 1 ? (byte)(choice - 1) : (byte)(choice + (random.Next(2) == 0 ? -1 : 1));

    private static byte Redraw(byte choice, int count, Random random)
    {
        int drawn = random.Next(count - 1);
        return (byte)(drawn >= choice ? drawn + 1 : drawn);
    }

    private static Individual Tournament(List<Individual> population, Random random)
    {
        Individual first = population[random.Next(population.Count)];
        Individual second = population[random.Next(population.Count)];
        return second.Rank < first.Rank || (second.Rank == first.Rank && second.Crowding > first.Crowding) ? second : first;
    }
}
