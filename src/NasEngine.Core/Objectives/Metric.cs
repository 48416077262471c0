using NasEngine.Core.Errors;
using NasEngine.Core.Units;

namespace NasEngine.Core.Objectives;

/// <summary>A quantity that an architecture has: what it is called, its unit, and which way is better.</summary>
/// <param name="Name">The name in files, such as <c>latency</c>.</param>
/// <param name="Unit">The unit that values are kept in.</param>
/// <param name="Goal">Which way is better unless an objective says otherwise.</param>
/// <param name="IsPerDevice">Whether it takes a device to know the value.</param>
public sealed record Metric(string Name, PhysicalUnit Unit, Goal Goal, bool IsPerDevice)
{
    /// <summary>Top-1 accuracy on the held-out validation part, from 0 to 1.</summary>
    public static readonly Metric Accuracy = new("accuracy", PhysicalUnit.Share, Goal.Maximize, false);

    /// <summary>Mean cross-entropy on the held-out validation part, in nats.</summary>
    public static readonly Metric Loss = new("loss", PhysicalUnit.None, Goal.Minimize, false);

    /// <summary>Time for one forward pass at batch 1 on a device, in milliseconds.</summary>
    public static readonly Metric LatencyOnDevice = new("latency", PhysicalUnit.Milliseconds, Goal.Minimize, true);

    /// <summary>Multiply-accumulates of one forward pass at batch 1.</summary>
    public static readonly Metric Macs = new("macs", PhysicalUnit.Count, Goal.Minimize, false);

    /// <summary>Weights that the sub-network uses.</summary>
    public static readonly Metric Parameters = new("parameters", PhysicalUnit.Count, Goal.Minimize, false);

    /// <summary>Largest sum of activations alive at once at batch 1, FP32, in bytes.</summary>
    public static readonly Metric Memory = new("memory", PhysicalUnit.Bytes, Goal.Minimize, false);

    /// <summary>Gets every metric, in the order that help lists them.</summary>
    public static IReadOnlyList<Metric> All { get; } = [Accuracy, Loss, LatencyOnDevice, Macs, Parameters, Memory];

    /// <summary>Finds a metric by name.</summary>
    /// <exception cref="UsageException">There is none; the message lists those that exist.</exception>
    public static Metric Find(string name) =>
        All.FirstOrDefault(metric => metric.Name == name) ?? throw UsageException.UnknownName("metric", name, All.Select(metric => metric.Name));
}
