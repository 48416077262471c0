using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace NasEngine.Benchmarks.Search;

/// <summary>What a peer measured: milliseconds, and a value that says what came out.</summary>
internal sealed record PeerFigure(double Least, double Median, double Value);

/// <summary>Runs the peers, and says which of them are missing.</summary>
internal static class PeerRuns
{
    /// <summary>Compiles and runs pagmo's part; empty where its library or a compiler is missing.</summary>
    public static Dictionary<string, PeerFigure> Pagmo(string folder)
    {
        string program = Path.Combine(folder, "pareto");
        return Try("g++", ["-O2", "-march=native", "-std=c++17", PeerFile("pareto.cpp"), "-o", program, "-lpagmo", "-lboost_serialization", "-ltbb"]) is null
            ? [] : Read(Try(program, [folder]));
    }

    /// <summary>Runs PyTorch's part; empty where it is missing.</summary>
    public static Dictionary<string, PeerFigure> PyTorch(int batch, int rounds) => Read(Try("/usr/bin/python3",
        [PeerFile("mlp.py"), batch.ToString(CultureInfo.InvariantCulture), rounds.ToString(CultureInfo.InvariantCulture)]));

    /// <summary>Has PyTorch score images for a while; NaN where it is missing.</summary>
    /// <returns>Images a second.</returns>
    public static double Evaluating(int seconds) =>
        Try("/usr/bin/python3", [PeerFile("evaluate.py"), seconds.ToString(CultureInfo.InvariantCulture)]) is string rate ? Number(rate) : double.NaN;

    private static Dictionary<string, PeerFigure> Read(string? output) => (output ?? string.Empty)
        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => line.Split(' '))
        .ToDictionary(parts => parts[0], parts => new PeerFigure(Number(parts[1]), Number(parts[2]), Number(parts[3])));

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static string? Try(string program, string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            using Process process = Process.Start(start)!;
            Task<string> errors = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return errors.Result is not null && process.ExitCode == 0 ? output : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null; // the program is not there
        }
    }

    private static string PeerFile(string name, [CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "..", "peers", name);
}
