namespace NasEngine.Core.Errors;

/// <summary>One thing that is wrong in a file.</summary>
/// <param name="JsonPath">Where, such as <c>$.dimensions[3].choices</c>; empty for the file as a whole.</param>
/// <param name="Problem">What is wrong, and what is allowed.</param>
public sealed record InputFault(string JsonPath, string Problem);

/// <summary>A file that the user wrote cannot be used. Carries all faults that were found, not only the first.</summary>
public sealed class InputFormatException : NasException
{
    /// <summary>Initializes the error from the file and its faults.</summary>
    /// <param name="file">The file as it was given.</param>
    /// <param name="faults">At least one fault.</param>
    public InputFormatException(string file, IReadOnlyList<InputFault> faults)
        : base(string.Join('\n', faults.Select(fault => fault.JsonPath.Length == 0 ? $"{file}: {fault.Problem}" : $"{file}: {fault.JsonPath}: {fault.Problem}")))
    {
        File = file;
        Faults = faults;
    }

    /// <summary>Initializes the error from a single fault of the file as a whole.</summary>
    public InputFormatException(string file, string problem)
        : this(file, [new InputFault(string.Empty, problem)])
    {
    }

    /// <summary>Gets the file as it was given.</summary>
    public string File { get; }

    /// <summary>Gets what is wrong, in the order of the file.</summary>
    public IReadOnlyList<InputFault> Faults { get; }
}
