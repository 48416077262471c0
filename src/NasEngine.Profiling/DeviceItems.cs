using System.Collections.Immutable;
using NasEngine.Core.Devices;

namespace NasEngine.Profiling;

/// <summary>Checks at the door that all devices share.</summary>
internal static class DeviceItems
{
    public static void RequireDistinctKeys(IReadOnlyList<MeasurementItem> items)
    {
        HashSet<string> seen = [];
        foreach (MeasurementItem item in items)
        {
            if (!seen.Add(item.Key))
            {
                throw new ArgumentException($"Network '{item.Key}' stands twice in the list.", nameof(items));
            }
        }
    }

    public static void RequireMatchingInputs(ImmutableArray<int> inputShape, IReadOnlyList<float[]> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        long expected = inputShape.Aggregate(1L, (product, size) => product * size);
        for (int i = 0; i < inputs.Count; i++)
        {
            if (inputs[i].Length != expected)
            {
                throw new ArgumentException(
                    $"Expected inputs of shape [{string.Join(" × ", inputShape)}] = {expected} values, input {i} has {inputs[i].Length}.", nameof(inputs));
            }
        }
    }
}
