namespace NasEngine.Core.Errors;

/// <summary>No architecture of the space meets the hard constraints.</summary>
public sealed class InfeasibleConstraintException : NasException
{
    /// <summary>Initializes the error from the limit and the closest architecture seen.</summary>
    /// <param name="space">The name of the space.</param>
    /// <param name="constraint">The limit as text, such as <c>latency on local at most 4 ms</c>.</param>
    /// <param name="closest">The best value seen, with its unit.</param>
    /// <param name="genotype">The architecture that reached it.</param>
    /// <param name="examined">How many architectures were looked at.</param>
    public InfeasibleConstraintException(string space, string constraint, string closest, string genotype, int examined)
        : base($"No architecture of space '{space}' has {constraint}: the best of {examined} examined reaches {closest} ({genotype}). "
            + $"Relax the limit to at least {closest}, or add smaller choices to the space.")
    {
        Constraint = constraint;
        Closest = closest;
        Genotype = genotype;
    }

    /// <summary>Gets the limit that was asked for.</summary>
    public string Constraint { get; }

    /// <summary>Gets the best value seen, with its unit.</summary>
    public string Closest { get; }

    /// <summary>Gets the architecture that reached <see cref="Closest"/>.</summary>
    public string Genotype { get; }

    /// <inheritdoc/>
    public override FaultKind Kind => FaultKind.Infeasible;
}
