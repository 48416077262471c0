using System.ComponentModel.DataAnnotations;

namespace NasEngine.Core.Devices;

/// <summary>How long and how precisely a batch of networks is measured.</summary>
public sealed record MeasurementOptions
{
    /// <summary>Gets the length of a block of runs in milliseconds. From 0.1 to 10000; 4 unless set.</summary>
    [Range(0.1, 10_000.0)]
    public double BlockMilliseconds { get; init; } = 4;

    /// <summary>Gets the fewest blocks of a network. From 1 to 1000; 6 unless set, the smallest count whose range covers the median with 95 %.</summary>
    [Range(1, 1_000)]
    public int MinBlocks { get; init; } = 6;

    /// <summary>Gets the most blocks of a network. From 1 to 10000, not below <see cref="MinBlocks"/>; 40 unless set.</summary>
    [Range(1, 10_000)]
    public int MaxBlocks { get; init; } = 40;

    /// <summary>Gets the half width of the interval, as a share of the median, at which a network is done. From 0 to 1; 0.02 unless set.</summary>
    [Range(0.0, 1.0)]
    public double Precision { get; init; } = 0.02;

    /// <summary>Gets how closely two blocks in a row must agree before measuring starts, as a share. From 0.001 to 1; 0.03 unless set.</summary>
    [Range(0.001, 1.0)]
    public double WarmUpTolerance { get; init; } = 0.03;

    /// <summary>Gets the cap on the warm-up of one network in milliseconds. From 0 to 600000; 250 unless set.</summary>
    [Range(0.0, 600_000.0)]
    public double WarmUpMilliseconds { get; init; } = 250;

    /// <summary>Gets the cap on the measuring time of one network in milliseconds, warm-up excluded. From 1 to 3600000; 2000 unless set.</summary>
    [Range(1.0, 3_600_000.0)]
    public double TimeLimitMilliseconds { get; init; } = 2_000;

    /// <summary>Gets the number of blocks between two readings of the canary. From 1 to 1000; 8 unless set.</summary>
    [Range(1, 1_000)]
    public int CanaryEvery { get; init; } = 8;

    /// <summary>Gets how far the canary may stand off its median before blocks count as drift, as a share. From 0.001 to 1; 0.05 unless set.</summary>
    [Range(0.001, 1.0)]
    public double DriftTolerance { get; init; } = 0.05;

    /// <summary>Gets the number of networks measured interleaved. From 1 to 1000; 32 unless set. More take more memory of the device.</summary>
    [Range(1, 1_000)]
    public int Interleaved { get; init; } = 32;

    /// <summary>Gets the seed of the order in which blocks are measured. From 0.</summary>
    [Range(0, int.MaxValue)]
    public int Seed { get; init; }

    /// <summary>Checks every setting.</summary>
    /// <exception cref="ArgumentException">A setting is out of its range; the message names all that are.</exception>
    public void Validate()
    {
        List<ValidationResult> faults = [];
        Validator.TryValidateObject(this, new ValidationContext(this), faults, validateAllProperties: true);
        IEnumerable<string> messages = faults.Select(fault => fault.ErrorMessage ?? "A setting is out of its range.");
        if (MaxBlocks < MinBlocks)
        {
            messages = messages.Append($"MaxBlocks is {MaxBlocks}, it must be at least MinBlocks, {MinBlocks}.");
        }

        string all = string.Join(" ", messages);
        if (all.Length > 0)
        {
            throw new ArgumentException(all);
        }
    }
}
