using NasEngine.Predictors.Differentiation;

namespace NasEngine.Predictors.ParZc;

/// <summary>A linear layer whose weights are drawn anew in every step of training: each has a mean and a deviation that are learnt.</summary>
/// <remarks>The deviation is <c>ln(1 + exp(ρ))</c>, with ρ −5 at first. In use the means alone count.</remarks>
internal sealed class BayesianLinear(int columns, int outputs, Random random)
{
    private const double FirstRho = -5;

    private readonly Variable _means = Variable.Drawn(columns, outputs, random);
    private readonly Variable _rhos = Variable.Filled(columns, outputs, FirstRho);
    private readonly Variable _bias = new(1, outputs);

    public IEnumerable<Variable> Parameters => [_means, _rhos, _bias];

    public Variable Forward(Tape tape, Variable input, Random? noise)
    {
        if (noise is null)
        {
            return tape.Linear(input, _means, _bias);
        }

        double[] drawn = new double[_means.Values.Length];
        for (int index = 0; index < drawn.Length; index++)
        {
            drawn[index] = Normal(noise);
        }

        return tape.Linear(input, tape.Add(_means, tape.Scale(tape.Softplus(_rhos), drawn)), _bias);
    }

    // Box and Muller's transform.
    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
