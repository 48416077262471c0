using NasEngine.Core.Runs;

namespace NasEngine.Jobs.Queries;

/// <summary>Reads stages into tables and keeps the tables that were asked for last; of a stage that grew only the new rows are read.</summary>
/// <remarks>Thread-safe. About 300 bytes are kept for each evaluation.</remarks>
public sealed class EvaluationTables
{
    // Runs have a few stages each; so many tables serve a few people who look at different runs.
    private const int MostTables = 24;
    private const int Batch = 20_000;

    private readonly IRunQueries _queries;
    private readonly BoundedCache<(string Run, string Stage), Entry> _entries = new(MostTables);

    /// <summary>Initializes an empty cache.</summary>
    public EvaluationTables(IRunQueries queries) => _queries = queries;

    /// <summary>Gives what a stage of a run holds now; an empty table if there is no such stage.</summary>
    public async Task<EvaluationTable> GetAsync(string runId, string stage, CancellationToken cancellationToken)
    {
        if (!_entries.TryGet((runId, stage), out Entry entry))
        {
            entry = new Entry();
            _entries.Put((runId, stage), entry);
        }

        await entry.Gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return entry.Table = await ReadOnAsync(entry.Table, runId, stage, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            entry.Gate.Release();
        }
    }

    private async Task<EvaluationTable> ReadOnAsync(EvaluationTable table, string runId, string stage, CancellationToken cancellationToken)
    {
        // The last known row is read again: if it is another one, the stage was cleared and filled anew.
        int from = Math.Max(0, table.Count - 1);
        IReadOnlyList<StoredEvaluation> rows = await _queries.GetEvaluationsAsync(runId, stage, from, Batch, cancellationToken).ConfigureAwait(false);
        bool isSame = table.Count == 0 || (rows.Count > 0 && rows[0].Sequence == from && rows[0].Genotype == table.Genotype(from));
        if (!isSame)
        {
            return await ReadOnAsync(EvaluationTable.Empty, runId, stage, cancellationToken).ConfigureAwait(false);
        }

        EvaluationTable read = table.With(table.Count == 0 ? rows : [.. rows.Skip(1)]);
        while (rows.Count == Batch)
        {
            rows = await _queries.GetEvaluationsAsync(runId, stage, read.Count, Batch, cancellationToken).ConfigureAwait(false);
            read = read.With(rows);
        }

        return read;
    }

    private sealed class Entry
    {
        public SemaphoreSlim Gate { get; } = new(1, 1);

        public EvaluationTable Table { get; set; } = EvaluationTable.Empty;
    }
}
