using System.Security.Cryptography;
using System.Text;
using NasEngine.Core.Errors;
using NasEngine.Core.Jobs;

namespace NasEngine.Jobs.Background;

/// <summary>The queues that jobs wait in. A worker takes jobs of the queues that it serves.</summary>
public static class JobQueues
{
    /// <summary>Planning what a run needs next: short.</summary>
    public const string Plan = "plan";

    /// <summary>Training on processors.</summary>
    public const string Train = "train";

    /// <summary>Training on a GPU.</summary>
    public const string TrainCuda = "train.cuda";

    /// <summary>Evaluating subnets.</summary>
    public const string Evaluate = "evaluate";

    /// <summary>Fitting, searching and verifying.</summary>
    public const string Search = "search";

    /// <summary>Exporting and reporting.</summary>
    public const string Export = "export";

    /// <summary>What the queue of a device begins with. One job at a time is carried out of each of these, over all workers.</summary>
    public const string DevicePrefix = "device:";

    // Longer than any device's text but a file's path.
    private const int MaxDeviceText = 64;

    /// <summary>Gets the queues that do not depend on devices or a GPU.</summary>
    public static IReadOnlyList<string> Common { get; } = [Plan, Train, Evaluate, Search, Export];

    /// <summary>Gives the queue in which work for a device waits.</summary>
    /// <param name="form">What stands behind the device's name, such as <c>local:threads=2</c>, <c>replay:FILE</c> or <c>agent:pi</c>.</param>
    public static string Device(string form)
    {
        ArgumentNullException.ThrowIfNull(form);

        // All settings of a machine share its processor.
        string place = IsLocal(form) ? "local" : form;
        return place.Length <= MaxDeviceText
            ? DevicePrefix + place
            : $"{DevicePrefix}{place.Split(':')[0]}:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(place)).AsSpan(0, 8))}";
    }

    /// <summary>Reads the name of a queue as people write it.</summary>
    /// <returns>The name that jobs carry: all settings of the machine itself are one queue, <c>device:local</c>.</returns>
    /// <exception cref="UsageException">There is no such queue.</exception>
    public static string Parse(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name == TrainCuda || Common.Contains(name) ? name
            : name.StartsWith(DevicePrefix, StringComparison.Ordinal) && name.Length > DevicePrefix.Length ? Device(name[DevicePrefix.Length..])
            : throw UsageException.UnknownName("queue", name, [.. Common, TrainCuda, DevicePrefix + "NAME"]);
    }

    /// <summary>Says whether a worker that serves a queue, or all queues that begin alike (<c>device:agent:*</c>), serves another.</summary>
    public static bool Covers(string served, string queue)
    {
        ArgumentNullException.ThrowIfNull(served);
        ArgumentNullException.ThrowIfNull(queue);
        return served == queue || (served.EndsWith('*') && queue.AsSpan().StartsWith(served.AsSpan(0, served.Length - 1), StringComparison.Ordinal));
    }

    /// <summary>Gives a queue with nothing in it.</summary>
    public static QueueRecord Empty(string name) => new(name, null, new Dictionary<JobState, long>());

    /// <summary>Says whether a device is the machine that measures it.</summary>
    public static bool IsLocal(string form)
    {
        ArgumentNullException.ThrowIfNull(form);
        return form == "local" || form.StartsWith("local:", StringComparison.Ordinal);
    }
}
