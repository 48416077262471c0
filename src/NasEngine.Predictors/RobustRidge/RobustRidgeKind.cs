using System.Text.Json;
using NasEngine.Core.Json;
using NasEngine.Core.Predictors;
using NasEngine.Predictors.Ridge;

namespace NasEngine.Predictors.RobustRidge;

/// <summary>Registers robust ridge regression, whose predictors are those of ridge regression.</summary>
internal sealed class RobustRidgeKind : IPredictorKind
{
    private readonly RidgeKind _form = new();

    public IPredictorTrainer Trainer { get; } = new RobustRidgeTrainer();

    public void Write(Utf8JsonWriter writer, IPredictor predictor) => _form.Write(writer, predictor);

    public IPredictor? Read(JsonObjectReader root, IReadOnlyList<string> features) =>
        _form.Read(root, features) is RidgePredictor read ? new RidgePredictor(read.Features, read.Constant, [.. read.Coefficients], Trainer.Name) : null;
}
