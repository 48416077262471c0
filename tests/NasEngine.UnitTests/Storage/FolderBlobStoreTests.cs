using NasEngine.Core.Artefacts;
using NasEngine.Storage.Blobs;
using NasEngine.Testing.Storage;

namespace NasEngine.UnitTests.Storage;

public sealed class FolderBlobStoreTests : BlobStoreContract
{
    protected override Task<IBlobStore> OpenEmptyStoreAsync(string folder) => Task.FromResult<IBlobStore>(new FolderBlobStore(folder, TimeProvider.System));

    protected override async Task DamageAsync(string sha256, string folder)
    {
        string file = Directory.GetFiles(folder, sha256, SearchOption.AllDirectories).Single();
        byte[] content = await File.ReadAllBytesAsync(file);
        content[^1] ^= 1;
        await File.WriteAllBytesAsync(file, content);
    }
}
