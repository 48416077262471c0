using NasEngine.Core.Spaces;

namespace NasEngine.Search.NsgaII;

/// <summary>An evaluated architecture in the population.</summary>
/// <param name="Genotype">The architecture.</param>
/// <param name="Costs">Its objective costs; smaller is better.</param>
/// <param name="Violation">How far it lies beyond the limits; 0 if within.</param>
internal sealed record Individual(Genotype Genotype, double[] Costs, double Violation)
{
    /// <summary>Gets or sets the front it is in: 0 is the best.</summary>
    public int Rank { get; set; }

    /// <summary>Gets or sets how alone it stands in its front.</summary>
    public double Crowding { get; set; }
}
