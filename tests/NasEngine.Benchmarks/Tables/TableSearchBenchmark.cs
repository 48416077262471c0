using System.Globalization;
using NasEngine.Core.Progress;
using NasEngine.Jobs.Tables;
using NasEngine.Search;
using NasEngine.Testing;

namespace NasEngine.Benchmarks.Tables;

/// <summary>Searches a published table with every algorithm, as <c>nas table search</c> does.</summary>
internal static class TableSearchBenchmark
{
    private const int Seeds = 10;
    private const int Evaluations = 500;

    /// <summary>Searches for accuracy and latency.</summary>
    /// <param name="output">Receives a line for each algorithm.</param>
    /// <returns>0 if <c>auto</c> reaches what is asked for, 1 otherwise.</returns>
    internal static int Run(TextWriter output)
    {
        TableSource source = new(SharedData.FindOrIgnore("tables/nb201.csv"), [], [], RepositoryFiles.PathOf("searchspaces/nas-bench-201.json"));
        output.WriteLine($"nb201, test_acc up, edgegpu_ms down: missing share of the true hypervolume, median (least to most) of {Seeds} seeds");
        output.WriteLine("asked: at most 2e-3 after 200 evaluations, 5e-4 after 500, under 50 ms an evaluation");
        bool reached = false;
        foreach (string algorithm in SearchAlgorithmRegistry.Default.All.Select(kind => kind.Name))
        {
            TableSearchReport report = TableSearch.Run(new(source, ["test_acc"], ["edgegpu_ms"], [], Evaluations, Seeds, algorithm), SilentProgress.Instance, CancellationToken.None);
            IEnumerable<string> points = report.ByEvaluations.Where(point => point.Evaluations is 50 or 100 or 200 or Evaluations).Select(point => string.Create(
                CultureInfo.InvariantCulture, $"{point.Evaluations}: {point.MissingHypervolume.Median:0.0e0} ({point.MissingHypervolume.Min:0.0e0} to {point.MissingHypervolume.Max:0.0e0})"));
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{algorithm,-20} {string.Join("  ", points)}  {1000 * report.SecondsPerEvaluation:0.00} ms an evaluation"));
            if (algorithm == "auto")
            {
                double Missing(int evaluations) => report.ByEvaluations.Single(point => point.Evaluations == evaluations).MissingHypervolume.Median ?? 1;
                reached = Missing(200) <= 2e-3 && Missing(Evaluations) <= 5e-4 && report.SecondsPerEvaluation < 0.05;
            }
        }

        return reached ? 0 : 1;
    }
}
