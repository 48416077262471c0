using NasEngine.Numerics.Sampling;

namespace NasEngine.Search.NsgaII.Continuous;

/// <summary>Simulated binary crossover and polynomial mutation within bounds.</summary>
/// <remarks>
/// Deb, Agrawal: Simulated Binary Crossover for Continuous Search Space, 1995; Deb, Goyal: A Combined Genetic Adaptive Search (GeneAS)
/// for Engineering Design, 1996; both in the form that keeps children within the bounds.
/// </remarks>
internal sealed class RealVariation(double[] lower, double[] upper, ContinuousNsgaIIOptions options)
{
    private const double SameValue = 1e-14; // nearer parents are taken as one
    private const double VariableProbability = 0.5; // each variable of crossed parents is crossed or kept

    private readonly double _mutation = options.MutationProbability ?? 1.0 / lower.Length;

    /// <summary>Turns two copies of parents into two children.</summary>
    public void Cross(Span<double> first, Span<double> second, ref RandomDraws random)
    {
        if (random.NextDouble() >= options.CrossoverProbability)
        {
            return;
        }

        for (int variable = 0; variable < first.Length; variable++)
        {
            double low = Math.Min(first[variable], second[variable]);
            double gap = Math.Abs(first[variable] - second[variable]);
            if (random.NextDouble() >= VariableProbability || gap <= SameValue)
            {
                continue;
            }

            double high = low + gap;
            double draw = random.NextDouble();
            double left = 0.5 * (low + high - (Spread(1 + (2 * (low - lower[variable]) / gap), draw) * gap));
            double right = 0.5 * (low + high + (Spread(1 + (2 * (upper[variable] - high) / gap), draw) * gap));
            bool swaps = (random.NextBits() & 1) != 0;
            first[variable] = Math.Clamp(swaps ? right : left, lower[variable], upper[variable]);
            second[variable] = Math.Clamp(swaps ? left : right, lower[variable], upper[variable]);
        }
    }

    /// <summary>Moves single variables of a child.</summary>
    public void Mutate(Span<double> child, ref RandomDraws random)
    {
        if (_mutation <= 0)
        {
            return;
        }

        // The way to the next variable that is mutated is geometric: one draw for each mutation instead of one for each variable.
        double scale = _mutation < 1 ? 1 / Math.Log(1 - _mutation) : 0;
        for (double variable = Skip(scale, ref random); variable < child.Length; variable += 1 + Skip(scale, ref random))
        {
            int place = (int)variable;
            double range = upper[place] - lower[place];
            if (range > 0)
            {
                child[place] = Math.Clamp(child[place] + (Step((child[place] - lower[place]) / range, random.NextDouble()) * range), lower[place], upper[place]);
            }
        }
    }

    private static double Skip(double scale, ref RandomDraws random) => Math.Floor(Math.Log(1 - random.NextDouble()) * scale);

    private double Spread(double bound, double draw)
    {
        double power = options.CrossoverIndex + 1;
        double alpha = 2 - Math.Pow(bound, -power);
        return Math.Pow(draw <= 1 / alpha ? draw * alpha : 1 / (2 - (draw * alpha)), 1 / power);
    }

    private double Step(double position, double draw)
    {
        double power = options.MutationIndex + 1;
        return draw < 0.5
            ? Math.Pow((2 * draw) + ((1 - (2 * draw)) * Math.Pow(1 - position, power)), 1 / power) - 1
            : 1 - Math.Pow((2 * (1 - draw)) + (2 * (draw - 0.5) * Math.Pow(position, power)), 1 / power);
    }
}
