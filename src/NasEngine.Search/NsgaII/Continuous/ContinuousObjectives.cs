namespace NasEngine.Search.NsgaII.Continuous;

/// <summary>Evaluates one point.</summary>
/// <param name="variables">The point, <c>[n]</c>.</param>
/// <param name="costs">Receives the costs, <c>[m]</c>; smaller is better; no NaN.</param>
public delegate void ContinuousObjectives(ReadOnlySpan<double> variables, Span<double> costs);
