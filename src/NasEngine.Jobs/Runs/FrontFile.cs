using System.Globalization;
using System.Text;

namespace NasEngine.Jobs.Runs;

/// <summary>Writes fronts as files.</summary>
public static class FrontFile
{
    /// <summary>Writes a front as CSV: a row a network, columns with their units in their names.</summary>
    public static string Csv(IReadOnlyList<FrontMember> front)
    {
        string[] devices = [.. front.SelectMany(member => member.Latencies.Keys).Distinct().Order(StringComparer.Ordinal)];
        StringBuilder text = new("number,genotype,accuracy,test_accuracy");
        foreach (string device in devices)
        {
            text.Append(CultureInfo.InvariantCulture, $",latency_predicted_ms@{device},latency_measured_ms@{device},latency_low_ms@{device},latency_high_ms@{device}");
        }

        text.Append(",parameters,macs,memory_bytes\n");
        foreach (FrontMember member in front)
        {
            text.Append(CultureInfo.InvariantCulture, $"{member.Number},\"{member.Genotype}\",{member.Accuracy:R},{member.TestAccuracy:R}");
            foreach (FrontLatency? latency in devices.Select(device => member.Latencies.GetValueOrDefault(device)))
            {
                text.Append(CultureInfo.InvariantCulture, $",{latency?.Predicted:R},{latency?.Measured:R},{latency?.Low:R},{latency?.High:R}");
            }

            text.Append(CultureInfo.InvariantCulture, $",{member.Parameters},{member.Macs},{member.MemoryBytes}\n");
        }

        return text.ToString();
    }
}
