using System.Globalization;
using NasEngine.Core.Randomness;
using NasEngine.Numerics.Statistics;
using NasEngine.Predictors.LearningCurves;
using NasEngine.Testing;

namespace NasEngine.Benchmarks.Predictors;

/// <summary>Ends of trainings predicted from their first epochs, and the training that stopping early saves, on 170 published language-model curves.</summary>
/// <remarks>The shares of the families are round numbers set on another random half of these curves; nothing else was set on them. The halves here show how much chance there is.</remarks>
internal static class CurvesBenchmark
{
    private const double BestShare = 0.05;
    private const int FirstCheck = 5;

    public static int Run(TextWriter output)
    {
        double[][] curves = Read(SharedData.FindOrIgnore("tables/rnn_wikitext2_curves.csv"));
        int[] order = [.. Enumerable.Range(0, curves.Length)];
        new SeedTree(0).Child("halves").CreateRandom().Shuffle(order);
        (string Name, double[][] Curves)[] parts =
        [
            ("one half", [.. order.Take(curves.Length / 2).Order().Select(index => curves[index])]),
            ("the other", [.. order.Skip(curves.Length / 2).Order().Select(index => curves[index])]),
            ("all", curves),
        ];
        output.WriteLine(FormattableString.Invariant($"{curves.Length} curves of {curves[0].Length} epochs; validation loss in nats at the end, mean absolute error (Spearman)"));
        foreach ((string name, double[][] part) in parts)
        {
            foreach (int seen in new[] { 5, 10, 15, 25 })
            {
                double[] ends = [.. part.Select(curve => curve[^1])];
                output.WriteLine(FormattableString.Invariant(
                    $"{name,-10} after {seen,2}: last value {Error(ends, [.. part.Select(curve => curve[seen - 1])])}, extrapolated {Error(ends, [.. part.Select(curve => Extrapolated(curve, seen).Mean)])}, with finished curves {Error(ends, Informed(part, seen))}{(seen == 10 ? "   asked: at most 0.17; a power law alone 0.174" : string.Empty)}"));
            }
        }

        foreach ((string name, double[][] part) in parts)
        {
            foreach (double deviations in new[] { 0.5, CurveStopping.DefaultDeviations, 2 })
            {
                (double saved, int lost, int best) = Stop(part, deviations);
                output.WriteLine(FormattableString.Invariant($"{name,-10} stopping at {deviations} standard deviations: {100 * saved:0.0} % of the training saved, {lost} of the best {best} stopped"));
            }
        }

        return 0;
    }

    private static string Error(double[] ends, double[] predicted) =>
        FormattableString.Invariant($"{ErrorStatistics.MeanAbsolute(ends, predicted):0.000} ({RankStatistics.Spearman(ends, predicted):0.000})");

    private static CurvePrediction Extrapolated(double[] curve, int seen) =>
        LearningCurve.Fit([.. Enumerable.Range(1, seen).Select(epoch => (double)epoch)], curve.AsSpan(0, seen)).Predict(curve.Length);

    // Every curve is predicted with all others of the part as finished ones.
    private static double[] Informed(double[][] part, int seen) =>
        [.. part.Select((curve, index) => CurvePopulation.Fit([.. part.Where((_, other) => other != index)], seen).PredictEnd(curve.AsSpan(0, seen)).Mean)];

    // All trainings go on side by side; after every epoch the dominated ones stop.
    private static (double Saved, int Lost, int Best) Stop(double[][] part, double deviations)
    {
        int epochs = part[0].Length;
        int best = (int)Math.Ceiling(BestShare * part.Length);
        int[] trained = [.. Enumerable.Repeat(epochs, part.Length)];
        for (int seen = FirstCheck; seen < epochs; seen++)
        {
            int[] running = [.. Enumerable.Range(0, part.Length).Where(index => trained[index] == epochs)];
            bool[] dominated = CurveStopping.Dominated([.. running.Select(index => Extrapolated(part[index], seen))], best, minimize: true, deviations);
            for (int place = 0; place < running.Length; place++)
            {
                trained[running[place]] = dominated[place] ? seen : epochs;
            }
        }

        int lost = Enumerable.Range(0, part.Length).OrderBy(index => part[index][^1]).Take(best).Count(index => trained[index] < epochs);
        return (1 - ((double)trained.Sum() / (epochs * part.Length)), lost, best);
    }

    private static double[][] Read(string path)
    {
        string[] header = File.ReadLines(path).First().Split(',');
        (int curve, int epoch, int loss) = (Array.IndexOf(header, "curve"), Array.IndexOf(header, "epoch"), Array.IndexOf(header, "val_loss"));
        IGrouping<string, string[]>[] groups = [.. File.ReadLines(path).Skip(1).Select(line => line.Split(',')).GroupBy(cells => cells[curve])];
        int last = groups.Max(group => group.Max(cells => int.Parse(cells[epoch], CultureInfo.InvariantCulture)));
        return
        [
            .. groups.Select(group => group.OrderBy(cells => int.Parse(cells[epoch], CultureInfo.InvariantCulture))
                .Select(cells => double.TryParse(cells[loss], CultureInfo.InvariantCulture, out double value) ? value : double.NaN).ToArray())
                .Where(values => values.Length == last && values.All(double.IsFinite)),
        ];
    }
}
