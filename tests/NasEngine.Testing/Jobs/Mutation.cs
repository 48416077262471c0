using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace NasEngine.Testing.Jobs;

/// <summary>Damages files as accidents and careless editing do.</summary>
public static class Mutation
{
    private static readonly string[] Values =
    [
        "1e308", "-1e308", "1e999", "9223372036854775807", "9223372036854775808", "-1", "0", "2147483648", "0.0000001", "1000000", "NaN", "null", "true", "[]", "{}", "\"\"", "\"4 parsecs\"", "\"\\ud800\"",
    ];

    /// <summary>Changes a JSON text in one to three places.</summary>
    public static byte[] Json(byte[] text, Random random)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(random);
        for (int change = random.Next(3); change >= 0 && text.Length > 0; change--)
        {
            text = random.Next(10) switch
            {
                0 => FlipBit(text, random),
                1 => Cut(text, random, 40),
                2 => SwapTokens(text, random),
                3 or 4 => ReplaceValue(text, random),
                5 => Truncate(text, random),
                6 => Repeat(text, random),
                7 => Insert(text, random),
                8 => RepeatLine(text, random),
                _ => MisspellKey(text, random),
            };
        }

        return text;
    }

    /// <summary>Cuts a file short, or overwrites a part of it with noise, zeros or another part of it.</summary>
    public static byte[] Damage(byte[] file, Random random)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(random);
        if (random.Next(3) == 0)
        {
            return Truncate(file, random);
        }

        byte[] changed = [.. file];
        int length = Math.Min(1 + random.Next(random.Next(2) == 0 ? 4 : 4096), file.Length), start = random.Next(file.Length - length + 1);
        Span<byte> part = changed.AsSpan(start, length);
        switch (random.Next(3))
        {
            case 0:
                random.NextBytes(part);
                break;
            case 1:
                part.Clear();
                break;
            default:
                file.AsSpan(random.Next(file.Length - length + 1), length).CopyTo(part);
                break;
        }

        return changed;
    }

    private static byte[] Truncate(byte[] file, Random random) => file[..random.Next(file.Length)];

    private static byte[] FlipBit(byte[] text, Random random)
    {
        byte[] changed = [.. text];
        changed[random.Next(text.Length)] ^= (byte)(1 << random.Next(8));
        return changed;
    }

    private static byte[] Cut(byte[] text, Random random, int most)
    {
        int start = random.Next(text.Length), length = Math.Min(1 + random.Next(most), text.Length - start);
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

    private static byte[] ReplaceValue(byte[] text, Random random) => Replace(text, random, "-?[0-9][0-9.eE+-]*|true|false|(?<=: )\"[^\"]*\"", value => random.Next(3) switch
    {
        0 when long.TryParse(value, CultureInfo.InvariantCulture, out long number) => (number + random.Next(1, 4)).ToString(CultureInfo.InvariantCulture),
        1 => random.Next(100_000).ToString(CultureInfo.InvariantCulture),
        _ => Values[random.Next(Values.Length)],
    });

    private static byte[] MisspellKey(byte[] text, Random random) => Replace(text, random, "\"[a-zA-Z]+\"(?=:)", key => key[..^2] + "x\"");

    // A key that stands twice.
    private static byte[] RepeatLine(byte[] text, Random random) => Replace(text, random, "\n[^\n]*,(?=\n)", line => line + line);

    private static byte[] Replace(byte[] text, Random random, string pattern, Func<string, string> change)
    {
        string whole = Encoding.Latin1.GetString(text);
        MatchCollection all = Regex.Matches(whole, pattern);
        if (all.Count == 0)
        {
            return text;
        }

        Match chosen = all[random.Next(all.Count)];
        return Encoding.Latin1.GetBytes(string.Concat(whole.AsSpan(0, chosen.Index), change(chosen.Value), whole.AsSpan(chosen.Index + chosen.Length)));
    }
}
