using Microsoft.Data.Sqlite;
using NasEngine.Core.Runs;
using NasEngine.Storage;
using NasEngine.Testing;
using NasEngine.Testing.Storage;

namespace NasEngine.UnitTests.Storage;

public sealed class VersionOneTests
{
    [Test]
    public async Task OpenAsync_SqliteFileOfVersionOne_HasAllOfIt()
    {
        using TemporaryFolder folder = new();
        string file = folder.PathOf("nas.db");
        using (SqliteConnection connection = new($"Data Source={file};Pooling=False"))
        {
            connection.Open();
            foreach (string script in new[] { VersionOneStore.SqliteTables, VersionOneStore.Rows })
            {
                using SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // the statements are those of the sample
                command.CommandText = script;
#pragma warning restore CA2100
                command.ExecuteNonQuery();
            }
        }

        for (int time = 0; time < 2; time++)
        {
            await using NasStore store = await NasStore.OpenAsync(file);
            Assert.That((await store.SummarizeAsync(default)).Schema, Is.GreaterThan(1));
        }

        await using IRunStore runs = await RunStores.OpenAsync(file);
        await VersionOneStore.ExpectAllAsync(runs);
    }
}
