using System.Text.Json;
using NasEngine.Core.Errors;
using NasEngine.Core.Objectives;
using NasEngine.Core.Runs;
using NasEngine.Core.Spaces;
using NasEngine.Jobs.Experiments;
using NasEngine.Jobs.Runs;
using NasEngine.Jobs.Steps;
using NasEngine.Networks.Families;
using NasEngine.Networks.Kernels;
using NasEngine.Training.Strategies;

namespace NasEngine.Jobs.Queries;

/// <summary>Gives what the pages of a run show. What was computed is kept until the stage that it came from grows. Thread-safe.</summary>
public sealed class RunContents
{
    // What a browser draws at once; more points than these hide each other.
    private const int MostItems = 2000;
    private const int MostForImportance = 5000;

    private readonly IRunStore _store;
    private readonly IRunQueries _queries;
    private readonly StoredExperiments _experiments;
    private readonly EvaluationTables _tables;
    private readonly BoundedCache<(string Run, string What, int Count, long Other), object> _computed = new(512);

    /// <summary>Initializes the contents over a store.</summary>
    public RunContents(IRunStore store, IRunQueries queries, StoredExperiments experiments, EvaluationTables tables) =>
        (_store, _queries, _experiments, _tables) = (store, queries, experiments, tables);

    /// <summary>Gives the front of the verified networks, or of the search on predicted values.</summary>
    /// <param name="run">The run.</param>
    /// <param name="stage"><c>verify</c> or <c>search</c>.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async Task<RunFrontView> FrontAsync(RunRecord run, string stage, CancellationToken cancellationToken)
    {
        Experiment experiment = _experiments.Of(run);
        if (stage == VerifyStep.Stage)
        {
            IReadOnlyList<FrontMember> front = await FrontReader.ReadAsync(_store, run.Id, experiment.Objectives, experiment.Constraints, cancellationToken).ConfigureAwait(false);
            return new RunFrontView(ObjectiveView.Of(experiment.Objectives), [.. front.Select(member => FrontPoint.Of(member.Number, member.Genotype, Tested(member)))]);
        }

        EvaluationTable table = await _tables.GetAsync(run.Id, stage, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<int> rows = await ComputedAsync(run, "front", table, 0, () => FrontRows(experiment, table)).ConfigureAwait(false);
        return new RunFrontView(ObjectiveView.Of(experiment.Objectives), [.. rows.Select((row, index) => FrontPoint.Of(index + 1, table.Genotype(row), table.Metrics(row)))]);
    }

    /// <summary>Gives two metrics of a stage's evaluations to draw against each other.</summary>
    /// <param name="run">The run.</param>
    /// <param name="stage">The stage.</param>
    /// <param name="x">The metric key across.</param>
    /// <param name="y">The metric key upwards.</param>
    /// <param name="max">At most so many points, taken evenly; the same ones each time.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async Task<ScatterView> ScatterAsync(RunRecord run, string stage, string x, string y, int max, CancellationToken cancellationToken)
    {
        EvaluationTable table = await _tables.GetAsync(run.Id, stage, cancellationToken).ConfigureAwait(false);
        return await ComputedAsync(run, $"scatter {stage} {x} {y}", table, max, () => Scatter(table, x, y, max)).ConfigureAwait(false);
    }

    /// <summary>Gives the hypervolume in the course of the search.</summary>
    public async Task<IReadOnlyList<HypervolumeMoment>> HypervolumeAsync(RunRecord run, CancellationToken cancellationToken)
    {
        Experiment experiment = _experiments.Of(run);
        EvaluationTable table = await _tables.GetAsync(run.Id, SearchStep.Stage, cancellationToken).ConfigureAwait(false);
        return await ComputedAsync(run, "hypervolume", table, 0, () => HypervolumeSeries.Compute(experiment.Objectives, experiment.Constraints, table)).ConfigureAwait(false);
    }

    /// <summary>Gives the training curve, while the supernet is trained as far as it has come.</summary>
    public async Task<TrainingView> TrainingAsync(RunRecord run, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        StepRecord? step = (await _store.GetStepsAsync(run.Id, cancellationToken).ConfigureAwait(false)).FirstOrDefault(record => record.Step == "train");
        IReadOnlyList<TrainingPoint> curve = step is not null
            ? JsonSerializer.Deserialize<TrainResult>(step.Result, JsonSerializerOptions.Web)!.Curve
            : [.. (await _store.GetTrainingAsync(run.Id, cancellationToken).ConfigureAwait(false)).Select(point => JsonSerializer.Deserialize<TrainingPoint>(point.Document, JsonSerializerOptions.Web)!)];
        int every = Math.Max(1, (curve.Count + MostItems - 1) / MostItems);
        return new TrainingView(
            [.. curve.Where((_, index) => index % every == 0 || index == curve.Count - 1).Select(point => point with { Validation = null })],
            [.. curve.Where(point => point.Validation is not null).Select(point => TrainingValidation.Of(point.Step, point.Validation!))]);
    }

    /// <summary>Gives the quality of each predictor of a run.</summary>
    public async Task<IReadOnlyList<PredictorView>> PredictorsAsync(RunRecord run, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        return [.. (await _queries.ListPredictorsAsync(run.Id, MostItems, cancellationToken).ConfigureAwait(false)).Select(PredictorView.Of)];
    }

    /// <summary>Gives architectures by their genes, and how much each gene matters to each objective.</summary>
    public async Task<GenesView> GenesAsync(RunRecord run, CancellationToken cancellationToken)
    {
        Experiment experiment = _experiments.Of(run);
        EvaluationTable searched = await _tables.GetAsync(run.Id, SearchStep.Stage, cancellationToken).ConfigureAwait(false);
        EvaluationTable verified = await _tables.GetAsync(run.Id, VerifyStep.Stage, cancellationToken).ConfigureAwait(false);
        return await ComputedAsync(run, "genes", searched, verified.Count, () => Genes(experiment, searched, verified)).ConfigureAwait(false);
    }

    /// <summary>Gives what a network costs, and its drawing.</summary>
    /// <exception cref="UsageException">The text is no architecture of the run's space.</exception>
    public NetworkView Network(RunRecord run, string genotype)
    {
        Experiment experiment = _experiments.Of(run);
        INetworkFamily family = NetworkFamilies.Of(experiment.Space);
        Genotype parsed = experiment.Space.Parse(genotype);
        NetworkCosts costs = CostReader.Read(family, family.Plan(experiment.Space, parsed));
        return new NetworkView(experiment.Space.Format(parsed), new NetworkCostView(costs.Macs, costs.Parameters, costs.PeakActivationBytes), family.Sketch(experiment.Space, parsed));
    }

    private static IEnumerable<KeyValuePair<string, double>> Tested(FrontMember member) =>
        member.TestAccuracy is double accuracy ? member.Metrics.Append(KeyValuePair.Create("test.accuracy", accuracy)) : member.Metrics;

    private static IReadOnlyList<int> FrontRows(Experiment experiment, EvaluationTable table)
    {
        FrontSoFar front = new(experiment.Objectives, experiment.Constraints, table);
        for (int row = 0; row < table.Count; row++)
        {
            front.Add(row);
        }

        Objective order = experiment.Objectives.FirstOrDefault(objective => objective.Key.Device is not null) ?? experiment.Objectives[^1];
        double[] values = table.Column(order.Key.ToString()).ToArray();
        return [.. front.Members.Select(member => member.Row).OrderBy(row => values[row]).ThenBy(row => row)];
    }

    private static ScatterView Scatter(EvaluationTable table, string x, string y, int max)
    {
        ReadOnlySpan<double> across = table.Column(x), upwards = table.Column(y);
        List<int> rows = [];
        for (int row = 0; row < table.Count; row++)
        {
            if (double.IsFinite(across[row]) && double.IsFinite(upwards[row]))
            {
                rows.Add(row);
            }
        }

        int count = Math.Min(max, rows.Count);
        double[] xs = new double[count], ys = new double[count];
        for (int index = 0; index < count; index++)
        {
            int row = rows[(int)((long)index * rows.Count / count)];
            (xs[index], ys[index]) = (across[row], upwards[row]);
        }

        return new ScatterView(xs, ys, rows.Count, count < rows.Count, [.. table.Keys]);
    }

    private static GenesView Genes(Experiment experiment, EvaluationTable searched, EvaluationTable verified)
    {
        SearchSpace space = experiment.Space;
        FrontSoFar front = new(experiment.Objectives, experiment.Constraints, verified);
        for (int row = 0; row < verified.Count; row++)
        {
            front.Add(row);
        }

        HashSet<int> members = [.. front.Members.Select(member => member.Row)];
        List<GeneItem> items = [.. Enumerable.Range(0, verified.Count).Select(row => Item(space, verified, row, members.Contains(row)))];
        int[] rows = Evenly(searched.Count, MostForImportance);
        Genotype[] genotypes = [.. rows.Select(row => space.Parse(searched.Genotype(row)))];
        int[] shown = Evenly(rows.Length, Math.Max(0, MostItems - items.Count));
        items.AddRange(shown.Select(index => new GeneItem([.. genotypes[index].Choices.Select(static choice => (int)choice)], searched.Metrics(rows[index]), false)));
        Dictionary<string, IReadOnlyList<GeneShare>> importance = new(StringComparer.Ordinal);
        foreach (string key in experiment.Objectives.Select(objective => objective.Key.ToString()))
        {
            double[] values = searched.Column(key).ToArray();
            importance[key] = GeneImportance.Compute(space, genotypes, [.. rows.Select(row => values[row])]);
        }

        return new GenesView([.. space.Genes.Select(gene => new GeneView(gene.Name, [.. Enumerable.Range(0, gene.Choices.Length).Select(gene.TextOf)]))], importance, items);
    }

    private static GeneItem Item(SearchSpace space, EvaluationTable table, int row, bool isFront) =>
        new([.. space.Parse(table.Genotype(row)).Choices.Select(static choice => (int)choice)], FrontPoint.Of(0, string.Empty, table.Metrics(row)).Metrics, isFront);

    private static int[] Evenly(int count, int most) =>
        [.. Enumerable.Range(0, Math.Min(count, most)).Select(index => (int)((long)index * count / Math.Min(count, most)))];

    // Computing takes processor time: it is done beside the thread that answers requests.
    private async Task<T> ComputedAsync<T>(RunRecord run, string what, EvaluationTable table, long other, Func<T> compute)
        where T : class =>
        (T)await _computed.GetAsync((run.Id, what, table.Count, other), async () => await Task.Run(compute).ConfigureAwait(false)).ConfigureAwait(false);
}
