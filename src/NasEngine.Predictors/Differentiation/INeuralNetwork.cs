namespace NasEngine.Predictors.Differentiation;

/// <summary>A network that gives one number for each row.</summary>
internal interface INeuralNetwork
{
    /// <summary>Gets the parameters, in a fixed order.</summary>
    IReadOnlyList<Variable> Parameters { get; }

    /// <summary>Computes the outputs.</summary>
    /// <param name="tape">Remembers what was done.</param>
    /// <param name="input"><c>[n × columns]</c>.</param>
    /// <param name="noise">The source of noise and dropout in training; <see langword="null"/> in use.</param>
    /// <returns><c>[n × 1]</c>.</returns>
    Variable Forward(Tape tape, Variable input, Random? noise);
}
