namespace NasEngine.Storage;

/// <summary>What a store holds, in numbers.</summary>
/// <param name="Kind">The kind of database: <c>sqlite</c> or <c>postgres</c>.</param>
/// <param name="Location">Where it is, without a password.</param>
/// <param name="Schema">The version of its schema.</param>
/// <param name="Spaces">Space files.</param>
/// <param name="Runs">Runs.</param>
/// <param name="Evaluations">Evaluations of all runs and stages.</param>
/// <param name="Measurements">Measurements, those of removed runs included.</param>
/// <param name="Predictors">Predictors.</param>
/// <param name="Artefacts">Artefacts that runs name.</param>
/// <param name="Files">Files whose content is kept.</param>
/// <param name="FileBytes">Their length in all.</param>
public sealed record StoreSummary(
    string Kind, string Location, int Schema, long Spaces, long Runs, long Evaluations, long Measurements, long Predictors, long Artefacts, long Files, long FileBytes);
