using NasEngine.Core.Spaces;
using NasEngine.Testing.Networks;

namespace NasEngine.UnitTests.Networks;

internal sealed class MobileCnnContractTests : NetworkFamilyContract
{
    protected override IReadOnlyList<SearchSpace> Spaces { get; } =
    [
        TestSpaces.Tiny(),
        TestSpaces.Read(TestSpaces.TinyText.Replace("\"channelMultiple\": 2", "\"channelMultiple\": 8, \"activation\": \"hard-swish\"", StringComparison.Ordinal)
            .Replace("[3, 5]", "[3, 5, 7]", StringComparison.Ordinal).Replace("\"channels\": 4", "\"channels\": 16", StringComparison.Ordinal)),
    ];
}
