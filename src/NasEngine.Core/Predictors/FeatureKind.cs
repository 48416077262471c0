namespace NasEngine.Core.Predictors;

/// <summary>What a feature of an architecture is; predictors differ in which of them serve them best.</summary>
public enum FeatureKind
{
    /// <summary>A plain quantity that somebody measured or computed, such as a zero-cost proxy or a size.</summary>
    Quantity,

    /// <summary>The place of a gene's choice, from 0 to 1; 0 where the gene does not matter.</summary>
    Ordinal,

    /// <summary>1 if a gene has one certain choice, otherwise 0; 0 for all of its choices where the gene does not matter.</summary>
    OneHot,

    /// <summary>The number that a gene stands for, such as a kernel's size; 0 where the gene does not matter.</summary>
    Value,

    /// <summary>1 if a gene that hangs on another one matters, otherwise 0.</summary>
    Activity,

    /// <summary>A mean, sum or count over all genes of a dimension.</summary>
    Summary,

    /// <summary>A property of a cell's graph: counts, paths, degrees.</summary>
    Graph,
}
