using System.Collections.Immutable;
using System.Text.Json;
using NasEngine.Core.Errors;

namespace NasEngine.Core.Devices.Remote;

/// <summary>What an agent measured of one network: the raw blocks and what stood around them. The median is computed by who asked.</summary>
/// <remarks>Comes from another machine, so <see cref="Parse"/> lets nothing in that measuring could not have made.</remarks>
public sealed record MeasuredEvent
{
    private const double LongestNanoseconds = 1e14; // a day
    private const int MostBlocks = 20_000;
    private const int MostWarnings = 20;
    private const int LongestText = 500;

    /// <summary>Gets the network.</summary>
    public required string Key { get; init; }

    /// <summary>Gets every block in the order of measuring; at least one.</summary>
    public required ImmutableArray<MeasuredBlock> Blocks { get; init; }

    /// <summary>Gets the runs of each block; at least 1.</summary>
    public required int RunsPerBlock { get; init; }

    /// <summary>Gets what a call costs, in nanoseconds.</summary>
    public required double OverheadNs { get; init; }

    /// <summary>Gets the canary's median over the batch so far, in nanoseconds.</summary>
    public required double CanaryNs { get; init; }

    /// <summary>Gets the clock that was read.</summary>
    public required string Clock { get; init; }

    /// <summary>Gets what could not be controlled.</summary>
    public required ImmutableArray<string> Warnings { get; init; }

    /// <summary>Reads an event as an agent sends it, and checks every value.</summary>
    /// <param name="json">The JSON object; members that are not known are left out.</param>
    /// <exception cref="InputFormatException">Something is missing, of another type, or out of its range.</exception>
    public static MeasuredEvent Parse(JsonElement json)
    {
        MeasuredEvent? read;
        try
        {
            read = json.Deserialize<MeasuredEvent>(DeviceJson.Options);
        }
        catch (JsonException problem)
        {
            throw new InputFormatException("measured", [new InputFault(problem.Path ?? "$", "is missing or of another type than the protocol says.")]);
        }

        List<InputFault> faults = [];
        void Require(bool isRight, string path, string problem)
        {
            if (!isRight)
            {
                faults.Add(new InputFault(path, problem));
            }
        }

        Require(read is not null, "$", "must be an object.");
        if (read is not null)
        {
            Require(read.Key is { Length: > 0 }, "$.key", "must not be empty.");
            Require(
                !read.Blocks.IsDefaultOrEmpty && read.Blocks.Length <= MostBlocks && read.Blocks.All(IsBlock),
                "$.blocks",
                $"must be 1 to {MostBlocks} blocks with ns and canary above 0 and order from 0.");
            Require(read.RunsPerBlock is >= 1 and <= 1_000_000, "$.runsPerBlock", "must be from 1 to 1000000.");
            Require(read.OverheadNs is >= 0 and <= LongestNanoseconds, "$.overheadNs", "must be a time in nanoseconds.");
            Require(read.CanaryNs is > 0 and <= LongestNanoseconds, "$.canaryNs", "must be a time in nanoseconds above 0.");
            Require(IsText(read.Clock), "$.clock", $"must be a line of at most {LongestText} characters.");
            Require(
                !read.Warnings.IsDefault && read.Warnings.Length <= MostWarnings && read.Warnings.All(IsText),
                "$.warnings",
                $"must be at most {MostWarnings} lines of at most {LongestText} characters.");
        }

        return faults.Count == 0 ? read! : throw new InputFormatException("measured", faults);
    }

    /// <summary>Gives the event as one line of JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, DeviceJson.Options);

    private static bool IsBlock(MeasuredBlock block) =>
        block.Nanoseconds is > 0 and <= LongestNanoseconds && block.Order >= 0 && block.CanaryFactor is > 0 and <= 1e6 && block.CanaryChange is null or >= 0 and <= 2;

    private static bool IsText(string? text) => text is not null && text.Length <= LongestText && !text.Any(char.IsControl);
}
