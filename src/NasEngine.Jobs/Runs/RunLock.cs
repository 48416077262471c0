using NasEngine.Core.Errors;

namespace NasEngine.Jobs.Runs;

/// <summary>Keeps two processes from working on the same thing. The system lets go of it however a process ends.</summary>
internal static class RunLock
{
    /// <summary>Takes a lock until the result is disposed.</summary>
    /// <param name="path">The lock's file.</param>
    /// <param name="what">What the other process does, for the message.</param>
    /// <exception cref="WorkFailedException">Another process holds it.</exception>
    public static FileStream Take(string path, string what)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException problem)
        {
            throw new WorkFailedException($"Another process {what} at the moment ({path} is locked). Wait for it, or stop it.", problem);
        }
    }
}
