using NasEngine.Core.Errors;
using NasEngine.Core.Spaces;
using NasEngine.Core.Tables;
using NasEngine.Networks.Readers;
using NasEngine.Networks.Weights;

namespace NasEngine.Networks.Families;

/// <summary>The families that exist. A new one is added with one line here.</summary>
public static class NetworkFamilies
{
    /// <summary>Gets every family.</summary>
    public static IReadOnlyList<INetworkFamily> All { get; } = [new MobileCnn.MobileCnnFamily(), new CellCnn.CellCnnFamily()];

    /// <summary>Finds the family of a space.</summary>
    /// <exception cref="UsageException">There is none; the message lists those that exist.</exception>
    public static INetworkFamily Of(SearchSpace space)
    {
        ArgumentNullException.ThrowIfNull(space);
        return space.Layout is TableLayout
            ? throw new UsageException($"Space '{space.Name}' describes the rows of a table and has no networks. Use 'nas table'.")
            : All.FirstOrDefault(family => family.Name == space.Family) ?? throw UsageException.UnknownName("network family", space.Family, All.Select(family => family.Name));
    }

    /// <summary>Creates a reader of space files that knows every family.</summary>
    public static SpaceReader CreateSpaceReader() => new([.. All, new TableFamily()]);

    /// <summary>Lists the arrays that the supernet of a space stores, in the order that its subnets use them.</summary>
    public static IReadOnlyList<WeightSpec> Weights(this INetworkFamily family, SearchSpace space)
    {
        ArgumentNullException.ThrowIfNull(family);
        ArgumentNullException.ThrowIfNull(space);
        return [.. family.Covering(space).SelectMany(plan => ShapeReader.Trace(family, plan)).SelectMany(operation => operation.Weights).Select(slice => slice.Weight).DistinctBy(weight => weight.Name)];
    }
}
