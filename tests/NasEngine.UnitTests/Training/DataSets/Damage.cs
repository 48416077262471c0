using NasEngine.Core.Errors;

namespace NasEngine.UnitTests.Training.DataSets;

/// <summary>Cuts files short and overwrites them, and requires that a reader copes.</summary>
internal static class Damage
{
    private const int Trials = 100;

    /// <summary>Damages a file in many ways; each must be read without harm or give an error for the user, most the latter when cut short.</summary>
    public static void RequireReadOrRefused(byte[] file, string path, Action<string> read)
    {
        Random random = new(17);
        for (int trial = 0; trial < Trials; trial++)
        {
            bool cut = trial % 2 == 0;
            byte[] damaged = cut ? file[..random.Next(file.Length)] : [.. file];
            for (int i = 0; !cut && i < 1 + (trial % 7); i++)
            {
                damaged[random.Next(trial % 3 == 0 ? Math.Min(64, file.Length) : file.Length)] = (byte)random.Next(256);
            }

            File.WriteAllBytes(path, damaged);
            bool refused = IsRefused(() => read(path));
            Assert.That(refused || !cut, $"Cut to {damaged.Length} of {file.Length} bytes, the file was read.");
        }
    }

    /// <summary>Tells whether an action ends in an error for the user; any other error passes through.</summary>
    public static bool IsRefused(Action read)
    {
        try
        {
            read();
            return false;
        }
        catch (NasException problem)
        {
            Assert.That(problem.Message, Does.Not.Contain('\n').And.Length.GreaterThan(20));
            return true;
        }
    }
}
