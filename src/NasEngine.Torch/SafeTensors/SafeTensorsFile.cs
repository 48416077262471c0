using System.Security.Cryptography;

namespace NasEngine.Torch;

/// <summary>An open safetensors file, checked; tensors are read one at a time. Not thread-safe.</summary>
public sealed class SafeTensorsFile : IDisposable
{
    private readonly string _path;
    private readonly FileStream _stream;
    private readonly SafeTensorsHeader _header;
    private readonly Dictionary<string, SafeTensorEntry> _byName;

    internal SafeTensorsFile(string path)
    {
        _path = path;
        try
        {
            _stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 16);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new SafeTensorsException(path, $"the file cannot be opened: {error.Message}", error);
        }

        try
        {
            _header = Guarded(() => SafeTensorsHeader.Read(path, _stream));
            _byName = _header.Entries.ToDictionary(entry => entry.Name, StringComparer.Ordinal);
            if (_header.Metadata.TryGetValue(SafeTensorsHeader.HashKey, out string? expected))
            {
                CheckHash(expected);
            }
        }
        catch
        {
            _stream.Dispose();
            throw;
        }
    }

    /// <summary>Gets the texts that the writer put beside the tensors.</summary>
    public IReadOnlyDictionary<string, string> Metadata => _header.Metadata;

    /// <summary>Gets what the file holds, in the order of its header.</summary>
    public IReadOnlyList<SafeTensorEntry> Entries => _header.Entries;

    /// <summary>Reads one tensor to the processor.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="SafeTensorsException">The file has no such tensor, or cannot be read.</exception>
    public torch.Tensor Read(string name)
    {
        SafeTensorEntry entry = Find(name);
        torch.Tensor tensor = torch.empty([.. entry.Shape], entry.Type);
        ReadInto(entry, tensor);
        return tensor;
    }

    /// <summary>Copies one tensor's values into an existing one of the same type and shape.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="target">The tensor to fill, on any device.</param>
    /// <exception cref="SafeTensorsException">There is no such tensor, its type or shape differs, or the file cannot be read.</exception>
    public void ReadInto(string name, torch.Tensor target)
    {
        ArgumentNullException.ThrowIfNull(target);
        SafeTensorEntry entry = Find(name);
        if (entry.Type != target.dtype || !target.shape.AsSpan().SequenceEqual([.. entry.Shape]))
        {
            throw new SafeTensorsException(
                _path, $"tensor '{name}' is {entry.Type} [{string.Join(" × ", entry.Shape)}], but {target.dtype} [{string.Join(" × ", target.shape)}] is needed.");
        }

        using IDisposable noGradients = torch.no_grad();
        if (target.device_type == DeviceType.CPU && target.is_contiguous())
        {
            ReadInto(entry, target);
            return;
        }

        using torch.Tensor staged = Read(name);
        target.copy_(staged);
    }

    /// <summary>Closes the file; tensors read stay.</summary>
    public void Dispose() => _stream.Dispose();

    private SafeTensorEntry Find(string name) =>
        _byName.TryGetValue(name, out SafeTensorEntry? entry) ? entry : throw new SafeTensorsException(_path, $"there is no tensor '{name}'.");

    private unsafe void ReadInto(SafeTensorEntry entry, torch.Tensor target)
    {
        if (entry.Length == 0)
        {
            return;
        }

        byte* start = (byte*)target.data_ptr();
        Guarded(() =>
        {
            _stream.Position = _header.DataStart + entry.Start;
            for (long done = 0; done < entry.Length;)
            {
                int part = (int)Math.Min(entry.Length - done, 1 << 24);
                _stream.ReadExactly(new Span<byte>(start + done, part));
                done += part;
            }

            return true;
        });
        GC.KeepAlive(target);
    }

    private void CheckHash(string expected)
    {
        string found = Guarded(() =>
        {
            _stream.Position = _header.DataStart;
            return Convert.ToHexStringLower(SHA256.HashData(_stream));
        });
        if (!string.Equals(found, expected, StringComparison.OrdinalIgnoreCase))
        {
            throw new SafeTensorsException(_path, $"the data has the SHA-256 {found}, but {expected} was written: the file was damaged.");
        }
    }

    private T Guarded<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (IOException error)
        {
            throw new SafeTensorsException(_path, $"the file cannot be read: {error.Message}", error);
        }
    }
}
