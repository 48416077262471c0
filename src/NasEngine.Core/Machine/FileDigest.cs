using System.Security.Cryptography;

namespace NasEngine.Core.Machine;

/// <summary>Takes the digest that files are known by: SHA-256 in lower-case hexadecimal.</summary>
public static class FileDigest
{
    /// <summary>Takes the digest of a file.</summary>
    public static async Task<string> OfAsync(string path, CancellationToken cancellationToken)
    {
        FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        await using (file.ConfigureAwait(false))
        {
            return await OfAsync(file, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Takes the digest of what a stream still holds.</summary>
    public static async Task<string> OfAsync(Stream content, CancellationToken cancellationToken) =>
        Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellationToken).ConfigureAwait(false));
}
