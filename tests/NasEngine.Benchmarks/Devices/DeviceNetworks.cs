using NasEngine.Core.Devices;
using NasEngine.Core.Randomness;
using NasEngine.Core.Sampling;
using NasEngine.Core.Spaces;
using NasEngine.Jobs.Profiling;
using NasEngine.Networks.Families;
using NasEngine.Testing;

namespace NasEngine.Benchmarks.Devices;

/// <summary>Networks of a space that ships, from the smallest to the largest.</summary>
internal static class DeviceNetworks
{
    public static MeasurementItem[] Draw(int count)
    {
        SearchSpace space = NetworkFamilies.CreateSpaceReader().ReadFile(RepositoryFiles.PathOf("searchspaces/fashion-mobile.json"));
        INetworkFamily family = NetworkFamilies.Of(space);
        return [.. SpreadSampler.Draw(space, count, new SeedTree(7).Child("devices").CreateRandom()).Select(genotype => MeasurementRecorder.Item(family, space, genotype, 7))];
    }
}
