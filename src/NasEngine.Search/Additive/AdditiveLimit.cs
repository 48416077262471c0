namespace NasEngine.Search.Additive;

/// <summary>A cost that adds up, and the most it may be.</summary>
/// <param name="Name">What it is called in messages, such as <c>latency@local</c>.</param>
/// <param name="Costs">The cost of every choice.</param>
/// <param name="Maximum">The most that an architecture may cost; infinite for no limit.</param>
public sealed record AdditiveLimit(string Name, AdditiveTable Costs, double Maximum = double.PositiveInfinity);
