using NasEngine.Core.Runs;
using NasEngine.Storage;
using NasEngine.Testing.Runs;
using NasEngine.Testing.Storage;

namespace NasEngine.IntegrationTests.Storage;

[Parallelizable]
public sealed class PostgresRunStoreTests : RunStoreContract
{
    protected override Task<IRunStore> OpenEmptyStoreAsync() => RunStores.OpenAsync(PostgresServer.Shared.NewStore());
}
