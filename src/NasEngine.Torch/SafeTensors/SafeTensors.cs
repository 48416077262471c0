using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;

namespace NasEngine.Torch;

/// <summary>Writes and opens safetensors files: named tensors and texts, readable by every common framework.</summary>
public static class SafeTensors
{
    private const int Alignment = 8;

    /// <summary>Opens and checks a file: header, layout, length, and the SHA-256 of the data if the file has one.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="SafeTensorsException">The file is missing, cut short, damaged or of another format.</exception>
    public static SafeTensorsFile Open(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return new SafeTensorsFile(path);
    }

    /// <summary>Reads all tensors of a file to the processor.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="SafeTensorsException">The file is missing, cut short, damaged or of another format.</exception>
    public static Dictionary<string, torch.Tensor> Read(string path)
    {
        using SafeTensorsFile file = Open(path);
        return file.Entries.ToDictionary(entry => entry.Name, entry => file.Read(entry.Name), StringComparer.Ordinal);
    }

    /// <summary>Writes a file so that, whatever happens, the path holds either the old file or the whole new one.</summary>
    /// <param name="path">The file; an existing one is replaced.</param>
    /// <param name="tensors">Names and tensors, of any device and layout.</param>
    /// <param name="metadata">Texts to keep beside them, or none.</param>
    /// <param name="hash">Whether to keep the SHA-256 of the data, which <see cref="Open"/> then checks.</param>
    /// <remarks>Written beside the path, flushed to the disk, renamed, and the folder flushed.</remarks>
    public static void WriteAtomic(
        string path, IEnumerable<KeyValuePair<string, torch.Tensor>> tensors, IReadOnlyDictionary<string, string>? metadata = null, bool hash = true)
    {
        string target = Path.GetFullPath(path);
        string folder = Path.GetDirectoryName(target)!;
        string temporary = Path.Combine(folder, $".{Path.GetFileName(target)}.{Environment.ProcessId}-{Path.GetRandomFileName()}.tmp");
        try
        {
            using (FileStream stream = new(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1 << 16))
            {
                Write(stream, tensors, metadata, hash);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, target, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }

        FlushFolder(folder);
    }

    /// <summary>Writes a file in place. Where the old file matters, use <see cref="WriteAtomic"/>.</summary>
    /// <inheritdoc cref="WriteAtomic"/>
    public static void Write(
        string path, IEnumerable<KeyValuePair<string, torch.Tensor>> tensors, IReadOnlyDictionary<string, string>? metadata = null, bool hash = false)
    {
        using FileStream stream = new(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 1 << 16);
        Write(stream, tensors, metadata, hash);
    }

    /// <summary>Writes to a stream, one tensor after the other.</summary>
    /// <param name="stream">The stream to write to; left open.</param>
    /// <param name="tensors">Names and tensors, of any device and layout.</param>
    /// <param name="metadata">Texts to keep beside them, or none.</param>
    /// <param name="hash">Whether to keep the SHA-256 of the data; the tensors are then gone through twice.</param>
    /// <exception cref="ArgumentException">A name comes twice or is reserved.</exception>
    public static void Write(
        Stream stream, IEnumerable<KeyValuePair<string, torch.Tensor>> tensors, IReadOnlyDictionary<string, string>? metadata = null, bool hash = false)
    {
        ArgumentNullException.ThrowIfNull(stream);
        // Larger elements first keeps each tensor aligned to its element; names make the order, so the bytes, repeatable.
        KeyValuePair<string, torch.Tensor>[] ordered =
            [.. tensors.OrderByDescending(pair => pair.Value.ElementSize).ThenBy(pair => pair.Key, StringComparer.Ordinal)];
        Dictionary<string, string> texts = metadata is null ? [] : new(metadata);
        if (hash)
        {
            using IncrementalHash sum = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            WriteData(ordered, sum.AppendData);
            texts[SafeTensorsHeader.HashKey] = Convert.ToHexStringLower(sum.GetHashAndReset());
        }
        else
        {
            texts.Remove(SafeTensorsHeader.HashKey);
        }

        byte[] header = Header(ordered, texts);
        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
        stream.Write(length);
        stream.Write(header);
        WriteData(ordered, stream.Write);
    }

    private static byte[] Header(KeyValuePair<string, torch.Tensor>[] tensors, Dictionary<string, string> metadata)
    {
        using MemoryStream text = new();
        using (Utf8JsonWriter json = new(text))
        {
            json.WriteStartObject();
            if (metadata.Count > 0)
            {
                json.WriteStartObject("__metadata__");
                foreach ((string key, string value) in metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal))
                {
                    json.WriteString(key, value);
                }

                json.WriteEndObject();
            }

            HashSet<string> names = new(StringComparer.Ordinal) { "__metadata__" };
            long position = 0;
            foreach ((string name, torch.Tensor tensor) in tensors)
            {
                if (!names.Add(name))
                {
                    throw new ArgumentException($"The tensor name '{name}' comes twice, or is reserved.", nameof(tensors));
                }

                json.WriteStartObject(name);
                json.WriteString("dtype", SafeTensorsHeader.NameOf(tensor.dtype));
                json.WriteStartArray("shape");
                Array.ForEach(tensor.shape, json.WriteNumberValue);
                json.WriteEndArray();
                json.WriteStartArray("data_offsets");
                json.WriteNumberValue(position);
                position += tensor.numel() * tensor.ElementSize;
                json.WriteNumberValue(position);
                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        while (text.Length % Alignment != 0)
        {
            text.WriteByte((byte)' ');
        }

        return text.ToArray();
    }

    private delegate void Sink(ReadOnlySpan<byte> bytes);

    private static unsafe void WriteData(KeyValuePair<string, torch.Tensor>[] tensors, Sink sink)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        using IDisposable noGradients = torch.no_grad();
        foreach (torch.Tensor tensor in tensors.Select(pair => pair.Value))
        {
            using torch.Tensor local = tensor.cpu();
            using torch.Tensor rows = local.contiguous();
            long length = rows.numel() * rows.ElementSize;
            byte* start = (byte*)rows.data_ptr();
            for (long done = 0; done < length;)
            {
                int part = (int)Math.Min(length - done, 1 << 24);
                sink(new ReadOnlySpan<byte>(start + done, part));
                done += part;
            }
        }
    }

    private static unsafe void FlushFolder(string folder)
    {
        // A rename is on the disk only once its folder is; .NET has no call for that.
        fixed (byte* name = System.Text.Encoding.UTF8.GetBytes(folder + "\0"))
        {
            int descriptor = open(name, 0);
            if (descriptor >= 0)
            {
                _ = fsync(descriptor);
                _ = close(descriptor);
            }
        }
    }

    [DllImport("libc")]
    private static extern unsafe int open(byte* path, int flags);

    [DllImport("libc")]
    private static extern int fsync(int descriptor);

    [DllImport("libc")]
    private static extern int close(int descriptor);
}
