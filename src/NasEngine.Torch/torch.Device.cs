using System.Globalization;

namespace NasEngine.Torch;

public static partial class torch
{
    /// <summary>A place where tensors live: the processor, or one GPU.</summary>
    /// <param name="type">The kind of device.</param>
    /// <param name="index">Which one, from 0; -1 for the only or current one.</param>
    public sealed record Device(DeviceType type, int index = -1)
    {
        /// <inheritdoc/>
        public override string ToString() =>
            index < 0 ? Name : string.Create(CultureInfo.InvariantCulture, $"{Name}:{index}");

        private string Name => type == DeviceType.CPU ? "cpu" : "cuda";
    }

    /// <summary>Gets the processor.</summary>
    public static Device CPU { get; } = new(DeviceType.CPU);

    /// <summary>Gets the current GPU.</summary>
    public static Device CUDA { get; } = new(DeviceType.CUDA);

    /// <summary>Reads a device from its name.</summary>
    /// <param name="description"><c>cpu</c>, <c>cuda</c>, or <c>cuda:N</c>.</param>
    /// <exception cref="ArgumentException">The name is none of these.</exception>
    public static Device device(string description)
    {
        ArgumentNullException.ThrowIfNull(description);
        if (description == "cpu")
        {
            return CPU;
        }

        if (description == "cuda")
        {
            return CUDA;
        }

        return description.StartsWith("cuda:", StringComparison.Ordinal)
            && int.TryParse(description.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out int index) && index < 128
            ? new Device(DeviceType.CUDA, index)
            : throw new ArgumentException($"There is no device '{description}'. Known: cpu, cuda, cuda:N.", nameof(description));
    }
}
