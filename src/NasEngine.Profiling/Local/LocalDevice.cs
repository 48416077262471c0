using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using System.Runtime.CompilerServices;
using System.Text.Json;
using NasEngine.Core.Devices;

namespace NasEngine.Profiling.Local;

/// <summary>This machine: a child process of Node that runs the device agent with ONNX Runtime.</summary>
/// <remarks>
/// An agent that dies is started again and what it had not finished is repeated. Where it dies several times without having measured anything,
/// the error shows what it wrote. Cancelling ends the agent at once; the next call starts another. An agent whose parent dies ends with it.
/// </remarks>
public sealed class LocalDevice : IDevice
{
    private readonly LocalDeviceOptions _options;
    private readonly TimeProvider _time;
    private readonly CanaryWatch _canary = new();
    private AgentProcess? _agent;
    private DeviceFingerprint? _fingerprint;
    private string _session = string.Empty;
    private int _sequence;

    /// <summary>Initializes the device; nothing is started before the first call.</summary>
    /// <param name="options">How the agent is found and run.</param>
    /// <param name="time">Gives the time of measurements and bounds waiting; the latencies come from the agent's own clock.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public LocalDevice(LocalDeviceOptions options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        List<ValidationResult> faults = [];
        if (!Validator.TryValidateObject(options, new ValidationContext(options), faults, validateAllProperties: true))
        {
            throw new ArgumentException(string.Join(" ", faults.Select(fault => fault.ErrorMessage)), nameof(options));
        }

        _options = options;
        _time = time;
    }

    /// <inheritdoc/>
    public string Name => _options.Threads == 1 ? "local" : $"local:threads={_options.Threads}";

    /// <summary>Gets the id of the agent's process, or null while none runs.</summary>
    internal int? AgentProcessId => _agent is { IsAlive: true } agent ? agent.Id : null;

    /// <inheritdoc/>
    public Task<DeviceFingerprint> ConnectAsync(CancellationToken cancellationToken) =>
        PersistAsync(_ => Task.FromResult(_fingerprint!), cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<Measurement> MeasureAsync(
        IReadOnlyList<MeasurementItem> items, MeasurementOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        DeviceItems.RequireDistinctKeys(items);
        return MeasureCoreAsync(items, options, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<float[]>> RunAsync(
        ReadOnlyMemory<byte> model, ImmutableArray<int> inputShape, IReadOnlyList<float[]> inputs, CancellationToken cancellationToken)
    {
        DeviceItems.RequireMatchingInputs(inputShape, inputs);
        return PersistAsync(agent => RunOnceAsync(agent, model, inputShape, inputs, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_agent is not null)
        {
            await _agent.DisposeAsync().ConfigureAwait(false);
            _agent = null;
        }
    }

    private async IAsyncEnumerable<Measurement> MeasureCoreAsync(
        IReadOnlyList<MeasurementItem> items, MeasurementOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        List<MeasurementItem> remaining = [.. items];
        int deaths = 0;
        while (remaining.Count > 0)
        {
            MeasurementItem[] batch = [.. remaining.Take(options.Interleaved)];
            bool isComplete = false;
            IAsyncEnumerator<Measurement> measured = MeasureBatchAsync(batch, options, cancellationToken).GetAsyncEnumerator(cancellationToken);
            try
            {
                // A yield can't stand in a try block with a catch: hence the enumerator by hand.
                while (true)
                {
                    Measurement measurement;
                    try
                    {
                        if (!await measured.MoveNextAsync().ConfigureAwait(false))
                        {
                            isComplete = true;
                            break;
                        }

                        measurement = measured.Current;
                    }
                    catch (AgentDiedException death)
                    {
                        cancellationToken.ThrowIfCancellationRequested();
                        deaths++;
                        ThrowIfHopeless(death, deaths);
                        break;
                    }

                    deaths = 0;
                    remaining.RemoveAll(item => item.Key == measurement.Key);
                    yield return measurement;
                }
            }
            finally
            {
                await measured.DisposeAsync().ConfigureAwait(false);
                if (!isComplete)
                {
                    await AbandonAgentAsync().ConfigureAwait(false);
                }
            }
        }
    }

    private async IAsyncEnumerable<Measurement> MeasureBatchAsync(
        MeasurementItem[] batch, MeasurementOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        AgentProcess agent = await StartAsync(cancellationToken).ConfigureAwait(false);
        for (int i = 0; i < batch.Length; i++)
        {
            await LoadAsync(agent, batch[i].Key, batch[i].GetModel(), cancellationToken).ConfigureAwait(false);
        }

        IAsyncEnumerator<(bool IsResult, JsonElement Body)> answers = agent
            .RequestAsync(AgentMessages.Measure(batch.Select(item => (item.Key, item.InputShape)), options), cancellationToken)
            .GetAsyncEnumerator(cancellationToken);
        await using ConfiguredAsyncDisposable ends = answers.ConfigureAwait(false);
        while (await MoveNextAsync(answers, batch).ConfigureAwait(false))
        {
            (bool isResult, JsonElement body) = answers.Current;
            if (!isResult && body.GetProperty("event").ValueEquals("measured"))
            {
                MeasurementItem item = batch.Single(candidate => body.GetProperty("model").ValueEquals(candidate.Key));
                yield return _canary.Watch(AgentMessages.Measured(body, item, options, _fingerprint!, _session, _sequence++, _time.GetUtcNow()));
            }
        }

        for (int i = 0; i < batch.Length; i++)
        {
            await agent.AskAsync(AgentMessages.Unload(batch[i].Key), cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<bool> MoveNextAsync(IAsyncEnumerator<(bool IsResult, JsonElement Body)> answers, MeasurementItem[] batch)
    {
        try
        {
            return await answers.MoveNextAsync().ConfigureAwait(false);
        }
        catch (AgentRequestException problem)
        {
            MeasurementItem refused = batch.FirstOrDefault(item => problem.Message.Contains($"'{item.Key}'", StringComparison.Ordinal)) ?? batch[0];
            throw new NetworkRefusedException(Name, refused.Key, problem.Message);
        }
    }

    private async Task<IReadOnlyList<float[]>> RunOnceAsync(
        AgentProcess agent, ReadOnlyMemory<byte> model, ImmutableArray<int> inputShape, IReadOnlyList<float[]> inputs, CancellationToken cancellationToken)
    {
        await LoadAsync(agent, "run", model, cancellationToken).ConfigureAwait(false);
        try
        {
            JsonElement result = await agent.AskAsync(AgentMessages.Run("run", inputShape, inputs), cancellationToken).ConfigureAwait(false);
            return AgentMessages.Outputs(result, Name);
        }
        catch (AgentRequestException problem)
        {
            throw new NetworkRefusedException(Name, "run", problem.Message);
        }
        finally
        {
            if (agent.IsAlive && !cancellationToken.IsCancellationRequested)
            {
                await agent.AskAsync(AgentMessages.Unload("run"), cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Does something with a running agent, again after a death, until it succeeds or the agent keeps dying.</summary>
    private async Task<T> PersistAsync<T>(Func<AgentProcess, Task<T>> work, CancellationToken cancellationToken)
    {
        for (int deaths = 0; ;)
        {
            try
            {
                return await work(await StartAsync(cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
            }
            catch (AgentDiedException death)
            {
                await AbandonAgentAsync().ConfigureAwait(false);
                cancellationToken.ThrowIfCancellationRequested();
                deaths++;
                ThrowIfHopeless(death, deaths);
            }
            catch (OperationCanceledException)
            {
                await AbandonAgentAsync().ConfigureAwait(false);
                throw;
            }
        }
    }

    private void ThrowIfHopeless(AgentDiedException death, int deaths)
    {
        if (death.IsFinal || deaths >= _options.MaxDeaths)
        {
            string often = deaths > 1 ? $" It was started {deaths} times in a row without measuring anything." : string.Empty;
            throw new DeviceUnreachableException(Name, death.Message + often, death.ErrorOutput, death);
        }
    }

    private async Task<AgentProcess> StartAsync(CancellationToken cancellationToken)
    {
        if (_agent is { IsAlive: true })
        {
            return _agent;
        }

        await AbandonAgentAsync().ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        _agent = AgentProcess.Start(Name, AgentLocation.Find(Name, _options), _options.SilenceLimit, _time);
        JsonElement hello = await _agent.AskAsync(AgentMessages.Hello(), cancellationToken).ConfigureAwait(false);
        int protocol = hello.GetProperty("protocol").GetInt32();
        if (protocol != AgentMessages.ProtocolVersion)
        {
            throw new DeviceUnreachableException(Name, $"its agent speaks protocol {protocol}, {AgentMessages.ProtocolVersion} is needed. Update the agent.");
        }

        _fingerprint = AgentMessages.Fingerprint(hello, _options.Threads);
        _session = Guid.CreateVersion7(_time.GetUtcNow()).ToString("N");
        _sequence = 0;
        return _agent;
    }

    private async Task LoadAsync(AgentProcess agent, string key, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        try
        {
            await agent.AskAsync(AgentMessages.Load(key, bytes.Span, _options.Threads), cancellationToken).ConfigureAwait(false);
        }
        catch (AgentRequestException problem)
        {
            throw new NetworkRefusedException(Name, key, problem.Message);
        }
    }

    private async Task AbandonAgentAsync()
    {
        if (_agent is not null)
        {
            await _agent.KillAsync().ConfigureAwait(false);
            await _agent.DisposeAsync().ConfigureAwait(false);
            _agent = null;
        }
    }
}
