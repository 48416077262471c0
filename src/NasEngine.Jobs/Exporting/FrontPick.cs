using System.Globalization;
using NasEngine.Core.Errors;
using NasEngine.Core.Objectives;
using NasEngine.Jobs.Runs;

namespace NasEngine.Jobs.Exporting;

/// <summary>Chooses a network of a front.</summary>
public static class FrontPick
{
    /// <summary>Chooses by <c>best</c> (best in the first objective), <c>fastest</c> (shortest latency, or fewest multiply-accumulates) or a number.</summary>
    /// <exception cref="UsageException">The front is empty, or has no such member.</exception>
    public static FrontMember Choose(IReadOnlyList<FrontMember> front, IReadOnlyList<Objective> objectives, string pick)
    {
        ArgumentNullException.ThrowIfNull(front);
        ArgumentNullException.ThrowIfNull(objectives);
        if (front.Count == 0)
        {
            throw new UsageException("The run has no front yet: let it finish with 'nas run'.");
        }

        if (pick == "best")
        {
            return front.MinBy(member => objectives[0].Cost(member.Metrics[objectives[0].Key.ToString()]))!;
        }

        if (pick == "fastest")
        {
            return front[0];
        }

        return int.TryParse(pick, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= 1 && number <= front.Count
            ? front[number - 1]
            : throw new UsageException($"There is no network '{pick}' in the front. Allowed: best, fastest, or a number from 1 to {front.Count}.");
    }
}
