using NasEngine.Core.Runs;

namespace NasEngine.Jobs.Runs;

/// <summary>Keeps notes where runs are started afresh: what a run found is forgotten then, but not what people wrote.</summary>
internal static class RunNotes
{
    /// <summary>Reads the note of a run that is to be started afresh; <see cref="RunNote.None"/> if it only goes on.</summary>
    public static async Task<RunNote> TakeAsync(IRunStore store, string runId, bool fresh, CancellationToken cancellationToken) =>
        fresh ? await store.GetNoteAsync(runId, cancellationToken).ConfigureAwait(false) : RunNote.None;

    /// <summary>Writes the note back once the run has been added again.</summary>
    public static async Task PutBackAsync(IRunStore store, string runId, RunNote note, CancellationToken cancellationToken)
    {
        if (note.ChangedAt is DateTimeOffset at)
        {
            await store.TrySetNoteAsync(runId, note.Text, 0, at, cancellationToken).ConfigureAwait(false);
        }
    }
}
