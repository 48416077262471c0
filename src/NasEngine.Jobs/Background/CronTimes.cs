using NasEngine.Core.Errors;
using Quartz;

namespace NasEngine.Jobs.Background;

/// <summary>Reads cron expressions.</summary>
internal static class CronTimes
{
    /// <summary>Reads an expression that is meant in a time zone.</summary>
    /// <exception cref="UsageException">It is no cron expression, or there is no such time zone.</exception>
    public static CronExpression Parse(string text, string timeZone)
    {
        if (!CronExpression.TryParse(text, out CronExpression? cron) || cron is null)
        {
            throw new UsageException($"'{text}' is no cron expression with seconds. '0 30 3 * * ?' is every night at half past three.");
        }

        try
        {
            return cron.WithTimeZone(TimeZoneInfo.FindSystemTimeZoneById(timeZone));
        }
        catch (Exception problem) when (problem is TimeZoneNotFoundException or InvalidTimeZoneException)
        {
            throw new UsageException($"There is no time zone '{timeZone}' here. Write one such as 'UTC' or 'Europe/Berlin'.", problem);
        }
    }
}
