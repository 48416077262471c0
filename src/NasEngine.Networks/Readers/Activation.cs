namespace NasEngine.Networks.Readers;

/// <summary>A function applied to every element.</summary>
public enum Activation
{
    /// <summary><c>max(x, 0)</c>.</summary>
    Relu,

    /// <summary><c>x · min(max(x + 3, 0), 6) / 6</c>: Howard et al., Searching for MobileNetV3, equation of §5.2.</summary>
    HardSwish,
}
