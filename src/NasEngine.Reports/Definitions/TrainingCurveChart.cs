using System.Text.Json.Nodes;
using NasEngine.Reports.Content;

namespace NasEngine.Reports.Definitions;

/// <summary>The losses of the supernet's subnets by step, and their accuracy on validation data.</summary>
public sealed class TrainingCurveChart : ReportChart
{
    private const int MostPoints = 300;
    private static readonly string[] Colors = [ChartPalette.Blue, ChartPalette.Orange, ChartPalette.Green];

    /// <inheritdoc/>
    public override string Name => "training";

    /// <inheritdoc/>
    public override string Title => "Training of the supernet";

    /// <inheritdoc/>
    public override string? WhyEmpty(RunReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return report.Training is null ? "The run trained no supernet."
            : report.Training.Losses.Count < 2 ? "The run kept fewer than two training steps, so there is no curve to draw."
            : null;
    }

    /// <inheritdoc/>
    public override string Caption(RunReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        IReadOnlyList<TrainingLoss> losses = report.Training!.Losses;
        string means = losses.Count > MostPoints ? FormattableString.Invariant($" Each point is the mean of about {(double)losses.Count / MostPoints:0.#} recorded steps.") : string.Empty;
        double[] rates = [.. losses.Select(loss => loss.LearningRate).OfType<double>()];
        string rate = rates.Length > 0 ? FormattableString.Invariant($" The learning rate began at {rates[0]:0.######}, was at most {rates.Max():0.######} and ended at {rates[^1]:0.######}.") : string.Empty;
        return (report.Training.Validations.Count > 0 ? "Lines are training losses; points are accuracies on validation data." : "Lines are training losses.") + means + rate;
    }

    /// <inheritdoc/>
    public override JsonObject CreateOption(RunReport report, ChartLayout layout)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(layout);
        TrainingCurve training = report.Training!;
        List<JsonObject> series = [];
        AddLoss("Largest, loss", loss => loss.Largest, ChartPalette.Blue);
        AddLoss("Random, loss", loss => loss.Random, ChartPalette.Green);
        AddLoss("Smallest, loss", loss => loss.Smallest, ChartPalette.Orange);
        IGrouping<string, ValidationPoint>[] validations = [.. training.Validations.GroupBy(point => point.Subnet, StringComparer.Ordinal)];
        for (int index = 0; index < validations.Length; index++)
        {
            JsonObject line = OptionParts.Line(
                $"{Capital(validations[index].Key)}, accuracy", validations[index].Select(point => ((double)point.Step, 100 * point.Accuracy)),
                ColorOf(validations[index].Key, index), "dotted", 1.5);
            line["symbol"] = "circle";
            line["symbolSize"] = 7;
            line["yAxisIndex"] = 1;
            series.Add(line);
        }

        string[] legend = [.. series.Select(one => (string)one["name"]!)];
        bool hasAccuracy = validations.Length > 0;
        JsonObject option = OptionParts.Frame(layout, legend, right: hasAccuracy ? (layout.IsNarrow ? 56 : 66) : 18, legendRows: layout.IsNarrow ? (legend.Length + 1) / 2 : (legend.Length + 4) / 5);
        option["xAxis"] = OptionParts.Axis("Step", layout, isVertical: false);
        option["xAxis"]!["max"] = "dataMax";
        option["xAxis"]!["axisLabel"]!["showMaxLabel"] = false;
        option["xAxis"]!["min"] = 0;
        JsonArray vertical = [OptionParts.Axis("Loss (nats)", layout, isVertical: true)];
        if (hasAccuracy)
        {
            vertical.Add(OptionParts.Axis("Validation accuracy (%)", layout, isVertical: true, isRight: true));
        }

        option["yAxis"] = vertical;
        option["series"] = new JsonArray([.. series]);
        return option;

        void AddLoss(string name, Func<TrainingLoss, double?> pick, string color)
        {
            (double Step, double Loss)[] points = [.. training.Losses.Where(loss => pick(loss) is double value && double.IsFinite(value)).Select(loss => ((double)loss.Step, pick(loss)!.Value))];
            if (points.Length > 0)
            {
                series.Add(OptionParts.Line(name, Means(points), color, width: 1.6));
            }
        }
    }

    private static string ColorOf(string subnet, int index) => subnet.ToUpperInvariant() switch
    {
        "LARGEST" => ChartPalette.Blue,
        "SMALLEST" => ChartPalette.Orange,
        "RANDOM" => ChartPalette.Green,
        _ => Colors[index % Colors.Length],
    };

    private static string Capital(string word) => word.Length == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..];

    // Means over equal stretches: what one batch adds to the loss would hide its course.
    private static IEnumerable<(double X, double Y)> Means((double Step, double Loss)[] points)
    {
        int count = Math.Min(points.Length, MostPoints);
        for (int index = 0; index < count; index++)
        {
            (double Step, double Loss)[] stretch = points[(int)((long)index * points.Length / count)..(int)((long)(index + 1) * points.Length / count)];
            yield return (stretch.Average(point => point.Step), stretch.Average(point => point.Loss));
        }
    }
}
