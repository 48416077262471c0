using System.Collections.Immutable;
using NasEngine.Core.Objectives;
using NasEngine.Core.Search;
using NasEngine.Core.Spaces;

namespace NasEngine.Testing.Search;

/// <summary>A space of staged networks without any network: its accuracy and latency are formulas with a trade-off.</summary>
public static class SyntheticProblem
{
    public static readonly MetricKey Accuracy = new("accuracy");
    public static readonly MetricKey Latency = new("latency", "local");

    /// <summary>Stages of depth 1 to 3, and a kernel and an expansion for every block: (9 + 81 + 729) to the power of the stages.</summary>
    public static SearchProblem Create(int stages, double? maxLatencyMs = null)
    {
        List<Gene> genes = [.. Enumerable.Range(0, stages).Select(stage => new Gene("depth", stage, [1, 2, 3]))];
        foreach (string dimension in new[] { "kernel", "expand" })
        {
            for (int block = 0; block < 3 * stages; block++)
            {
                ImmutableArray<double> choices = dimension == "kernel" ? [3, 5, 7] : [2, 4, 6];
                genes.Add(new Gene(dimension, block, choices, block % 3 == 0 ? null : new GeneCondition(block / 3, (block % 3) + 1)));
            }
        }

        Objective[] objectives = [new Objective(Accuracy, Goal.Maximize), new Objective(Latency, Goal.Minimize)];
        Constraint[] constraints = maxLatencyMs is double limit ? [new Constraint(Latency, null, limit)] : [];
        SearchSpace space = new($"synthetic-{stages}", "synthetic", 1, new SpaceTask("image-classification", "none", 1, 10), new Layout([.. genes]), objectives, constraints);
        return new SearchProblem(space, objectives, constraints);
    }

    /// <summary>Evaluates by formula: every block adds to both, later stages gain more from kernels, earlier ones cost more.</summary>
    public static Evaluation Evaluate(SearchProblem problem, Genotype genotype)
    {
        ArgumentNullException.ThrowIfNull(problem);
        SearchSpace space = problem.Space;
        int stages = space.Genes.Count(gene => gene.Dimension == "depth");
        (double quality, double milliseconds) = (0, 0.5);
        for (int gene = 0; gene < space.Genes.Length; gene++)
        {
            if (space.Genes[gene].Dimension != "depth" && space.IsActive(genotype, gene))
            {
                int stage = space.Genes[gene].Index / 3;
                double value = space.Value(genotype, gene);
                bool isKernel = space.Genes[gene].Dimension == "kernel";
                quality += isKernel ? Math.Sqrt(value - 2) * (stage + 1) : Math.Log(value) * 1.5;
                milliseconds += isKernel ? value * value / 100 * (stages - stage) : value / 20;
            }
        }

        return new Evaluation(genotype, new MetricSet((Accuracy.ToString(), 1 - Math.Exp(-quality / (6 * stages))), (Latency.ToString(), milliseconds)));
    }

    public static IReadOnlyList<Evaluation> EvaluateAll(SearchProblem problem, IEnumerable<Genotype> genotypes) =>
        [.. genotypes.Select(genotype => Evaluate(problem, genotype))];

    private sealed record Layout(ImmutableArray<Gene> Genes) : SpaceLayout(Genes);
}
