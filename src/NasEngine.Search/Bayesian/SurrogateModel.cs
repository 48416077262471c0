using NasEngine.Core.Search;
using NasEngine.Search.Surrogates;

namespace NasEngine.Search.Bayesian;

/// <summary>Kernels and scales of all outputs, fitted on the first part of what is known, and used until the next fit is due.</summary>
/// <remarks>Made from its arguments alone, so a search that goes on makes the same one.</remarks>
internal sealed class SurrogateModel
{
    // Hyperparameters change slowly: this many observations tell as much as all do, at a small part of the time.


    private const int MostForKernel = 160;

    private readonly CostScale[] _scales;

    /// <summary>Initializes the model.</summary>
    /// <param name="problem">What is searched for.</param>
    /// <param name="outputs">The values of evaluations.</param>
    /// <param name="evaluations">Everything the model may learn from, in the order it was told.</param>
    /// <param name="places">The row of each evaluation's features.</param>
    /// <param name="fitted">How many of them decide kernels and scales.</param>
    /// <param name="most">How many observations the model holds, before those that come after the fit.</param>
    /// <param name="rows">Features.</param>
    public SurrogateModel(SearchProblem problem, SearchOutputs outputs, IReadOnlyList<Evaluation> evaluations, int[] places, int fitted, int most, FeatureRows rows)
    {
        (Outputs, Fitted) = (outputs, fitted);
        Evaluation[] first = [.. evaluations.Take(fitted)];
        Kept = TrainingChoice.Of(problem, first, most);
        int[] forKernel = TrainingChoice.Of(problem, first, MostForKernel);
        _scales = new CostScale[outputs.Count];
        Kernels = new SurrogateKernel[outputs.Count];
        for (int output = 0; output < outputs.Count; output++)
        {
            double[] values = outputs.Values(first, output);
            CostScale scale = _scales[output] = new CostScale(values);
            Kernels[output] = KernelFit.Fit(rows, [.. forKernel.Select(index => places[index])], [.. forKernel.Select(index => scale.Of(values[index]))]);
        }
    }

    public SearchOutputs Outputs { get; }

    /// <summary>Gets how many evaluations decided kernels and scales.</summary>
    public int Fitted { get; }

    /// <summary>Gets which of the first evaluations the model holds; it holds all later ones.</summary>
    public int[] Kept { get; }

    /// <summary>Gets the kernel of each output.</summary>
    public SurrogateKernel[] Kernels { get; }

    /// <summary>Gives the evaluations that the model holds.</summary>
    /// <param name="count">How many are known.</param>
    public int[] Held(int count) => [.. Kept, .. Enumerable.Range(Fitted, count - Fitted)];

    /// <summary>Gives the scaled values of all evaluations.</summary>
    public double[] Scaled(IReadOnlyList<Evaluation> evaluations, int output) => [.. Outputs.Values(evaluations, output).Select(_scales[output].Of)];

    /// <summary>Gives the scale of an output.</summary>
    public CostScale Scale(int output) => _scales[output];
}
