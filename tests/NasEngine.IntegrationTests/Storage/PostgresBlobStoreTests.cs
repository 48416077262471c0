using NasEngine.Core.Artefacts;
using NasEngine.Storage;
using NasEngine.Testing.Storage;

namespace NasEngine.IntegrationTests.Storage;

[Parallelizable]
public sealed class PostgresBlobStoreTests : BlobStoreContract
{
    private NasStore _store = null!;
    private string _url = string.Empty;

    protected override async Task<IBlobStore> OpenEmptyStoreAsync(string folder)
    {
        _url = PostgresServer.Shared.NewStore();
        _store = await NasStore.OpenAsync(_url);
        return _store.Blobs;
    }

    protected override Task DamageAsync(string sha256, string folder)
    {
        PostgresServer.Execute($"UPDATE blob_pieces SET content = set_byte(content, 7, get_byte(content, 7) # 1) WHERE sha256 = '{sha256}' AND place = 1", _url);
        return Task.CompletedTask;
    }

    protected override Task CloseStoreAsync() => _store is null ? Task.CompletedTask : _store.DisposeAsync().AsTask();
}
