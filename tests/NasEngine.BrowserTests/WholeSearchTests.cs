using NasEngine.Testing.Onnx;

namespace NasEngine.BrowserTests;

/// <summary>A search from the upload of its experiment to the download of its network, through the pages alone.</summary>
internal sealed class WholeSearchTests
{
    [Test]
    public async Task Search_StartedWatchedAndDownloadedInPages_GivesModel()
    {
        FinishedSearch search = await Dashboard.RequireSearchAsync();
        Assert.Multiple(() =>
        {
            Assert.That(search.Complaints, Is.Empty);
            Assert.That(search.FrontSize, Is.GreaterThan(1));
            Assert.That(search.StepsSeen, Is.Not.Empty, "the page shows which step is running");
            Assert.That(OnnxText.Of(search.Model), Does.Contain("Conv("));
        });
    }
}
