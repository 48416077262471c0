namespace NasEngine.Core.Predictors;

/// <summary>Predicts one value of an architecture from its features.</summary>
/// <remarks>Immutable and thread-safe. Equal features give equal bits, also after a round trip through a file.</remarks>
public interface IPredictor
{
    /// <summary>Gets the name of the trainer that made it, such as <c>ridge</c>.</summary>
    string Kind { get; }

    /// <summary>Gets the names of the features, in the order in which values are given.</summary>
    IReadOnlyList<string> Features { get; }

    /// <summary>Predicts the value, in the unit of the targets that it was fitted on.</summary>
    /// <param name="features">One finite value for each of <see cref="Features"/>.</param>
    /// <exception cref="ArgumentException">The number of values differs.</exception>
    double Predict(ReadOnlySpan<double> features);

    /// <summary>Gives the standard deviation of the prediction, noise of a measurement included, or <see langword="null"/> if this kind knows none.</summary>
    /// <param name="features">One finite value for each of <see cref="Features"/>.</param>
    /// <exception cref="ArgumentException">The number of values differs.</exception>
    double? Uncertainty(ReadOnlySpan<double> features);
}
