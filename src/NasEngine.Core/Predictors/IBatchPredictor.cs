namespace NasEngine.Core.Predictors;

/// <summary>A predictor that is quicker on many rows than row by row.</summary>
/// <remarks>Each value has the bits that <see cref="IPredictor.Predict"/> gives.</remarks>
public interface IBatchPredictor : IPredictor
{
    /// <summary>Predicts every row of a table.</summary>
    /// <param name="table">Features with the predictor's columns, in its order.</param>
    /// <param name="predictions">Receives <c>[rows]</c> values.</param>
    /// <exception cref="ArgumentException">The numbers of columns or rows differ.</exception>
    void PredictAll(FeatureTable table, Span<double> predictions);
}
