namespace NasEngine.Training.ZeroCost;

/// <summary>How weights are drawn before a network is scored. Gains of normalisations are 1 and their biases 0 in all of them.</summary>
public enum ProxyInitialisation
{
    /// <summary>No weights are drawn.</summary>
    None,

    /// <summary>Kernels, matrices and biases uniform within ±1 / √fan-in: what PyTorch's layers start with, and published proxies with them.</summary>
    Uniform,

    /// <summary>Kernels and matrices normal with variance 2 / fan-in [He], biases 0.</summary>
    KaimingFanIn,

    /// <summary>Kernels and matrices normal with variance 1, biases 0.</summary>
    Gaussian,
}
