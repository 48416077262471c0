using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text;
using NasEngine.Core.Devices;
using NasEngine.Core.Errors;

namespace NasEngine.Profiling.Replay;

/// <summary>Passes everything on to another device and appends each measurement to a file that a <see cref="ReplayDevice"/> answers from.</summary>
/// <remarks>A measurement is on the disk before it is given. A file that exists is continued if it is of the same device; an append that was cut off is removed.</remarks>
public sealed class RecordingDevice : IDevice
{
    private readonly IDevice _inner;
    private readonly string _file;
    private FileStream? _stream;

    /// <summary>Initializes the recorder; nothing is written before the first measurement.</summary>
    /// <param name="inner">The device that measures; disposed with the recorder.</param>
    /// <param name="file">The file to append to; its folder is made if it is missing.</param>
    public RecordingDevice(IDevice inner, string file)
    {
        ArgumentNullException.ThrowIfNull(inner);
        ArgumentException.ThrowIfNullOrEmpty(file);
        _inner = inner;
        _file = file;
    }

    /// <inheritdoc/>
    public string Name => _inner.Name;

    /// <inheritdoc/>
    public Task<DeviceFingerprint> ConnectAsync(CancellationToken cancellationToken) => _inner.ConnectAsync(cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="DamagedFileException">The file exists and is damaged.</exception>
    /// <exception cref="UsageException">The file is of another device, or can't be written.</exception>
    public async IAsyncEnumerable<Measurement> MeasureAsync(
        IReadOnlyList<MeasurementItem> items, MeasurementOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        FileStream stream = await OpenAsync(cancellationToken).ConfigureAwait(false);
        await foreach (Measurement measurement in _inner.MeasureAsync(items, options, cancellationToken).ConfigureAwait(false))
        {
            Append(stream, RecordingFile.MeasurementLine(measurement)); // not cancelled: measured work is never thrown away
            yield return measurement;
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<float[]>> RunAsync(
        ReadOnlyMemory<byte> model, ImmutableArray<int> inputShape, IReadOnlyList<float[]> inputs, CancellationToken cancellationToken) =>
        _inner.RunAsync(model, inputShape, inputs, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_stream is not null)
        {
            await _stream.DisposeAsync().ConfigureAwait(false);
            _stream = null;
        }

        await _inner.DisposeAsync().ConfigureAwait(false);
    }

    private static void Append(FileStream stream, string line)
    {
        stream.Write(Encoding.UTF8.GetBytes(line));
        stream.Flush(flushToDisk: true);
    }

    private async Task<FileStream> OpenAsync(CancellationToken cancellationToken)
    {
        if (_stream is not null)
        {
            return _stream;
        }

        DeviceFingerprint device = await _inner.ConnectAsync(cancellationToken).ConfigureAwait(false);
        FileInfo info = new(_file);
        long length = 0;
        if (info is { Exists: true, Length: > 0 })
        {
            RecordingFile existing = await RecordingFile.ReadAsync(_file, cancellationToken).ConfigureAwait(false);
            if (existing.Device.Id != device.Id)
            {
                throw new UsageException($"{_file} holds measurements of another device ({existing.Device}); this one is {device}. Record to another file.");
            }

            length = existing.ValidLength;
        }

        try
        {
            info.Directory?.Create();
            _stream = new FileStream(_file, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"The recording {_file} can't be written: {problem.Message}", problem);
        }

        _stream.SetLength(length);
        _stream.Seek(0, SeekOrigin.End);
        if (length == 0)
        {
            Append(_stream, RecordingFile.HeaderLine(device));
        }

        return _stream;
    }
}
