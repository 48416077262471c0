using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using NasEngine.Torch;
using static NasEngine.Torch.torch;

namespace NasEngine.Benchmarks.Torch;

/// <summary>Compares a small addition through our layer with <c>torch.add</c> in Python, in interleaved rounds of one run.</summary>
internal static class OverheadBenchmark
{
    private const int Rounds = 31;
    private const int WarmUpRounds = 5;
    private const int Calls = 20_000;
    private const int CallsInScope = 100;

    /// <summary>Runs the comparison.</summary>
    /// <param name="output">Receives the medians and their ratio.</param>
    /// <returns>0 if ours takes no longer, 1 if it does, 3 if Python with torch is missing.</returns>
    internal static int Run(TextWriter output)
    {
        set_num_threads(1);
        using Process? peer = Start();
        if (peer?.StandardOutput.ReadLine() is not { } peerVersion)
        {
            output.WriteLine("overhead: /usr/bin/python3 with torch is needed: apt-get install -y python3-torch");
            return 3;
        }

        using Tensor a = rand([4, 4]);
        using Tensor b = rand([4, 4]);
        List<double> ours = [];
        List<double> theirs = [];
        using (no_grad())
        {
            for (int round = -WarmUpRounds; round < Rounds; round++)
            {
                peer.StandardInput.WriteLine(Calls);
                double python = double.Parse(peer.StandardOutput.ReadLine()!, CultureInfo.InvariantCulture);
                double csharp = Measure(a, b);
                if (round >= 0)
                {
                    ours.Add(csharp);
                    theirs.Add(python);
                }
            }
        }

        peer.StandardInput.Close();
        peer.WaitForExit();
        (double own, double other) = (Median(ours), Median(theirs));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"add of two 4 x 4 float tensors, no gradients, {Rounds} interleaved rounds of {Calls} calls, median (fastest to slowest round)"));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"NasEngine.Torch, libtorch {__version__}: {own:F0} ns ({ours.Min():F0} to {ours.Max():F0}), results freed by their scope"));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Python, torch {peerVersion}: {other:F0} ns ({theirs.Min():F0} to {theirs.Max():F0})"));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ratio: {own / other:F2}"));
        return own <= other ? 0 : 1;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static double Measure(Tensor a, Tensor b)
    {
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < Calls / CallsInScope; i++)
        {
            using DisposeScope scope = NewDisposeScope();
            for (int k = 0; k < CallsInScope; k++)
            {
                add(a, b);
            }
        }

        return Stopwatch.GetElapsedTime(start).TotalNanoseconds / Calls;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static Process? Start([CallerFilePath] string here = "")
    {
        string script = Path.Combine(Path.GetDirectoryName(here)!, "..", "peers", "small_add.py");
        ProcessStartInfo start = new("/usr/bin/python3", [script]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        return File.Exists(start.FileName) ? Process.Start(start) : null;
    }
}
