using NasEngine.Core.Errors;
using NasEngine.Storage.Postgres;

namespace NasEngine.UnitTests.Storage;

public sealed class PostgresLocationTests
{
    [TestCase("postgres://nas@db.example/nas", "db.example", 5432, "nas", "nas", null)]
    [TestCase("postgresql://nas:p%40ss%2Fw%3A@10.0.0.7:6000/my%20runs", "10.0.0.7", 6000, "my runs", "nas", "p@ss/w:")]
    [TestCase("POSTGRES://nas:a:b@[::1]/nas", "::1", 5432, "nas", "nas", "a:b")]
    public void Parse_Url_GivesItsParts(string url, string host, int port, string database, string user, string? password)
    {
        PostgresLocation found = PostgresLocation.Parse(url);
        Assert.That(PostgresLocation.IsUrl(url), Is.True);
        Assert.That(
            (found.Settings.Host, found.Settings.Port, found.Settings.Database, found.Settings.Username, found.Settings.Password),
            Is.EqualTo((host, port, database, user, password)));
        Assert.That(found.BlobFolder, Is.Null);
    }

    [Test]
    public void Parse_Settings_AreTaken()
    {
        PostgresLocation found = PostgresLocation.Parse("postgres://nas@db/nas?sslmode=verify-full&connect_timeout=3&search_path=nas&blob_folder=%2Fshared%2Ffiles");
        Assert.That(
            (found.Settings.SslMode, found.Settings.Timeout, found.Settings.SearchPath, found.BlobFolder), Is.EqualTo((Npgsql.SslMode.VerifyFull, 3, "nas", "/shared/files")));
    }

    [TestCase("postgres://nas:secret@db")]
    [TestCase("postgres://nas:secret@db/")]
    [TestCase("postgres://nas:secret@db/a/b")]
    [TestCase("postgres://nas:secret@db:port/nas")]
    [TestCase("postgres://nas:secret@db/nas?speed=9")]
    [TestCase("postgres://nas:secret@db/nas?sslmode=perhaps")]
    [TestCase("postgres://nas:secret@db/nas?blob_folder=here")]
    public void Parse_AnotherForm_IsRefusedWithoutThePassword(string url) =>
        Assert.That(() => PostgresLocation.Parse(url), Throws.InstanceOf<UsageException>().With.Message.Not.Contains("secret").And.Message.Not.Contains("\n"));

    [Test]
    public void ToString_UrlWithPassword_HidesIt()
    {
        PostgresLocation found = PostgresLocation.Parse("postgres://nas:secret@db:5433/nas?search_path=x");
        Assert.That(found.ToString(), Is.EqualTo("postgres://nas@db:5433/nas"));
    }

    [TestCase("nas.db")]
    [TestCase("/data/postgres/nas.db")]
    public void IsUrl_Path_IsNone(string path) => Assert.That(PostgresLocation.IsUrl(path), Is.False);
}
