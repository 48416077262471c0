using NasEngine.Storage;
using NasEngine.Testing.Storage;

namespace NasEngine.IntegrationTests.Storage;

[Parallelizable]
public sealed class PostgresRunQueriesTests : RunQueriesContract
{
    protected override Task<NasStore> OpenEmptyStoreAsync() => NasStore.OpenAsync(PostgresServer.Shared.NewStore());
}
