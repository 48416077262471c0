namespace NasEngine.Predictors.Differentiation;

/// <summary>Adam with decoupled weight decay and a learning rate that falls along a cosine to 0.</summary>
/// <remarks>Kingma, Ba: Adam, 2015; Loshchilov, Hutter: Decoupled Weight Decay Regularization, 2019. Not thread-safe.</remarks>
internal sealed class AdamOptimizer(IReadOnlyList<Variable> parameters, double learningRate, double decay, int steps)
{
    private const double First = 0.9;
    private const double Second = 0.999;

    private readonly double[][] _means = [.. parameters.Select(static parameter => new double[parameter.Values.Length])];
    private readonly double[][] _squares = [.. parameters.Select(static parameter => new double[parameter.Values.Length])];
    private int _step;

    /// <summary>Moves every parameter against its gradient, and sets the gradients to 0.</summary>
    public void Step()
    {
        double rate = learningRate * 0.5 * (1 + Math.Cos(Math.PI * _step / steps));
        _step++;
        double meanScale = 1 / (1 - Math.Pow(First, _step));
        double squareScale = 1 / (1 - Math.Pow(Second, _step));
        for (int index = 0; index < parameters.Count; index++)
        {
            (double[] values, double[] gradients, double[] means, double[] squares) = (parameters[index].Values, parameters[index].Gradients, _means[index], _squares[index]);
            for (int at = 0; at < values.Length; at++)
            {
                means[at] = (First * means[at]) + ((1 - First) * gradients[at]);
                squares[at] = (Second * squares[at]) + ((1 - Second) * gradients[at] * gradients[at]);
                values[at] -= rate * ((means[at] * meanScale / (Math.Sqrt(squares[at] * squareScale) + 1e-8)) + (decay * values[at]));
            }

            Array.Clear(gradients);
        }
    }
}
