using NasEngine.Core.Spaces;

namespace NasEngine.Search.NsgaII;

/// <summary>Makes children: binary tournament, uniform crossover, mutation of single genes.</summary>
internal sealed class Mating(SearchSpace space, NsgaIIOptions options)
{
    private readonly GeneOperators _operators = new(space);

    public Genotype Child(List<Individual> population, Random random)
    {
        Genotype first = Tournament(population, random).Genotype;
        Genotype second = Tournament(population, random).Genotype;
        byte[] choices = _operators.Cross(first, second, random.NextDouble() < options.CrossoverProbability, random);
        _operators.Mutate(choices, options.MutationProbability, random);
        return space.Canonical(choices);
    }

    private static Individual Tournament(List<Individual> population, Random random)
    {
        Individual first = population[random.Next(population.Count)];
        Individual second = population[random.Next(population.Count)];
        return second.Rank < first.Rank || (second.Rank == first.Rank && second.Crowding > first.Crowding) ? second : first;
    }
}
