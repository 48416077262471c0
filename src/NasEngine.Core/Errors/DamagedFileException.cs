namespace NasEngine.Core.Errors;

/// <summary>A file that this engine wrote, or a data set, is damaged: cut short, overwritten, or of another format.</summary>
public sealed class DamagedFileException : NasException
{
    /// <summary>Initializes the error.</summary>
    /// <param name="file">The file.</param>
    /// <param name="problem">What is wrong with it.</param>
    /// <param name="wayOut">What the user can do, as a sentence.</param>
    /// <param name="inner">The error underneath, if there is one.</param>
    public DamagedFileException(string file, string problem, string wayOut, Exception? inner = null)
        : base($"{file}: {problem} {wayOut}", inner) => File = file;

    /// <summary>Gets the damaged file.</summary>
    public string File { get; }
}
