using NasEngine.Storage;
using NasEngine.Testing;
using NasEngine.Testing.Runs;

namespace NasEngine.UnitTests.Storage;

internal sealed class SqliteRunNoteTests : RunNoteContract
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
