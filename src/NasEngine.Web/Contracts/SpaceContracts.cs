using System.Text.Json;
using NasEngine.Core.Errors;
using NasEngine.Jobs.Queries;
using NasEngine.Web.Errors;

namespace NasEngine.Web.Contracts;

/// <summary>A space in the list.</summary>
/// <param name="Name">Its name.</param>
/// <param name="File">Its file's name, or <see langword="null"/> if only runs have it.</param>
/// <param name="Family">The network family.</param>
/// <param name="Size">The exact number of architectures, in decimal digits.</param>
/// <param name="Genes">The number of genes.</param>
/// <param name="Objectives">What a search of it makes better.</param>
/// <param name="Constraints">Its hard limits.</param>
/// <param name="Shipped">Whether it ships with the engine.</param>
/// <param name="Source"><c>shipped</c>, <c>saved</c> or <c>used</c>.</param>
/// <param name="Problem">Why it cannot be used, or <see langword="null"/>.</param>
public sealed record SpaceContract(
    string Name, string? File, string Family, string Size, int Genes, IReadOnlyList<ObjectiveView> Objectives, IReadOnlyList<ConstraintView> Constraints, bool Shipped, string Source, string? Problem)
{
    internal static SpaceContract Of(SpaceEntry entry) => new(
        entry.Name, entry.File, entry.Family, entry.Size, entry.Genes, entry.Objectives, entry.Constraints, entry.Source == SpaceSource.Shipped,
        entry.Source switch { SpaceSource.Shipped => "shipped", SpaceSource.Saved => "saved", _ => "used" }, entry.Problem);
}

/// <summary>A file to read: its text, or the JSON itself.</summary>
/// <param name="Json">A text, so that what is not JSON yet can be asked about too; or an object.</param>
public sealed record DocumentContract(JsonElement Json)
{
    /// <summary>Gives the text to read.</summary>
    /// <exception cref="UsageException">It is a text with half a character in it.</exception>
    internal string Text()
    {
        try
        {
            return Json.ValueKind switch
            {
                JsonValueKind.String => Json.GetString()!,
                JsonValueKind.Undefined or JsonValueKind.Null => string.Empty,
                _ => Json.GetRawText(),
            };
        }
        catch (InvalidOperationException problem)
        {
            throw new UsageException("json holds half a character (a lone surrogate).", problem);
        }
    }
}

/// <summary>A space file.</summary>
/// <param name="Name">The space's name.</param>
/// <param name="Json">The file's text.</param>
public sealed record SpaceTextContract(string Name, string Json);

/// <summary>What is to be said of a space file.</summary>
/// <param name="Valid">Whether it can be used.</param>
/// <param name="Name">The space's name, if it can.</param>
/// <param name="Family">The network family, if it can.</param>
/// <param name="Size">The exact number of architectures, in decimal digits, if it can.</param>
/// <param name="Genes">The number of genes, if it can.</param>
/// <param name="Errors">What is wrong; empty if nothing is.</param>
public sealed record SpaceCheckContract(bool Valid, string? Name, string? Family, string? Size, int? Genes, IReadOnlyList<ProblemError> Errors);

/// <summary>What is to be said of an experiment.</summary>
/// <param name="Valid">Whether it can be carried out.</param>
/// <param name="RunId">The id that its run has, if it can.</param>
/// <param name="Size">The exact number of architectures of its space, in decimal digits.</param>
/// <param name="Steps">Training steps.</param>
/// <param name="Evaluations">Architectures that are predicted.</param>
/// <param name="Verify">Networks that are evaluated and measured.</param>
/// <param name="Devices">The devices that objectives and limits speak of.</param>
/// <param name="Errors">What is wrong; empty if nothing is.</param>
public sealed record ExperimentCheckContract(
    bool Valid, string? RunId, string? Size, long? Steps, int? Evaluations, int? Verify, IReadOnlyList<string> Devices, IReadOnlyList<ProblemError> Errors);
