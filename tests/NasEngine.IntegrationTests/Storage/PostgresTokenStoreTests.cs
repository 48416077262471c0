using NasEngine.Testing.Storage;

namespace NasEngine.IntegrationTests.Storage;

public sealed class PostgresTokenStoreTests : TokenStoreContract
{
    protected override string NewLocation() => PostgresServer.Shared.NewStore();
}
