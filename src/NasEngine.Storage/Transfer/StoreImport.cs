using System.Data.Common;
using Dapper;
using NasEngine.Core.Artefacts;
using NasEngine.Core.Errors;
using NasEngine.Core.Runs;
using NasEngine.Core.Search;
using NasEngine.Storage.Runs;

namespace NasEngine.Storage.Transfer;

/// <summary>Reads an exported store into this one. What is there stays as it is, so that importing again changes nothing.</summary>
/// <remarks>The file is read twice: once to check it and to keep the content of its files, once in a single transaction for all the rest.</remarks>
internal sealed class StoreImport(SqlDatabase database, EvaluationWriter evaluations, IBlobStore blobs)
{
    private const int BatchSize = 1000;

    private const string AddSpace =
        "INSERT INTO spaces (fingerprint, sha256, name, json) VALUES (@Fingerprint, @Sha256, @Name, @Json) ON CONFLICT (fingerprint, sha256) DO NOTHING";

    private const string AddRun =
        """
        INSERT INTO runs (id, name, space_name, space_fingerprint, experiment, seed, state, created_at, environment)
        VALUES (@Id, @Name, @SpaceName, @SpaceFingerprint, @Experiment, @Seed, @State, @CreatedAt, @Environment) ON CONFLICT (id) DO NOTHING
        """;

    private const string AddNote =
        "INSERT INTO run_notes (run_key, text, folded, version, changed_at) VALUES (@owner, @Text, @Folded, @Version, @ChangedAt) ON CONFLICT (run_key) DO NOTHING";

    private const string AddStep =
        "INSERT INTO steps (run_key, step, key, result, finished_at) VALUES (@owner, @Step, @Key, @Result, @FinishedAt) ON CONFLICT (run_key, step) DO NOTHING";

    private const string AddPredictor =
        "INSERT INTO predictors (run_key, target, kind, key, model, quality) VALUES (@owner, @Target, @Kind, @Key, @Model, @Quality) ON CONFLICT (run_key, target) DO NOTHING";

    private const string AddArtefact =
        "INSERT INTO artefacts (run_key, name, kind, path, sha256, bytes, details) VALUES (@owner, @Name, @Kind, @Path, @Sha256, @Bytes, @Details) ON CONFLICT (run_key, name) DO NOTHING";

    /// <summary>Imports a file: all of it, or nothing but the content of some files.</summary>
    /// <returns>The number of lines between the first and the last.</returns>
    /// <exception cref="UsageException">It cannot be read, or was written by a newer version.</exception>
    /// <exception cref="DamagedFileException">It is no exported store, or damaged.</exception>
    public async Task<long> ReadAsync(string path, CancellationToken cancellationToken)
    {
        long lines = await FilesAsync(path, cancellationToken).ConfigureAwait(false);
        await database.WriteAsync(
            (connection, transaction) => new Rows(database, connection, transaction, evaluations, path).Add(TransferFormat.Read(path), cancellationToken), cancellationToken).ConfigureAwait(false);
        return lines;
    }

    private async Task<long> FilesAsync(string path, CancellationToken cancellationToken)
    {
        using TemporaryFiles files = TemporaryFiles.In(Path.GetTempPath());
        long lines = 0;
        string? sha256 = null;
        FileStream? content = null;
        try
        {
            foreach (TransferLine line in TransferFormat.Read(path))
            {
                cancellationToken.ThrowIfCancellationRequested();
                lines++;
                if (line is PieceLine piece)
                {
                    await (content ?? throw TransferFormat.Damaged(path, "a piece belongs to no file.")).WriteAsync(piece.Content, cancellationToken).ConfigureAwait(false);
                    continue;
                }

                await KeepAsync().ConfigureAwait(false);
                if (line is BlobLine blob)
                {
                    sha256 = blob.Sha256;
                    content = new FileStream(files.NewPath(), FileMode.CreateNew, FileAccess.Write, FileShare.Read);
                }
            }

            await KeepAsync().ConfigureAwait(false);
            return lines;
        }
        finally
        {
            if (content is not null)
            {
                await content.DisposeAsync().ConfigureAwait(false);
            }
        }

        async Task KeepAsync()
        {
            if (content is null)
            {
                return;
            }

            string file = content.Name;
            await content.DisposeAsync().ConfigureAwait(false);
            content = null;
            if (await Blobs.BlobFile.DigestAsync(file, cancellationToken).ConfigureAwait(false) != sha256)
            {
                throw TransferFormat.Damaged(path, $"the content of the file {sha256} has another digest.");
            }

            await blobs.PutAsync(file, cancellationToken).ConfigureAwait(false);
            File.Delete(file);
        }
    }

    /// <summary>The part of the work that is one transaction.</summary>
    private sealed class Rows(SqlDatabase database, DbConnection connection, DbTransaction transaction, EvaluationWriter evaluations, string path)
    {
        private readonly List<(string Genotype, MetricSet Metrics)> _batch = [];
        private readonly MetricsDocument.Reader _metrics = new();
        private readonly MeasurementImport _measurements = new(database, connection, transaction);
        private (string Id, long Key) _run;
        private string _stage = string.Empty;

        public void Add(IEnumerable<TransferLine> lines, CancellationToken cancellationToken)
        {
            foreach (TransferLine line in lines)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (_batch.Count == BatchSize || (_batch.Count > 0 && (line is not EvaluationLine next || next.Stage != _stage || next.Run != _run.Id)))
                {
                    Flush();
                }

                Add(line);
            }

            Flush();
        }

        private void Add(TransferLine line)
        {
            switch (line)
            {
                case SpaceLine space:
                    RequireJson(space.Json);
                    connection.Execute(AddSpace, space, transaction);
                    break;
                case RunLine run:
                    RequireJson(run.Experiment, run.Environment);
                    if (!Enum.IsDefined(typeof(RunState), run.State))
                    {
                        throw TransferFormat.Damaged(path, $"the run {run.Id} has the state '{run.State}', which there is not.");
                    }

                    RequireInstant(run.CreatedAt);
                    connection.Execute(AddRun, run, transaction);
                    break;
                case NoteLine note:
                    RequireInstant(note.ChangedAt);
                    ForRun(note.Run, AddNote, new { note.Text, Folded = note.Text.ToLowerInvariant(), note.Version, note.ChangedAt });
                    break;
                case StepLine step:
                    RequireJson(step.Result);
                    RequireInstant(step.FinishedAt);
                    ForRun(step.Run, AddStep, step);
                    break;
                case EvaluationLine evaluation:
                    _ = Key(evaluation.Run);
                    _stage = evaluation.Stage;
                    _batch.Add((evaluation.Genotype, _metrics.TryRead(evaluation.Metrics) ?? throw TransferFormat.Damaged(path, $"an evaluation of the run {evaluation.Run} holds no metrics.")));
                    break;
                case PredictorLine predictor:
                    RequireJson(predictor.Model, predictor.Quality);
                    ForRun(predictor.Run, AddPredictor, predictor);
                    break;
                case ArtefactLine artefact:
                    RequireJson(artefact.Details);
                    ForRun(artefact.Run, AddArtefact, artefact);
                    break;
                case MeasurementLine measurement:
                    RequireJson(measurement.Document);
                    RequireInstant(measurement.MeasuredAt);
                    _measurements.Add(measurement);
                    break;
                default:
                    break; // content of files, kept before
            }
        }

        private void Flush()
        {
            if (_batch.Count > 0)
            {
                evaluations.Append(connection, transaction, _run.Id, _stage, _batch);
                _batch.Clear();
            }
        }

        private void ForRun(string id, string sql, object line)
        {
            DynamicParameters all = new(line);
            all.Add("owner", Key(id));
            connection.Execute(sql, all, transaction);
        }

        private long Key(string id)
        {
            if (_run.Id != id)
            {
                _run = (id, connection.ExecuteScalar<long?>($"SELECT run_key FROM runs WHERE id = @id {database.Dialect.ForKeyShare}", new { id }, transaction)
                    ?? throw TransferFormat.Damaged(path, $"a line names the run {id} before it stands there."));
            }

            return _run.Key;
        }

        private void RequireJson(params ReadOnlySpan<string> documents)
        {
            foreach (string document in documents)
            {
                if (!StoredJson.IsDocument(document))
                {
                    throw TransferFormat.Damaged(path, "a text that should be JSON is none.");
                }
            }
        }

        private void RequireInstant(string text)
        {
            if (!SqlRow.IsInstant(text))
            {
                throw TransferFormat.Damaged(path, $"'{text}' is no instant.");
            }
        }
    }
}
