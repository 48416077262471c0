using System.Collections.Concurrent;
using NasEngine.Core.Devices;
using NasEngine.Core.Devices.Remote;
using NasEngine.Profiling.Remote;

namespace NasEngine.Testing.Devices;

/// <summary>Measures networks on a device that is pulled away again and again in the middle of batches.</summary>
/// <remarks>
/// In turns: killed and started again at once; killed and started again after its lease ran out; frozen until its lease ran out,
/// then going on with late heartbeats and results.
/// </remarks>
public static class PullCampaign
{
    private static readonly TimeSpan LeaseTime = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Runs the campaign.</summary>
    /// <param name="items">The networks; enough that the device is still at work at the last pull.</param>
    /// <param name="options">How they are measured.</param>
    /// <param name="pulls">How often the device is pulled away.</param>
    /// <param name="seed">Decides when.</param>
    public static async Task<PullOutcome> RunAsync(IReadOnlyList<MeasurementItem> items, MeasurementOptions options, int pulls, int seed)
    {
        await using DeviceServer server = await DeviceServer.StartAsync(new DeviceStoreOptions { LeaseTime = LeaseTime, AbandonedAfter = TimeSpan.FromSeconds(30) });
        Random random = new(seed);
        ConcurrentDictionary<string, bool> arrived = new(StringComparer.Ordinal);
        ConcurrentBag<string> said = [];
        ConcurrentBag<string> again = [];
        void OnMeasured(string key)
        {
            said.Add(key);
            if (arrived.ContainsKey(key))
            {
                again.Add(key);
            }
        }

        List<Measurement> measurements = [];
        NodeAgent agent = NodeAgent.Start(server.Address, "pulled", onMeasured: OnMeasured);
        try
        {
            await WaitAsync(server, device => device.Activity == DeviceActivity.Online);
            RemoteDevice device = server.Device("pulled");
            Task measuring = Task.Run(async () =>
            {
                await foreach (Measurement measurement in device.MeasureAsync(items, options, default))
                {
                    arrived[measurement.Key] = true;
                    measurements.Add(measurement);
                }
            });
            int done = 0;
            for (; done < pulls && !measuring.IsCompleted; done++)
            {
                await WaitAsync(server, state => state.Activity == DeviceActivity.Busy || measuring.IsCompleted);
                await Task.Delay(random.Next(50, 900)); // somewhere between loading, warming up and measuring
                if (measuring.IsCompleted)
                {
                    break;
                }

                if (done % 3 == 2)
                {
                    agent.Signal("STOP");
                    await Task.Delay(2 * LeaseTime);
                    agent.Signal("CONT");
                    continue;
                }

                agent.Dispose();
                if (done % 3 == 1)
                {
                    await Task.Delay(2 * LeaseTime);
                }

                agent = NodeAgent.Start(server.Address, "pulled", onMeasured: OnMeasured);
            }

            await measuring.WaitAsync(TimeSpan.FromMinutes(5));
            return new PullOutcome(done, items.Count, measurements, said.Count, [.. again]);
        }
        finally
        {
            agent.Dispose();
        }
    }

    private static async Task WaitAsync(DeviceServer server, Func<AttachedDevice, bool> isReady)
    {
        DateTimeOffset end = DateTimeOffset.UtcNow + Patience;
        while ((await server.Store.ListAsync(default)).SingleOrDefault() is not AttachedDevice device || !isReady(device))
        {
            Assert.That(DateTimeOffset.UtcNow, Is.LessThan(end), "The device did not come.");
            await server.Store.WaitAsync(TimeSpan.FromMilliseconds(20), default);
        }
    }
}

/// <summary>What came of a campaign.</summary>
/// <param name="Pulls">How often the device was pulled away while it had work.</param>
/// <param name="Items">How many networks were asked for.</param>
/// <param name="Measurements">What arrived.</param>
/// <param name="Reported">How many networks the agents said they measured; those that were cut off on their way count again.</param>
/// <param name="Again">Networks that an agent measured after their result had arrived.</param>
public sealed record PullOutcome(int Pulls, int Items, IReadOnlyList<Measurement> Measurements, int Reported, IReadOnlyList<string> Again)
{
    /// <summary>Gets the networks without a measurement.</summary>
    public int Lost => Items - Measurements.Select(measurement => measurement.Key).Distinct().Count();

    /// <summary>Gets the measurements beyond one for each network.</summary>
    public int Doubled => Measurements.Count - Measurements.Select(measurement => measurement.Key).Distinct().Count();
}
