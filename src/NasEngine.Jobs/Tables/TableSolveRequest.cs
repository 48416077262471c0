namespace NasEngine.Jobs.Tables;

/// <summary>Which table of additive parts is solved for what.</summary>
/// <param name="File">The CSV file: a row for each choice of each part.</param>
/// <param name="Part">The column that names the part, such as a stage or a layer.</param>
/// <param name="Choice">The column that names the choice; no part has two of one name.</param>
/// <param name="Score">The column whose sum over the parts is to be best.</param>
/// <param name="Maximizes">Whether greater sums are better.</param>
/// <param name="Limits">One or two, over different columns, such as <c>latency_ms&lt;=10</c>: on the sum over the parts.</param>
/// <param name="Sweep">How many limits are solved, evenly from the least that can be met to the first one given; 1 for that one alone.</param>
public sealed record TableSolveRequest(string File, string Part, string Choice, string Score, bool Maximizes, IReadOnlyList<string> Limits, int Sweep);
