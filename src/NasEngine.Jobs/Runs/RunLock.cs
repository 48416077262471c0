namespace NasEngine.Jobs.Runs;

/// <summary>Keeps two processes from working on the same thing. The system lets go of it however a process ends.</summary>
internal static class RunLock
{
    /// <summary>Takes a lock until the result is disposed.</summary>
    /// <param name="path">The lock's file.</param>
    /// <param name="what">What the other process does, for the message.</param>
    /// <exception cref="BusyException">Another process holds it, alone or with others.</exception>
    public static FileStream Take(string path, string what) => Open(path, what, FileAccess.ReadWrite, FileShare.None);

    /// <summary>Takes a lock together with others that share it.</summary>
    /// <param name="path">The lock's file.</param>
    /// <param name="what">What the other process does, for the message.</param>
    /// <exception cref="BusyException">Another process holds it alone.</exception>
    public static FileStream Share(string path, string what) => Open(path, what, FileAccess.Read, FileShare.Read);

    private static FileStream Open(string path, string what, FileAccess access, FileShare share)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, access, share);
        }
        catch (IOException problem)
        {
            throw new BusyException($"Another process {what} at the moment ({path} is locked). Wait for it, or stop it.", problem);
        }
    }
}
