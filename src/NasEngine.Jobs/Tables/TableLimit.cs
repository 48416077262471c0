using System.Globalization;
using NasEngine.Core.Errors;
using NasEngine.Core.Objectives;

namespace NasEngine.Jobs.Tables;

/// <summary>Reads limits such as <c>edgegpu_ms&lt;=5</c>.</summary>
internal static class TableLimit
{
    /// <summary>Reads a limit.</summary>
    /// <param name="text">A column, <c>&lt;=</c> or <c>&gt;=</c>, and a number.</param>
    /// <exception cref="UsageException">The text is something else.</exception>
    public static Constraint Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        int at = text.IndexOf("<=", StringComparison.Ordinal) is >= 0 and var less ? less : text.IndexOf(">=", StringComparison.Ordinal);
        string column = at > 0 ? text[..at].Trim() : string.Empty;
        bool isNumber = double.TryParse(at > 0 ? text[(at + 2)..] : string.Empty, NumberStyles.Float, CultureInfo.InvariantCulture, out double limit) && double.IsFinite(limit);
        if (column.Length == 0 || !isNumber)
        {
            throw new UsageException($"A limit is written as \"column<=number\" or \"column>=number\", not '{text}'.");
        }

        return text[at] == '<' ? new Constraint(new MetricKey(column), null, limit) : new Constraint(new MetricKey(column), limit, null);
    }
}
