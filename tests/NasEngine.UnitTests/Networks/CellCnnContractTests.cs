using NasEngine.Core.Spaces;
using NasEngine.Testing.Networks;

namespace NasEngine.UnitTests.Networks;

internal sealed class CellCnnContractTests : NetworkFamilyContract
{
    protected override IReadOnlyList<SearchSpace> Spaces { get; } =
    [
        TestSpaces.TinyCells(),
        TestSpaces.Read(TestSpaces.TinyCellsText.Replace("\"sum\"", "\"concat\"", StringComparison.Ordinal)),
    ];
}
