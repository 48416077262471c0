namespace NasEngine.Core.Predictors;

/// <summary>Which groups of features <see cref="ArchitectureFeatures"/> gives.</summary>
[Flags]
public enum ArchitectureEncoding
{
    /// <summary>Places of choices, for genes whose choices have an order.</summary>
    Ordinal = 1,

    /// <summary>A column for every choice of a gene.</summary>
    OneHot = 2,

    /// <summary>Whether genes that hang on others matter.</summary>
    Activity = 4,

    /// <summary>The numbers that genes stand for.</summary>
    Value = 8,

    /// <summary>Means and sums over a dimension's genes that matter; of kinds without an order, how often each occurs.</summary>
    Summary = 16,

    /// <summary>Counts, paths and degrees of the space's graph, if it has one.</summary>
    Graph = 32,

    /// <summary>Everything that predictors of networks have by default: one-hot columns only where choices have no order.</summary>
    Standard = Ordinal | Activity | Summary | Graph,

    /// <summary>Everything.</summary>
    All = Ordinal | OneHot | Activity | Value | Summary | Graph,
}
