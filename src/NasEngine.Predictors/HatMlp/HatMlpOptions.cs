namespace NasEngine.Predictors.HatMlp;

/// <summary>Settings of the network; the defaults are those of [HAT].</summary>
internal sealed record HatMlpOptions
{
    /// <summary>Gets the neurons of every hidden layer.</summary>
    public int Width { get; init; } = 400;

    /// <summary>Gets the number of hidden layers: one after the features, then three of the same width.</summary>
    public int HiddenLayers { get; init; } = 4;

    /// <summary>Gets the number of gradient steps.</summary>
    public int Steps { get; init; } = 5000;

    /// <summary>Gets the rows of a step.</summary>
    public int Batch { get; init; } = 128;

    /// <summary>Gets the learning rate of Adam.</summary>
    public double LearningRate { get; init; } = 1e-5;
}
