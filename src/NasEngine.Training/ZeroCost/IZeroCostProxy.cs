namespace NasEngine.Training.ZeroCost;

/// <summary>Scores a network that was never trained, by looking at it with freshly drawn weights.</summary>
/// <remarks>
/// Stateless and thread-safe; a greater score means a better network, as far as the source says so. The same network, batch and seeds give the
/// same score. A network for which the score has no value, such as one that no signal passes through, gets NaN or an infinity.
/// </remarks>
public interface IZeroCostProxy
{
    /// <summary>Gets the name on the command line and of the column, such as <c>naswot</c>.</summary>
    string Name { get; }

    /// <summary>Gets what is computed, and whose idea it is, in one sentence.</summary>
    string Description { get; }

    /// <summary>Gets how the weights are drawn.</summary>
    ProxyInitialisation Initialisation { get; }

    /// <summary>Gets how many images of the batch it looks at, if that many are there; 0 if it looks at none.</summary>
    int Images { get; }

    /// <summary>Computes the score.</summary>
    /// <param name="network">The network.</param>
    /// <param name="batch">Images and their classes.</param>
    double Score(ProxyNetwork network, ProxyBatch batch);
}
