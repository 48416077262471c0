using System.Text.Json;
using NasEngine.Core.Errors;
using NasEngine.Core.Machine;
using NasEngine.Jobs.Runs;
using NasEngine.Web.Safety;

namespace NasEngine.Web;

/// <summary>Settings that can be changed while the service runs; kept in a file of the data folder.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class ServiceSettings
{
    private const int DefaultRetentionDays = 30;
    private const int MaxRetentionDays = 3650;

    private readonly string _path;
    private readonly Lock _gate = new();
    private volatile int _retentionDays;

    public ServiceSettings(Workplace workplace)
    {
        _path = Path.Combine(workplace.Home, "service.json");
        _retentionDays = Read(_path);
    }

    /// <summary>Gets for how many days finished jobs are kept; 0 for ever.</summary>
    public int RetentionDays => _retentionDays;

    /// <summary>Changes for how many days finished jobs are kept.</summary>
    /// <exception cref="UsageException">The number is out of range.</exception>
    public void SetRetention(int days)
    {
        if (days is < 0 or > MaxRetentionDays)
        {
            throw new UsageException($"retentionDays is from 1 to {MaxRetentionDays}, or 0 to keep jobs for ever.");
        }

        lock (_gate)
        {
            WholeFile.Write(_path, JsonSerializer.SerializeToUtf8Bytes(new Content(days), JsonSerializerOptions.Web), ownerOnly: true);
            _retentionDays = days;
        }
    }

    private static int Read(string path)
    {
        if (!File.Exists(path))
        {
            return DefaultRetentionDays;
        }

        try
        {
            return JsonSerializer.Deserialize<Content>(File.ReadAllBytes(path), JsonSerializerOptions.Web) is { RetentionDays: >= 0 and <= MaxRetentionDays } content ? content.RetentionDays : throw new JsonException("out of range");
        }
        catch (JsonException problem)
        {
            throw new DamagedFileException(path, "the file holds no settings.", "Remove it: the settings are then as they were at first.", problem);
        }
    }

    private sealed record Content(int RetentionDays);
}
