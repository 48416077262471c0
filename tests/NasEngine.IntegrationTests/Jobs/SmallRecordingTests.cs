using NasEngine.Core.Spaces;
using NasEngine.Networks.Families;
using NasEngine.Testing.Jobs;

namespace NasEngine.IntegrationTests.Jobs;

internal sealed class SmallRecordingTests
{
    // Also the way to make the file anew after a change to the space or to the format.
    [Test]
    public void Write_SmallSpace_GivesTheCommittedFileWithEveryNetwork()
    {
        SearchSpace space = NetworkFamilies.CreateSpaceReader().ReadFile(Path.Combine(SmallExperiment.Fixtures, "small-space.json"));
        string text = SmallRecording.Write(space), committed = Path.Combine(SmallExperiment.Fixtures, "latencies.jsonl");
        string received = committed + ".received.txt";
        Assert.That(text.Count(letter => letter == '\n') - 1, Is.EqualTo((int)space.Size));
        if (!File.Exists(committed) || File.ReadAllText(committed) != text)
        {
            File.WriteAllText(received, text);
            Assert.Fail($"If the new recording is right: mv {received} {committed}");
        }

        File.Delete(received);
    }
}
