using NasEngine.Core.Devices;
using NasEngine.Core.Errors;
using NasEngine.Core.Randomness;
using NasEngine.Core.Runs;
using NasEngine.Core.Sampling;
using NasEngine.Core.Search;
using NasEngine.Core.Spaces;
using NasEngine.Jobs.Experiments;
using NasEngine.Jobs.Profiling;
using NasEngine.Networks.Families;
using NasEngine.Networks.Kernels;
using NasEngine.Training.DataSets;
using NasEngine.Training.Evaluation;
using NasEngine.Training.Supernets;

namespace NasEngine.Jobs.Runs;

/// <summary>What the steps of a run share. Data, weights and devices are opened when they are first needed.</summary>
public sealed class RunContext : IAsyncDisposable
{
    private readonly Dictionary<string, IDevice> _devices = new(StringComparer.Ordinal);
    private ImageDataSet? _data;
    private DataSplit? _split;
    private Supernet? _supernet;
    private SubnetEvaluator? _evaluator;

    /// <summary>Initializes the context of a run.</summary>
    public RunContext(Experiment experiment, RunRecord run, RunServices services)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(services);
        (Experiment, Run, Services, Seeds) = (experiment, run, services, new SeedTree(experiment.Seed));
        Family = NetworkFamilies.Of(experiment.Space);
        Folder = services.Workplace.RunFolder(run.Id);
    }

    /// <summary>Gets what the run does.</summary>
    public Experiment Experiment { get; }

    /// <summary>Gets the run's record.</summary>
    public RunRecord Run { get; }

    /// <summary>Gets what the run works with.</summary>
    public RunServices Services { get; }

    /// <summary>Gets the root of all seeds.</summary>
    public SeedTree Seeds { get; }

    /// <summary>Gets the network family.</summary>
    public INetworkFamily Family { get; }

    /// <summary>Gets the run's folder.</summary>
    public string Folder { get; }

    /// <summary>Gets the store.</summary>
    public IRunStore Store => Services.Store;

    /// <summary>Gets the space.</summary>
    public SearchSpace Space => Experiment.Space;

    /// <summary>Gets the data set.</summary>
    public ImageDataSet Data => _data ??= new DataSetRegistry(Services.Workplace.Data).Open(
        Experiment.Data.Name, new ImageFolderOptions { Size = Experiment.Data.Size, Seed = Experiment.Seed });

    /// <summary>Gets which training images are held out.</summary>
    public DataSplit Split => _split ??= DataSplit.Draw(Data, Experiment.Data.Validation, Experiment.Seed);

    /// <summary>Gets the digest of what goes into the training.</summary>
    public string TrainingKey => RunKey.Training(Experiment, Data.Fingerprint);

    /// <summary>Gets where the supernet's checkpoint lies: runs that train the same supernet share it.</summary>
    public string CheckpointPath => Path.Combine(Services.Workplace.Supernets, $"{Space.Name}-{TrainingKey[..16]}.safetensors");

    /// <summary>Gets whether the trained supernet is in memory.</summary>
    internal bool HasSupernet => _supernet is not null;

    /// <summary>Gets the trained supernet.</summary>
    public Supernet Supernet => _supernet ??= Checkpoint.ReadWeights(CheckpointPath, Space, TorchSetup.Device(Experiment.Train.Device));

    /// <summary>Gets what evaluates subnets with inherited weights.</summary>
    public SubnetEvaluator Evaluator => _evaluator ??= new SubnetEvaluator(Supernet, Data, Split, Experiment.Data.Calibration, Seeds.Child("evaluate"));

    /// <summary>Gives the device that objectives and limits call by a name.</summary>
    public IDevice Device(string name)
    {
        if (!_devices.TryGetValue(name, out IDevice? device))
        {
            device = Services.OpenDevice(Experiment.Profile.Devices.GetValueOrDefault(name, name));
            _devices.Add(name, device);
        }

        return device;
    }

    /// <summary>Gives the first architectures of the list that predictors are fitted on.</summary>
    public IReadOnlyList<Genotype> Sample(int count) => SpreadSampler.Draw(Space, count, Seeds.Child("sample").CreateRandom());

    /// <summary>Gives the identity of a network in measurements, the same on any machine.</summary>
    public string MeasurementKey(Genotype genotype) => MeasurementRecorder.Key(Space, genotype);

    /// <summary>Gives what an architecture costs on any device.</summary>
    public MetricSet Costs(Genotype genotype)
    {
        NetworkCosts costs = CostReader.Read(Family, Family.Plan(Space, genotype));
        return new MetricSet(("macs", costs.Macs), ("parameters", costs.Parameters), ("memory", costs.PeakActivationBytes));
    }

    /// <summary>Reads what the store holds of a stage back into architectures.</summary>
    /// <exception cref="DamagedFileException">A stored genotype is no architecture of the space.</exception>
    public async Task<List<Evaluation>> StoredAsync(string stage, CancellationToken cancellationToken)
    {
        IReadOnlyList<StoredEvaluation> stored = await Store.GetEvaluationsAsync(Run.Id, stage, cancellationToken).ConfigureAwait(false);
        return [.. stored.Select(Restore)];
    }

    /// <summary>Turns a stored evaluation back into one with a genotype.</summary>
    public Evaluation Restore(StoredEvaluation stored)
    {
        ArgumentNullException.ThrowIfNull(stored);
        try
        {
            return new Evaluation(Space.Parse(stored.Genotype), stored.Metrics);
        }
        catch (UsageException problem)
        {
            throw new DamagedFileException(Services.Workplace.Database, $"run {Run.Id} holds a damaged evaluation: {problem.Message}", "Start the run afresh with --fresh.", problem);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _supernet?.Dispose();
        foreach (IDevice device in _devices.Values)
        {
            await device.DisposeAsync().ConfigureAwait(false);
        }
    }
}
