using NasEngine.Core.Spaces;

namespace NasEngine.Core.Search;

/// <summary>Finds the values of architectures. Implemented by supernet evaluation, by predictors and by tables.</summary>
public interface ICandidateEvaluator
{
    /// <summary>Evaluates a generation; results come in the order of the proposals, each as soon as it is known.</summary>
    /// <param name="proposals">Canonical genotypes.</param>
    /// <param name="cancellationToken">Stops between architectures.</param>
    IAsyncEnumerable<Evaluation> EvaluateAsync(IReadOnlyList<Genotype> proposals, CancellationToken cancellationToken);
}
