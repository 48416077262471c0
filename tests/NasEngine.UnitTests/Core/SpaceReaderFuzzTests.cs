using System.Text;
using NasEngine.Core.Errors;
using NasEngine.Core.Randomness;
using NasEngine.Networks.Families;
using NasEngine.Testing;
using NasEngine.Testing.Jobs;

namespace NasEngine.UnitTests.Core;

internal sealed class SpaceReaderFuzzTests
{
    private static readonly byte[] Shipped = File.ReadAllBytes(RepositoryFiles.PathOf("searchspaces/fashion-mobile.json"));

    // Each mutation must be taken or refused with a message; anything else, a crash or a hang among them, fails.
    [Test]
    [CancelAfter(120_000)]
    public void ReadText_300Mutations_IsReadOrRefusedWithOneClearMessage()
    {
        int refused = 0;
        for (int number = 0; number < 300; number++)
        {
            byte[] text = Mutation.Json(Shipped, new SeedTree(2024).Child(number).CreateRandom());
            refused += IsRefused(text, number) ? 1 : 0;
        }

        Assert.That(refused, Is.GreaterThan(100), "mutations that do no harm prove little");
    }

    private static bool IsRefused(byte[] text, int number)
    {
        try
        {
            NetworkFamilies.CreateSpaceReader().ReadText("fuzzed.json", text);
            return false;
        }
        catch (NasException problem)
        {
            Assert.That(problem.Kind, Is.EqualTo(FaultKind.Input), $"mutation {number}");
            Assert.That(problem.Message, Does.StartWith("fuzzed.json: ").And.Not.Contain("   at ").And.Not.Contain("Exception").And.Not.Contain("\0"), $"mutation {number}");
            Assert.That(problem.Message.Length, Is.InRange(20, 20_000), $"mutation {number}");
            return true;
        }
        catch (Exception problem) when (problem is not (AssertionException or MultipleAssertException))
        {
            throw new AssertionException($"Mutation {number} ended in {problem.GetType().Name}: {problem.Message}\n{Encoding.UTF8.GetString(text)}", problem);
        }
    }
}
