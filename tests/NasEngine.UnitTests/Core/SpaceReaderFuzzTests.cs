using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using NasEngine.Core.Errors;
using NasEngine.Core.Randomness;
using NasEngine.Networks.Families;
using NasEngine.Testing;

namespace NasEngine.UnitTests.Core;

internal sealed class SpaceReaderFuzzTests
{
    private static readonly string[] Numbers = ["1e308", "-1e308", "1e999", "99999999999999999999", "-1", "0", "2147483648", "0.0000001", "1000000", "NaN"];

    private static readonly byte[] Shipped = File.ReadAllBytes(RepositoryFiles.PathOf("searchspaces/fashion-mobile.json"));

    // Each mutation must be taken or refused with a message; anything else, a crash or a hang among them, fails.
    [Test]
    [CancelAfter(120_000)]
    public void ReadText_300Mutations_IsReadOrRefusedWithOneClearMessage()
    {
        int refused = 0;
        for (int number = 0; number < 300; number++)
        {
            byte[] text = Mutate(new SeedTree(2024).Child(number).CreateRandom());
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

    private static byte[] Mutate(Random random)
    {
        byte[] text = [.. Shipped];
        int changes = 1 + random.Next(3);
        for (int change = 0; change < changes; change++)
        {
            text = text.Length == 0 ? text : random.Next(7) switch
            {
                0 => FlipByte(text, random),
                1 => Delete(text, random),
                2 => SwapTokens(text, random),
                3 => ReplaceNumber(text, random),
                4 => text[..random.Next(text.Length)],
                5 => Repeat(text, random),
                _ => Insert(text, random),
            };
        }

        return text;
    }

    private static byte[] FlipByte(byte[] text, Random random)
    {
        byte[] changed = [.. text];
        changed[random.Next(text.Length)] ^= (byte)(1 << random.Next(8));
        return changed;
    }

    private static byte[] Delete(byte[] text, Random random)
    {
        int start = random.Next(text.Length), length = Math.Min(1 + random.Next(40), text.Length - start);
        return [.. text[..start], .. text[(start + length)..]];
    }

    private static byte[] Repeat(byte[] text, Random random)
    {
        int start = random.Next(text.Length), length = Math.Min(1 + random.Next(200), text.Length - start);
        return [.. text[..(start + length)], .. text[start..]];
    }

    private static byte[] Insert(byte[] text, Random random)
    {
        byte[] added = new byte[1 + random.Next(8)];
        random.NextBytes(added);
        int at = random.Next(text.Length);
        return [.. text[..at], .. added, .. text[at..]];
    }

    private static byte[] SwapTokens(byte[] text, Random random)
    {
        string[] tokens = Regex.Split(Encoding.Latin1.GetString(text), "([\\s{}\\[\\],:]+)");
        (int first, int second) = (random.Next(tokens.Length), random.Next(tokens.Length));
        (tokens[first], tokens[second]) = (tokens[second], tokens[first]);
        return Encoding.Latin1.GetBytes(string.Concat(tokens));
    }

    private static byte[] ReplaceNumber(byte[] text, Random random)
    {
        string whole = Encoding.Latin1.GetString(text);
        MatchCollection numbers = Regex.Matches(whole, "[0-9.]+");
        if (numbers.Count == 0)
        {
            return text;
        }

        Match chosen = numbers[random.Next(numbers.Count)];
        string number = random.Next(3) == 0 ? random.Next(100_000).ToString(CultureInfo.InvariantCulture) : Numbers[random.Next(Numbers.Length)];
        return Encoding.Latin1.GetBytes(string.Concat(whole.AsSpan(0, chosen.Index), number, whole.AsSpan(chosen.Index + chosen.Length)));
    }
}
