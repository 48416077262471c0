namespace NasEngine.Jobs.Tables;

/// <summary>What is exactly best in a table of additive parts.</summary>
/// <param name="Parts">The number of parts.</param>
/// <param name="Choices">The number of choices of all parts together.</param>
/// <param name="Score">The column that was summed up.</param>
/// <param name="Solutions">One for each limit, from the tightest to the widest.</param>
/// <param name="Seconds">How long solving took, reading not counted.</param>
public sealed record TableSolveReport(int Parts, int Choices, string Score, IReadOnlyList<TableSolution> Solutions, double Seconds);

/// <summary>The best choice of every part within limits.</summary>
/// <param name="Limits">For each limited column the sum that it must not pass.</param>
/// <param name="Score">The sum of the scores.</param>
/// <param name="Sums">For each limited column its sum.</param>
/// <param name="Choices">For each part, in the order of the table, its choice.</param>
public sealed record TableSolution(IReadOnlyDictionary<string, double> Limits, double Score, IReadOnlyDictionary<string, double> Sums, IReadOnlyDictionary<string, string> Choices);
