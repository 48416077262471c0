using NasEngine.Core.Predictors;

namespace NasEngine.Predictors.GaussianProcess;

/// <summary>Standardises the columns that are numbers and leaves choices of genes without an order as 0 and 1.</summary>
internal static class GaussianProcessInputs
{
    public static Standardization Of(FeatureTable table, ColumnGroups groups)
    {
        Standardization plain = Standardization.Of(table);
        for (int column = 0; column < groups.Groups.Length; column++)
        {
            if (groups.AreCategorical[groups.Groups[column]])
            {
                (plain.Means[column], plain.Deviations[column]) = (0, 1);
            }
        }

        return plain;
    }
}
