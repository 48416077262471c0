using System.Data.Common;
using NasEngine.Core.Search;

namespace NasEngine.Storage.Runs;

/// <summary>Appends evaluations, the one write that has to be fast. Each database has its own way.</summary>
internal abstract class EvaluationWriter
{
    /// <summary>Appends to a stage, numbering from its last evaluation on; a genotype that is there is passed over and takes no number.</summary>
    public abstract void Append(
        DbConnection connection, DbTransaction transaction, long runKey, string stage, IReadOnlyList<(string Genotype, MetricSet Metrics)> evaluations);
}
