namespace NasEngine.Core.Jobs;

/// <summary>Budgets of a run that its user changed after it was started. What is <see langword="null"/> is as the experiment says.</summary>
/// <param name="Evaluations">How many architectures are predicted in all.</param>
/// <param name="Verify">How many of the predicted front are evaluated and measured.</param>
public sealed record RunBudget(int? Evaluations, int? Verify)
{
    /// <summary>Gets the budget that nobody changed.</summary>
    public static RunBudget Unchanged { get; } = new(null, null);
}
