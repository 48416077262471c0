using NasEngine.Core.Errors;
using NasEngine.Core.Progress;
using NasEngine.Core.Randomness;
using NasEngine.Core.Spaces;
using NasEngine.Networks.Families;
using NasEngine.Torch;
using NasEngine.Training.ZeroCost;

namespace NasEngine.Jobs.ZeroCost;

/// <summary>Scores architectures without training them.</summary>
public static class ProxyScoring
{
    /// <summary>Scores architectures; those whose row is in the file already are not computed again.</summary>
    /// <param name="options">What, and how.</param>
    /// <param name="progress">Shows how far it is.</param>
    /// <param name="cancellationToken">Stops after the network in hand; what was computed is in the file.</param>
    /// <returns>A row for each architecture, in order.</returns>
    /// <exception cref="UsageException">The data does not fit the space, or the file holds something else.</exception>
    public static IReadOnlyList<ProxyRow> Run(ProxyScoringOptions options, IProgressSink progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(progress);
        Check(options);
        SearchSpace space = options.Space;
        INetworkFamily family = NetworkFamilies.Of(space);
        SeedTree seeds = new(options.Seed);
        ProxyFile? file = options.File is null ? null : new ProxyFile(options);
        Dictionary<Genotype, ProxyRow> known = file?.Read() ?? [];
        Dictionary<int, ProxyBatch> batches = [];
        int done = options.Genotypes.Count(known.ContainsKey);
        using IProgressTask task = progress.Start("score without training", options.Genotypes.Count, "network", done);
        try
        {
            foreach (Genotype genotype in options.Genotypes.Where(genotype => !known.ContainsKey(genotype)).Distinct())
            {
                cancellationToken.ThrowIfCancellationRequested();
                ProxyRow row = new(genotype, Score(family, family.Plan(space, genotype), options, seeds, batches));
                known.Add(genotype, row);
                file?.Append(row);
                task.Report(++done);
            }
        }
        finally
        {
            foreach (ProxyBatch batch in batches.Values)
            {
                batch.Dispose();
            }
        }

        return [.. options.Genotypes.Select(genotype => known[genotype])];
    }

    private static double[] Score(INetworkFamily family, Plan plan, ProxyScoringOptions options, SeedTree seeds, Dictionary<int, ProxyBatch> batches)
    {
        int resolution = plan.InputShape[1];
        if (!batches.TryGetValue(resolution, out ProxyBatch? batch))
        {
            batch = ProxyBatch.Draw(options.Data, options.Images, resolution, seeds);
            batches.Add(resolution, batch);
        }

        using DisposeScope scope = torch.NewDisposeScope();
        using ProxyNetwork network = new(family, plan, seeds);
        return [.. options.Proxies.Select(proxy => proxy.Score(network, batch))];
    }

    private static void Check(ProxyScoringOptions options)
    {
        SpaceTask task = options.Space.Task;
        if (options.Data.Channels != task.Channels || options.Data.Classes > task.Classes)
        {
            throw new UsageException($"Space '{options.Space.Name}' is for images of {task.Channels} channels and {task.Classes} classes; {options.Data.Name} has {options.Data.Channels} and {options.Data.Classes}.");
        }

        if (options.Images < 2)
        {
            throw new UsageException($"At least 2 images are needed, not {options.Images}.");
        }
    }
}
