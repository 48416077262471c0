using System.Data.Common;
using NasEngine.Core.Search;

namespace NasEngine.Storage.Runs;

/// <summary>Appends evaluations, the one write that has to be fast. Each database has its own way.</summary>
internal abstract class EvaluationWriter
{
    /// <summary>Appends to a stage, numbering from its last evaluation on; a genotype that is there is passed over and takes no number.</summary>
    /// <returns>Whether there is such a run.</returns>
    public abstract bool Append(
        DbConnection connection, DbTransaction transaction, string runId, string stage, IReadOnlyList<(string Genotype, MetricSet Metrics)> evaluations);
}
