using System.Data.Common;
using Dapper;

namespace NasEngine.Storage.Transfer;

/// <summary>Adds the measurements that are not there yet.</summary>
/// <remarks>
/// A measurement has no name of its own, and two may be equal in everything. So those of a run are counted: the store has in the end
/// as many equal ones as the file, or as many as it had if that is more.
/// </remarks>
internal sealed class MeasurementImport(SqlDatabase database, DbConnection connection, DbTransaction transaction)
{
    private const string Existing =
        "SELECT run_id, key, device, fingerprint, median_ms, low_ms, high_ms, document, measured_at FROM measurements WHERE run_id = @run";

    private const string Insert =
        """
        INSERT INTO measurements (run_id, key, device, fingerprint, median_ms, low_ms, high_ms, document, measured_at)
        VALUES (@Run, @Key, @Device, @Fingerprint, @MedianMs, @LowMs, @HighMs, @Document, @MeasuredAt)
        """;

    private readonly Dictionary<string, Dictionary<MeasurementLine, int>> _known = new(StringComparer.Ordinal);

    /// <summary>Adds a measurement, unless one that is equal is there and was not counted yet.</summary>
    public void Add(MeasurementLine line)
    {
        if (!_known.TryGetValue(line.Run, out Dictionary<MeasurementLine, int>? known))
        {
            known = database.Query(connection, transaction, Existing, new { run = line.Run }, Read).CountBy(measurement => measurement).ToDictionary();
            _known.Add(line.Run, known);
        }

        if (known.TryGetValue(line, out int left) && left > 0)
        {
            known[line] = left - 1;
        }
        else
        {
            connection.Execute(Insert, line, transaction);
        }
    }

    /// <summary>Reads a measurement as a line.</summary>
    public static MeasurementLine Read(SqlRow row) => new(
        row.Text(0), row.Text(1), row.Text(2), row.Text(3), row.RealOrNull(4), row.RealOrNull(5), row.RealOrNull(6), row.Json(7), row.Text(8));
}
