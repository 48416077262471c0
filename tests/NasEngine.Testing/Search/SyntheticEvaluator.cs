using System.Runtime.CompilerServices;
using NasEngine.Core.Search;
using NasEngine.Core.Spaces;

namespace NasEngine.Testing.Search;

/// <summary>Evaluates a <see cref="SyntheticProblem"/>; can be told to fail after a number of architectures.</summary>
public sealed class SyntheticEvaluator(SearchProblem problem, int failsAfter = int.MaxValue) : ICandidateEvaluator
{
    public int Evaluated { get; private set; }

    public async IAsyncEnumerable<Evaluation> EvaluateAsync(IReadOnlyList<Genotype> proposals, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (Genotype proposal in proposals)
        {
            await Task.CompletedTask.ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            if (Evaluated == failsAfter)
            {
                throw new IOException("The device is gone.");
            }

            Evaluated++;
            yield return SyntheticProblem.Evaluate(problem, proposal);
        }
    }
}
