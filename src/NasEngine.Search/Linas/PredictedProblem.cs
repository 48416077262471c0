using NasEngine.Core.Objectives;
using NasEngine.Core.Search;
using NasEngine.Core.Spaces;
using NasEngine.Search.Surrogates;

namespace NasEngine.Search.Linas;

/// <summary>A search problem whose values are predictions, from light predictors fitted on everything measured.</summary>
internal sealed class PredictedProblem
{
    // Limits are relative to their size, so scaled values are moved away from 0.
    private const double Offset = 100;

    private readonly SurrogateFeatures _source;
    private readonly int[] _columns;
    private readonly double[] _means;
    private readonly double[] _deviations;
    private readonly LightPredictor[] _predictors;
    private readonly string[] _keys;

    /// <summary>Initializes the problem and fits its predictors.</summary>
    /// <param name="problem">What is searched for.</param>
    /// <param name="evaluations">What is measured.</param>
    /// <param name="source">Gives features.</param>
    /// <param name="most">The most evaluations to fit on.</param>
    public PredictedProblem(SearchProblem problem, IReadOnlyList<Evaluation> evaluations, SurrogateFeatures source, int most)
    {
        _source = source;
        SearchOutputs outputs = new(problem);
        Evaluation[] chosen = [.. TrainingChoice.Of(problem, evaluations, most).Select(index => evaluations[index])];
        float[][] raw = [.. chosen.Select(evaluation => Raw(evaluation.Genotype))];
        _means = [.. Enumerable.Range(0, source.Count).Select(column => raw.Average(row => (double)row[column]))];
        _deviations = [.. Enumerable.Range(0, source.Count).Select(column => Math.Sqrt(raw.Average(row => (row[column] - _means[column]) * (row[column] - _means[column]))))];
        int[] varying = [.. Enumerable.Range(0, source.Count).Where(column => _deviations[column] > 1e-6)];
        _columns = varying.Length > 0 ? varying : [0];
        double[][] features = [.. raw.Select(Scaled)];
        _keys = [.. Enumerable.Range(0, outputs.Count).Select(output => $"output{output}")];
        CostScale[] scales = new CostScale[outputs.Count];
        _predictors = new LightPredictor[outputs.Count];
        for (int output = 0; output < outputs.Count; output++)
        {
            double[] values = outputs.Values(chosen, output);
            CostScale scale = scales[output] = new CostScale(values);
            _predictors[output] = LightPredictor.Fit(features, [.. values.Select(scale.Of)]);
        }

        Problem = problem with
        {
            Objectives = [.. outputs.Objectives.Select(output => new Objective(new MetricKey(_keys[output]), Goal.Minimize))],
            Constraints = [.. outputs.Limits.Select(limit => new Constraint(
                new MetricKey(_keys[limit.Output]),
                limit.Least is double least ? scales[limit.Output].Of(least) + Offset : null,
                limit.Most is double bound ? scales[limit.Output].Of(bound) + Offset : null))],
        };
    }

    /// <summary>Gets the problem, in the predictors' scale.</summary>
    public SearchProblem Problem { get; }

    /// <summary>Gets the predictors, one for each value.</summary>
    public IReadOnlyList<LightPredictor> Predictors => _predictors;

    /// <summary>Predicts an architecture's values.</summary>
    public Evaluation Evaluate(Genotype genotype)
    {
        double[] features = Scaled(Raw(genotype));
        return new Evaluation(genotype, new MetricSet(_predictors.Select((predictor, output) => KeyValuePair.Create(_keys[output], predictor.Predict(features) + Offset))));
    }

    private float[] Raw(Genotype genotype)
    {
        float[] features = new float[_source.Count];
        _source.Write(genotype, features, new byte[_source.Genes]);
        return features;
    }

    private double[] Scaled(float[] raw) => [.. _columns.Select(column => _deviations[column] > 0 ? (raw[column] - _means[column]) / _deviations[column] : 0)];
}
