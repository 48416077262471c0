using System.Globalization;
using NasEngine.Core.Devices;
using NasEngine.Core.Devices.Remote;
using NasEngine.Jobs.Profiling;
using NasEngine.Jobs.Steps;
using NasEngine.Numerics.Statistics;
using NasEngine.Profiling.Remote;
using NasEngine.Testing.Devices;
using NasEngine.Testing.Jobs;

namespace NasEngine.Benchmarks.Devices;

/// <summary>The same 20 networks on an agent under Node and on one in headless Chromium, both attached to the service, five times each.</summary>
/// <remarks>A network's spread is the largest deviation of its medians from their own median; also with every block brought to one speed by the canary beside it, as runs do.</remarks>
public static class DevicesBenchmark
{
    private const int Networks = 20;
    private const int Repetitions = 5;

    /// <summary>Runs the benchmark.</summary>
    /// <returns>0 if both devices measured everything, else 1; 2 if something is not installed.</returns>
    public static int Run(TextWriter output)
    {
        if (NasProcess.Modules is null || ServedDevices.WebModules is null || HeadlessChromium.Program is null)
        {
            output.WriteLine("devices: Chromium is needed, and npm ci --ignore-scripts in src/NasEngine.DeviceAgent and in src/NasEngine.Web.");
            return 2;
        }

        return RunAsync(output).GetAwaiter().GetResult();
    }

    private static async Task<int> RunAsync(TextWriter output)
    {
        MeasurementItem[] items = DeviceNetworks.Draw(Networks);
        ServedDevices service = await ServedDevices.StartAsync().ConfigureAwait(false);
        await using (service.ConfigureAwait(false))
        {
            double[] node = await WithAsync(service, "node", () => NodeAgent.Start(service.Address, "node"), items, output).ConfigureAwait(false);
            double[] browser = await WithAsync(service, "chromium", () => HeadlessChromium.Open(new Uri(service.Address, "device?name=chromium&start")), items, output).ConfigureAwait(false);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"devices: Spearman {RankStatistics.Spearman(node, browser):0.000}, Kendall {RankStatistics.KendallTau(node, browser):0.000}; Chromium takes {node.Zip(browser, (first, second) => second / first).Order().ElementAt(Networks / 2):0.00} times as long"));
            return node.Length == Networks && browser.Length == Networks ? 0 : 1;
        }
    }

    private static async Task<double[]> WithAsync(ServedDevices service, string name, Func<IDisposable> start, MeasurementItem[] items, TextWriter output)
    {
        using IDisposable agent = start();
        AttachedDevice attached = await service.WaitForAsync(name, TimeSpan.FromSeconds(60)).ConfigureAwait(false);
        RemoteDevice device = service.Device(name); // shares the service's store, which is disposed there
        List<Measurement>[] measured = [.. items.Select(_ => new List<Measurement>())];
        long began = TimeProvider.System.GetTimestamp();
        for (int repetition = 0; repetition < Repetitions; repetition++)
        {
            await foreach (Measurement one in device.MeasureAsync(items, Options(repetition), default).ConfigureAwait(false))
            {
                measured[Array.FindIndex(items, item => item.Key == one.Key)].Add(one);
            }
        }

        double seconds = TimeProvider.System.GetElapsedTime(began).TotalSeconds;
        double canary = Median(measured.SelectMany(one => one).Select(one => one.Canary.Nanoseconds));
        DeviceSpeed speed = new(measured.SelectMany(one => one).Select(one => ProfileStep.Store(one, name)));
        double[] raw = [.. measured.Select(one => Spread(one, measurement => measurement.Median.Milliseconds))];
        double[] steady = [.. measured.Select(one => Spread(one, measurement => speed.AtReference(ProfileStep.Store(measurement, name)).MedianMs))];
        double[] medians = [.. measured.Select(one => Median(one.Select(measurement => measurement.Median.Milliseconds)))];
        output.WriteLine($"{name}: {attached.Fingerprint}");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"  {measured.Sum(one => one.Count)} measurements of {items.Length} networks in {seconds:0} s, {medians.Min():0.000} to {medians.Max():0.000} ms, canary {canary / 1e3:0.0} µs"));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"  spread of {Repetitions} medians: median network ±{Median(raw):0.0} %, worst ±{raw.Max():0.0} %; by the canary at one speed: median ±{Median(steady):0.0} %, worst ±{steady.Max():0.0} %"));
        return medians;
    }

    // As runs measure: every network over the same stretch of time.
    private static MeasurementOptions Options(int repetition) => new() { MinBlocks = 20, CanaryEvery = 1, Interleaved = 128, TimeLimitMilliseconds = 400, WarmUpMilliseconds = 200, Seed = repetition };

    private static double Spread(List<Measurement> repeated, Func<Measurement, double> latency)
    {
        double[] medians = [.. repeated.Select(latency)];
        double middle = Median(medians);
        return medians.Max(value => Math.Abs((value / middle) - 1)) * 100;
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
