namespace NasEngine.Torch;

/// <summary>A safetensors file cannot be used. The message names the file and the fault.</summary>
public sealed class SafeTensorsException : Exception
{
    /// <summary>Initializes the error from the file and its fault.</summary>
    /// <param name="path">The file, or how the source is called.</param>
    /// <param name="fault">What is wrong, and what is expected.</param>
    public SafeTensorsException(string path, string fault)
        : base($"{path}: {fault}")
    {
        Path = path;
        Fault = fault;
    }

    /// <summary>Initializes the error from the file, its fault and the cause.</summary>
    /// <param name="path">The file, or how the source is called.</param>
    /// <param name="fault">What is wrong, and what is expected.</param>
    /// <param name="innerException">The cause.</param>
    public SafeTensorsException(string path, string fault, Exception innerException)
        : base($"{path}: {fault}", innerException)
    {
        Path = path;
        Fault = fault;
    }

    /// <summary>Initializes the error from a message.</summary>
    public SafeTensorsException(string message)
        : base(message)
    {
    }

    /// <summary>Initializes the error without a message.</summary>
    public SafeTensorsException()
    {
    }

    /// <summary>Gets the file, or an empty text.</summary>
    public string Path { get; } = string.Empty;

    /// <summary>Gets what is wrong with it.</summary>
    public string Fault { get; } = string.Empty;
}
