namespace NasEngine.Core.Predictors;

/// <summary>What <c>auto</c> has to know of a trainer.</summary>
[Flags]
public enum TrainerTraits
{
    /// <summary>Tried on every group of columns, plain and rescaled.</summary>
    None = 0,

    /// <summary>Never tried: it is there to be compared with, or to be asked for by name.</summary>
    ForComparison = 1,

    /// <summary>A rising map of a column changes nothing, as with trees: it is not tried on rescaled columns.</summary>
    ScaleFree = 2,

    /// <summary>Needs the columns and targets as they are, in their units: it is tried on the whole table alone.</summary>
    PhysicalUnits = 4,
}
