using NasEngine.Testing.Storage;

namespace NasEngine.IntegrationTests.Storage;

[Parallelizable]
public sealed class PostgresTokenStoreTests : TokenStoreContract
{
    protected override string NewLocation() => PostgresServer.Shared.NewStore();
}
