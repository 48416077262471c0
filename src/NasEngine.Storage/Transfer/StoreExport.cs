using System.Data.Common;
using System.IO.Compression;
using NasEngine.Core.Artefacts;
using NasEngine.Core.Errors;

namespace NasEngine.Storage.Transfer;

/// <summary>Writes all that is stored to a file.</summary>
internal sealed class StoreExport(SqlDatabase database, IBlobStore blobs)
{
    private const string Spaces = "SELECT fingerprint, sha256, name, json FROM spaces ORDER BY space_key";
    private const string Runs = "SELECT run_key, id, name, space_name, space_fingerprint, experiment, seed, state, created_at, environment FROM runs ORDER BY run_key";
    private const string Note = "SELECT text, version, changed_at FROM run_notes WHERE run_key = @run";
    private const string Steps = "SELECT step, key, result, finished_at FROM steps WHERE run_key = @run ORDER BY step_key";
    private const string Evaluations = "SELECT stage, genotype, metrics FROM stages JOIN evaluations USING (stage_key) WHERE run_key = @run ORDER BY stage, sequence";
    private const string Predictors = "SELECT target, kind, key, model, quality FROM predictors WHERE run_key = @run ORDER BY target";
    private const string Artefacts = "SELECT name, kind, path, sha256, bytes, details FROM artefacts WHERE run_key = @run ORDER BY name";
    private const string Measurements = "SELECT run_id, key, device, fingerprint, median_ms, low_ms, high_ms, document, measured_at FROM measurements ORDER BY measurement_key";

    /// <summary>Writes the file; it appears whole, in place of one that may be there.</summary>
    /// <returns>The number of lines between the first and the last.</returns>
    public async Task<long> WriteAsync(string path, CancellationToken cancellationToken)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        using TemporaryFiles files = TemporaryFiles.In(folder);
        long lines = 0;
        try
        {
            string part = files.NewPath();
            FileStream file = new(part, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16);
            await using (file.ConfigureAwait(false))
            {
                GZipStream packed = new(file, CompressionLevel.Fastest);
                await using (packed.ConfigureAwait(false))
                {
                    BufferedStream stream = new(packed, 1 << 16);
                    await using (stream.ConfigureAwait(false))
                    {
                        void Add(TransferLine line)
                        {
                            cancellationToken.ThrowIfCancellationRequested();
                            TransferFormat.Write(stream, line);
                            lines++;
                        }

                        Add(new HeaderLine(TransferFormat.Version));
                        await database.SnapshotAsync((connection, transaction) => Rows(connection, transaction, Add), cancellationToken).ConfigureAwait(false);
                        await FilesAsync(files, Add, cancellationToken).ConfigureAwait(false);
                        Add(new EndLine(lines));
                    }
                }
            }

            File.Move(part, path, overwrite: true);
            return lines - 2;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new WorkFailedException($"{path} cannot be written: {problem.Message}", problem);
        }
    }

    private void Rows(DbConnection connection, DbTransaction transaction, Action<TransferLine> add)
    {
        Each(Spaces, null, row => new SpaceLine(row.Text(0), row.Text(1), row.Text(2), row.Json(3)));
        List<(long Key, RunLine Line)> runs = database.Query(
            connection, transaction, Runs, null,
            row => (row.Whole(0), new RunLine(row.Text(1), row.Text(2), row.Text(3), row.Text(4), row.Json(5), row.Whole(6), row.Text(7), row.Text(8), row.Json(9))));
        foreach ((long run, RunLine line) in runs)
        {
            string id = line.Id;
            add(line);
            Each(Note, new { run }, row => new NoteLine(id, row.Text(0), row.Whole(1), row.Text(2)));
            Each(Steps, new { run }, row => new StepLine(id, row.Text(0), row.Text(1), row.Json(2), row.Text(3)));
            Each(Evaluations, new { run }, row => new EvaluationLine(id, row.Text(0), row.Text(1), row.Text(2)));
            Each(Predictors, new { run }, row => new PredictorLine(id, row.Text(0), row.Text(1), row.Text(2), row.Json(3), row.Json(4)));
            Each(Artefacts, new { run }, row => new ArtefactLine(id, row.Text(0), row.Text(1), row.Text(2), row.Text(3), row.Whole(4), row.Json(5)));
        }

        Each(Measurements, null, MeasurementImport.Read);

        void Each(string sql, object? parameters, Func<SqlRow, TransferLine> map)
        {
            foreach (TransferLine line in database.Stream(connection, transaction, sql, parameters, map))
            {
                add(line);
            }
        }
    }

    private async Task FilesAsync(TemporaryFiles files, Action<TransferLine> add, CancellationToken cancellationToken)
    {
        string copy = files.NewPath();
        foreach (Blob blob in await blobs.ListAsync(cancellationToken).ConfigureAwait(false))
        {
            if (!await blobs.TryGetAsync(blob.Sha256, copy, cancellationToken).ConfigureAwait(false))
            {
                continue; // removed meanwhile
            }

            add(new BlobLine(blob.Sha256, blob.Bytes));
            FileStream content = new(copy, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
            await using (content.ConfigureAwait(false))
            {
                byte[] piece = new byte[Blobs.BlobFile.PieceBytes];
                while (await content.ReadAtLeastAsync(piece, piece.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false) is int read and > 0)
                {
                    add(new PieceLine(piece[..read]));
                }
            }
        }
    }
}
