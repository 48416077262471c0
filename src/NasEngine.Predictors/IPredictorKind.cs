using System.Text.Json;
using NasEngine.Core.Json;
using NasEngine.Core.Predictors;

namespace NasEngine.Predictors;

/// <summary>A kind of predictor as the registry knows it: its trainer, and its part of a predictor file.</summary>
/// <remarks>Stateless and thread-safe.</remarks>
public interface IPredictorKind
{
    /// <summary>Gets the trainer; its name is the kind's.</summary>
    IPredictorTrainer Trainer { get; }

    /// <summary>Writes the keys of a predictor of this kind into the object that is open.</summary>
    void Write(Utf8JsonWriter writer, IPredictor predictor);

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="root">The file's root; faults go into it.</param>
    /// <param name="features">The features' names, at least one.</param>
    /// <returns>The predictor, or <see langword="null"/> if there were faults.</returns>
    IPredictor? Read(JsonObjectReader root, IReadOnlyList<string> features);
}
