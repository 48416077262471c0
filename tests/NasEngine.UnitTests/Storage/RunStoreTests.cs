using NasEngine.Core.Runs;
using NasEngine.Storage;
using NasEngine.Testing.Runs;

namespace NasEngine.UnitTests.Storage;

public sealed class InMemoryRunStoreTests : RunStoreContract
{
    protected override Task<IRunStore> OpenEmptyStoreAsync() => Task.FromResult<IRunStore>(new InMemoryRunStore());
}

public sealed class SqliteRunStoreTests : RunStoreContract
{
    private string _folder = string.Empty;

    [TearDown]
    public async Task RemoveFolder()
    {
        await Store.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    protected override Task<IRunStore> OpenEmptyStoreAsync()
    {
        _folder = Directory.CreateTempSubdirectory("nas-store-").FullName;
        return RunStores.OpenSqliteAsync(Path.Combine(_folder, "new", "nas.db"));
    }
}
