using NasEngine.Storage;
using NasEngine.Testing.Jobs;
using NasEngine.Testing.Storage;

namespace NasEngine.IntegrationTests.Jobs.Background;

[Parallelizable]
internal sealed class PostgresJobStoreTests : JobStoreContract
{
    protected override Task<NasStore> OpenEmptyStoreAsync() => NasStore.OpenAsync(PostgresServer.Shared.NewStore());
}
