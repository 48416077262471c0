using NasEngine.Storage;
using NasEngine.Testing;
using NasEngine.Testing.Jobs;

namespace NasEngine.UnitTests.Storage.Jobs;

internal sealed class SqliteJobStoreTests : JobStoreContract
{
    private TemporaryFolder? _folder;

    [TearDown]
    public void RemoveFolder() => _folder?.Dispose();

    protected override Task<NasStore> OpenEmptyStoreAsync()
    {
        _folder = new TemporaryFolder();
        return NasStore.OpenAsync(_folder.PathOf("nas.db"));
    }
}
