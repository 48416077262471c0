using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using NasEngine.Core.Json;
using NasEngine.Training.Strategies;

namespace NasEngine.Jobs.Experiments;

/// <summary>Reads training settings: keys, ranges and defaults are those of <see cref="TrainingOptions"/>.</summary>
internal static class TrainingOptionsReader
{
    public static TrainingOptions Read(JsonObjectReader? section)
    {
        TrainingOptions options = new();
        if (section is null)
        {
            return options;
        }

        foreach (PropertyInfo property in typeof(TrainingOptions).GetProperties())
        {
            string key = char.ToLowerInvariant(property.Name[0]) + property.Name[1..];
            RangeAttribute? range = property.GetCustomAttribute<RangeAttribute>();
            object? fallback = property.GetValue(options);
            object value = fallback switch
            {
                int number => (int)section.Integer(key, Convert.ToInt64(range!.Minimum, null), Convert.ToInt64(range.Maximum, null), number),
                double number => section.Number(key, Convert.ToDouble(range!.Minimum, null), Convert.ToDouble(range.Maximum, null), number),
                bool flag => section.Flag(key, flag),
                string text => section.Text(key, text, property.GetCustomAttribute<AllowedValuesAttribute>()?.Values.OfType<string>().ToArray()),
                _ => throw new InvalidOperationException($"{property.Name} is of a type that no JSON value is read into."),
            };
            property.SetValue(options, value);
        }

        bool numbered = options.Device.StartsWith("cuda:", StringComparison.Ordinal) && byte.TryParse(options.Device.AsSpan("cuda:".Length), NumberStyles.None, CultureInfo.InvariantCulture, out _);
        if (options.Device is not ("cpu" or "cuda") && !numbered)
        {
            section.Fault("device", $"cpu, cuda or cuda:N is expected, not '{options.Device}'.");
        }

        return options;
    }
}
