using System.Globalization;
using System.Text;
using NasEngine.Core.Errors;
using NasEngine.Core.Runs;
using NasEngine.Core.Search;
using NasEngine.Core.Spaces;
using NasEngine.Jobs.Experiments;

namespace NasEngine.Jobs.Queries;

/// <summary>Writes the evaluations of a stage as CSV (RFC 4180): a line each, with a column for each gene and each metric.</summary>
/// <remarks>
/// Some rows at a time are held in memory, however many there are. The stage is read twice: which metrics there are is known only at its end.
/// Rows that are stored meanwhile are left out.
/// </remarks>
public sealed class EvaluationCsv
{
    private const int Batch = 1000;

    private readonly IRunQueries _queries;
    private readonly StoredExperiments _experiments;

    /// <summary>Initializes the writer over a store.</summary>
    public EvaluationCsv(IRunQueries queries, StoredExperiments experiments) => (_queries, _experiments) = (queries, experiments);

    /// <summary>Writes a stage: number, architecture, the labels of its genes in their order, its metrics; objectives come first among these.</summary>
    /// <param name="run">The run.</param>
    /// <param name="stage">The stage, such as <c>search</c>.</param>
    /// <param name="stream">Gets UTF-8 without a byte-order mark.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    /// <remarks>A value that a row lacks, or that is no finite number, is an empty field; so is a gene that has no effect in the row's architecture.</remarks>
    public async Task WriteAsync(RunRecord run, string stage, Stream stream, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(stream);
        Experiment experiment = _experiments.Of(run);
        (string[] keys, long count) = await KeysAsync(run.Id, stage, [.. experiment.Objectives.Select(objective => objective.Key.ToString())], cancellationToken).ConfigureAwait(false);
        StringBuilder text = new();
        AppendLine(text, [.. ((string[])["sequence", "genotype"]).Concat(experiment.Space.Genes.Select(gene => gene.Name)).Concat(keys)]);
        for (long from = 0; from < count; from += Batch)
        {
            foreach (StoredEvaluation row in await _queries.GetEvaluationsAsync(run.Id, stage, from, (int)Math.Min(Batch, count - from), cancellationToken).ConfigureAwait(false))
            {
                AppendLine(text, [row.Sequence.ToString(CultureInfo.InvariantCulture), row.Genotype, .. Labels(experiment.Space, row.Genotype), .. keys.Select(key => Number(row.Metrics, key))]);
            }

            await FlushAsync(text, stream, cancellationToken).ConfigureAwait(false);
        }

        await FlushAsync(text, stream, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Gives a text as a field: quoted where the format asks for it, and such that no spreadsheet takes it for a formula.</summary>
    /// <remarks>A text that begins like a formula and is no number gets an apostrophe in front, which spreadsheets read as "this is text".</remarks>
    internal static string Field(string text)
    {
        bool isFormula = text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' && !double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _);
        string safe = isFormula ? "'" + text : text;
        return safe.AsSpan().ContainsAny(",\"\r\n") ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }

    private static void AppendLine(StringBuilder text, IReadOnlyList<string> fields) => text.AppendJoin(',', fields.Select(Field)).Append("\r\n");

    private static async Task FlushAsync(StringBuilder text, Stream stream, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(Encoding.UTF8.GetBytes(text.ToString()), cancellationToken).ConfigureAwait(false);
        text.Clear();
    }

    private static string Number(MetricSet metrics, string key) => metrics[key] is double value && double.IsFinite(value) ? value.ToString(CultureInfo.InvariantCulture) : string.Empty;

    private static IEnumerable<string> Labels(SearchSpace space, string text)
    {
        Genotype genotype;
        try
        {
            genotype = space.Parse(text);
        }
        catch (UsageException)
        {
            return space.Genes.Select(static _ => string.Empty); // stored by another program: its own words are all there is
        }

        return space.Genes.Select((gene, index) => space.IsActive(genotype, index) ? gene.TextOf(genotype.Choices[index]) : string.Empty);
    }

    private async Task<(string[] Keys, long Count)> KeysAsync(string runId, string stage, string[] objectives, CancellationToken cancellationToken)
    {
        HashSet<string> keys = new(StringComparer.Ordinal);
        long count = 0;
        IReadOnlyList<StoredEvaluation> rows;
        do
        {
            rows = await _queries.GetEvaluationsAsync(runId, stage, count, Batch, cancellationToken).ConfigureAwait(false);
            keys.UnionWith(rows.SelectMany(row => row.Metrics.Select(pair => pair.Key)));
            count += rows.Count;
        }
        while (rows.Count == Batch);
        return ([.. objectives.Where(keys.Contains), .. keys.Except(objectives, StringComparer.Ordinal).Order(StringComparer.Ordinal)], count);
    }
}
