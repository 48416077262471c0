using NasEngine.Numerics.Statistics;

namespace NasEngine.Jobs.Tables;

/// <summary>Mean and standard deviation over seeds; <see langword="null"/> where a value is not defined, as a rank correlation of constants.</summary>
/// <param name="Mean">The mean.</param>
/// <param name="Std">The sample standard deviation; 0 for one seed.</param>
public sealed record Spread(double? Mean, double? Std)
{
    internal static Spread Of(IEnumerable<double> values)
    {
        double[] all = [.. values];
        double mean = all.Average();
        double deviation = all.Length < 2 ? 0 : Math.Sqrt(all.Sum(value => (value - mean) * (value - mean)) / (all.Length - 1));
        return new Spread(double.IsFinite(mean) ? mean : null, double.IsFinite(deviation) ? deviation : null);
    }
}

/// <summary>Median and range over seeds.</summary>
/// <param name="Median">The median; <see langword="null"/> if it is not defined.</param>
/// <param name="Min">The least.</param>
/// <param name="Max">The greatest.</param>
public sealed record SpreadRange(double? Median, double? Min, double? Max)
{
    internal static SpreadRange Of(IEnumerable<double> values)
    {
        double[] all = [.. values.Where(double.IsFinite)];
        return all.Length == 0 ? new SpreadRange(null, null, null) : new SpreadRange(Descriptive.Median(all), all.Min(), all.Max());
    }
}
