using NasEngine.Predictors.Differentiation;

namespace NasEngine.Predictors.ParZc;

/// <summary>Mixes zero-cost proxies: a linear layer, patches, a Bayesian layer, mixer blocks, and the mean over the patches.</summary>
/// <remarks>
/// Dong and others: ParZC: Parametric Zero-Cost Proxies for Efficient NAS, 2024, without its graph branch and at a smaller width: 8 patches of 8 in place
/// of 16 of 16, width 32 in place of 512, two blocks in place of four. As in its code, both halves of a block act on the channels.
/// </remarks>
internal sealed class MixerNetwork : INeuralNetwork
{
    private const int Patches = 8;
    private const int PatchWidth = 8;
    private const int Width = 32;
    private const int Blocks = 2;
    private const double Dropout = 0.1;

    private static readonly int[] Expanded = [4 * Width, Width / 2];

    private readonly Variable _weight;
    private readonly Variable _bias = new(1, Patches * PatchWidth);
    private readonly BayesianLinear _embedding;
    private readonly (Variable Gain, Variable Shift, Variable Up, Variable UpBias, Variable Down, Variable DownBias)[] _halves;
    private readonly Variable _gain = Variable.Filled(1, Width, 1);
    private readonly Variable _shift = new(1, Width);
    private readonly BayesianLinear _head;

    /// <summary>Initializes the network with drawn weights.</summary>
    /// <param name="columns">The number of proxies.</param>
    /// <param name="random">The source of the weights.</param>
    public MixerNetwork(int columns, Random random)
    {
        _weight = Variable.Drawn(columns, Patches * PatchWidth, random);
        _embedding = new BayesianLinear(PatchWidth, Width, random);
        _halves =
        [
            .. Enumerable.Range(0, Blocks).SelectMany(_ => Expanded.Select(inner => (
                Variable.Filled(1, Width, 1), new Variable(1, Width), Variable.Drawn(Width, inner, random), new Variable(1, inner),
                Variable.Drawn(inner, Width, random), new Variable(1, Width)))),
        ];
        _head = new BayesianLinear(Width, 1, random);
        Parameters =
        [
            _weight, _bias, .. _embedding.Parameters,
            .. _halves.SelectMany(static half => new[] { half.Gain, half.Shift, half.Up, half.UpBias, half.Down, half.DownBias }),
            _gain, _shift, .. _head.Parameters,
        ];
    }

    public IReadOnlyList<Variable> Parameters { get; }

    public Variable Forward(Tape tape, Variable input, Random? noise)
    {
        Variable patches = tape.Reshape(tape.Linear(input, _weight, _bias), input.Rows * Patches, PatchWidth);
        Variable value = _embedding.Forward(tape, patches, noise);
        foreach ((Variable gain, Variable shift, Variable up, Variable upBias, Variable down, Variable downBias) in _halves)
        {
            Variable inner = Dropped(tape, tape.Gelu(tape.Linear(tape.LayerNorm(value, gain, shift), up, upBias)), noise);
            value = tape.Add(value, Dropped(tape, tape.Linear(inner, down, downBias), noise));
        }

        return _head.Forward(tape, tape.MeanRows(tape.LayerNorm(value, _gain, _shift), Patches), noise);
    }

    private static Variable Dropped(Tape tape, Variable value, Random? noise)
    {
        if (noise is null)
        {
            return value;
        }

        double[] mask = new double[value.Values.Length];
        for (int index = 0; index < mask.Length; index++)
        {
            mask[index] = noise.NextDouble() < Dropout ? 0 : 1 / (1 - Dropout);
        }

        return tape.Scale(value, mask);
    }
}
