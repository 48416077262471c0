using NasEngine.Storage;
using NasEngine.Testing.Runs;
using NasEngine.Testing.Storage;

namespace NasEngine.IntegrationTests.Storage;

internal sealed class PostgresRunNoteTests : RunNoteContract
{
    protected override Task<NasStore> OpenEmptyStoreAsync() => NasStore.OpenAsync(PostgresServer.Shared.NewStore());
}
