using NasEngine.Storage;
using NasEngine.Testing;
using NasEngine.Testing.Storage;

namespace NasEngine.UnitTests.Storage;

public sealed class SqliteRunQueriesTests : RunQueriesContract
{
    private TemporaryFolder? _folder;

    [OneTimeTearDown]
    public void RemoveFolder() => _folder?.Dispose();

    protected override Task<NasStore> OpenEmptyStoreAsync() => NasStore.OpenAsync((_folder ??= new TemporaryFolder()).PathOf($"{TestContext.CurrentContext.Test.ID}.db"));
}
