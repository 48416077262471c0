using NasEngine.Predictors.Differentiation;

namespace NasEngine.Predictors.RankingMlp;

/// <summary>Linear layers with rectifiers between them.</summary>
internal sealed class MlpNetwork : INeuralNetwork
{
    private readonly (Variable Weight, Variable Bias)[] _layers;

    /// <summary>Initializes the network with drawn weights.</summary>
    /// <param name="columns">The width of the input.</param>
    /// <param name="hidden">The widths of the layers before the last one.</param>
    /// <param name="random">The source of the weights.</param>
    public MlpNetwork(int columns, IReadOnlyList<int> hidden, Random random)
    {
        int[] widths = [columns, .. hidden, 1];
        _layers = [.. Enumerable.Range(0, widths.Length - 1).Select(layer => (Variable.Drawn(widths[layer], widths[layer + 1], random), new Variable(1, widths[layer + 1])))];
        Parameters = [.. _layers.SelectMany(static layer => new[] { layer.Weight, layer.Bias })];
    }

    public IReadOnlyList<Variable> Parameters { get; }

    public Variable Forward(Tape tape, Variable input, Random? noise)
    {
        Variable value = input;
        for (int layer = 0; layer < _layers.Length; layer++)
        {
            value = tape.Linear(layer == 0 ? value : tape.Relu(value), _layers[layer].Weight, _layers[layer].Bias);
        }

        return value;
    }
}
