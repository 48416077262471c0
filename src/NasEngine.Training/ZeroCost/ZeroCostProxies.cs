using NasEngine.Core.Errors;
using NasEngine.Training.ZeroCost.Proxies;

namespace NasEngine.Training.ZeroCost;

/// <summary>The proxies that exist. A new one is added with one line here.</summary>
public static class ZeroCostProxies
{
    /// <summary>Gets every proxy, with the settings of its source unless its description says otherwise.</summary>
    public static IReadOnlyList<IZeroCostProxy> All { get; } =
    [
        new ParametersProxy(),
        new MacsProxy(),
        new L2Proxy(),
        new PlainProxy(),
        new GradNormProxy(),
        new SnipProxy(),
        new GraspProxy(),
        new FisherProxy(),
        new SynflowProxy(),
        new JacovProxy(),
        new EpeNasProxy(),
        new NaswotProxy(),
        new ZenProxy(),
        new ZicoProxy(),
        new GradSignProxy(),
        new NtkProxy(),
        new MecoProxy(),
        new SwapProxy(),
        new RegularisedSwapProxy(),
        new AzExpressivityProxy(),
        new AzProgressivityProxy(),
        new AzTrainabilityProxy(),
    ];

    /// <summary>Finds proxies by name.</summary>
    /// <param name="names">The names; none for all proxies.</param>
    /// <exception cref="UsageException">There is none of a name; the message lists those that exist.</exception>
    public static IReadOnlyList<IZeroCostProxy> Find(IReadOnlyCollection<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        return names.Count == 0
            ? All
            : [.. names.Distinct(StringComparer.Ordinal).Select(name => All.FirstOrDefault(proxy => proxy.Name == name) ?? throw UsageException.UnknownName("zero-cost proxy", name, All.Select(proxy => proxy.Name)))];
    }
}
