using System.Globalization;
using System.Text.Json;
using NasEngine.Core.Errors;
using NasEngine.Core.Units;

namespace NasEngine.Core.Json;

/// <summary>Reads one JSON object strictly: what is missing, of the wrong kind, out of range or unknown becomes a fault with its path.</summary>
/// <remarks>
/// A read that finds a fault returns the default of its type, so that reading goes on and all faults are found.
/// <see cref="Finish"/> reports the keys that nobody asked for; it is called for every nested object that was handed out.
/// </remarks>
public sealed class JsonObjectReader
{
    private readonly JsonElement _element;
    private readonly List<InputFault> _faults;
    private readonly List<string> _asked = [];
    private readonly List<JsonObjectReader> _children = [];
    private bool _anyKey;

    internal JsonObjectReader(JsonElement element, string path, List<InputFault> faults)
    {
        _element = element;
        Path = path;
        _faults = faults;
    }

    /// <summary>Gets the place of this object in its file, such as <c>$.stages[1]</c>.</summary>
    public string Path { get; }

    /// <summary>Gets a value that says whether a fault was found anywhere in the file so far.</summary>
    public bool HasFaults => _faults.Count > 0;

    /// <summary>Gets the keys that are there.</summary>
    public IReadOnlyList<string> Keys => [.. _element.EnumerateObject().Select(property => property.Name)];

    /// <summary>Says whether a key is present; asking makes it known.</summary>
    public bool Has(string key)
    {
        Ask(key);
        return _element.TryGetProperty(key, out JsonElement value) && value.ValueKind != JsonValueKind.Null;
    }

    /// <summary>Records a fault at a key of this object.</summary>
    public void Fault(string key, string problem) => _faults.Add(new InputFault(key.Length == 0 ? Path : $"{Path}.{key}", problem));

    /// <summary>Reads a text.</summary>
    /// <param name="key">The key.</param>
    /// <param name="fallback">Taken where the key is absent; <see langword="null"/> makes the key required.</param>
    /// <param name="allowed">The allowed values, or <see langword="null"/> for any text.</param>
    public string Text(string key, string? fallback = null, IReadOnlyCollection<string>? allowed = null)
    {
        if (Find(key, fallback is null, JsonValueKind.String, "a text") is not JsonElement value)
        {
            return fallback ?? string.Empty;
        }

        string text = value.GetString()!;
        if (text.Contains('\0', StringComparison.Ordinal))
        {
            Fault(key, "a text without NUL characters is expected.");
            return fallback ?? string.Empty;
        }

        if (allowed is not null && !allowed.Contains(text))
        {
            string? near = NearestName.Find(text, allowed);
            Fault(key, $"'{Shorten(text)}' is not known{(near is null ? "." : $"; did you mean '{near}'?")} Allowed: {string.Join(", ", allowed)}.");
            return fallback ?? string.Empty;
        }

        return text;
    }

    /// <summary>Reads a whole number.</summary>
    public long Integer(string key, long minimum, long maximum, long? fallback = null)
    {
        if (Find(key, fallback is null, JsonValueKind.Number, "a whole number") is not JsonElement value)
        {
            return fallback ?? minimum;
        }

        if (!value.TryGetInt64(out long number) || number < minimum || number > maximum)
        {
            Fault(key, FormattableString.Invariant($"a whole number from {minimum} to {maximum} is expected, not {Shorten(value.GetRawText())}."));
            return fallback ?? minimum;
        }

        return number;
    }

    /// <summary>Reads a number.</summary>
    public double Number(string key, double minimum, double maximum, double? fallback = null)
    {
        if (Find(key, fallback is null, JsonValueKind.Number, "a number") is not JsonElement value)
        {
            return fallback ?? minimum;
        }

        if (!value.TryGetDouble(out double number) || !(number >= minimum && number <= maximum))
        {
            Fault(key, FormattableString.Invariant($"a number from {minimum} to {maximum} is expected, not {Shorten(value.GetRawText())}."));
            return fallback ?? minimum;
        }

        return number;
    }

    /// <summary>Reads true or false.</summary>
    public bool Flag(string key, bool fallback)
    {
        Ask(key);
        if (!_element.TryGetProperty(key, out JsonElement value) || value.ValueKind == JsonValueKind.Null)
        {
            return fallback;
        }

        if (value.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
        {
            Fault(key, $"true or false is expected, not {Describe(value)}.");
            return fallback;
        }

        return value.GetBoolean();
    }

    /// <summary>Reads a value with a unit, such as <c>"4 ms"</c>.</summary>
    /// <param name="key">The key.</param>
    /// <param name="unit">The unit. A quantity without a unit may stand as a bare number only where <see cref="PhysicalUnit.None"/>, counts or shares are meant.</param>
    /// <returns>The value in the unit, or <see langword="null"/> if the key is absent or faulty.</returns>
    public double? Quantity(string key, PhysicalUnit unit)
    {
        Ask(key);
        if (!_element.TryGetProperty(key, out JsonElement value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        bool bareAllowed = unit is PhysicalUnit.None or PhysicalUnit.Count or PhysicalUnit.Share;
        double number = 0;
        bool read = value.ValueKind switch
        {
            JsonValueKind.Number when bareAllowed => value.TryGetDouble(out number) && double.IsFinite(number),
            JsonValueKind.String when unit != PhysicalUnit.None => UnitText.TryParse(value.GetString()!, unit, out number),
            _ => false,
        };
        if (!read || number < 0)
        {
            string example = unit switch { PhysicalUnit.Milliseconds => "\"4 ms\"", PhysicalUnit.Bytes => "\"2 MiB\"", PhysicalUnit.Count => "\"30 M\"", PhysicalUnit.Share => "\"90 %\" or 0.9", _ => "0.5" };
            string units = unit == PhysicalUnit.None ? string.Empty : $" (units: {string.Join(", ", UnitText.SuffixesOf(unit))})";
            Fault(key, $"a value such as {example} is expected{units}, not {Shorten(value.GetRawText())}.");
            return null;
        }

        return number;
    }

    /// <summary>Reads a list of numbers.</summary>
    public IReadOnlyList<double> Numbers(string key, double minimum, double maximum)
    {
        List<double> numbers = [];
        int index = 0;
        foreach (JsonElement element in Elements(key, required: true))
        {
            if (element.ValueKind != JsonValueKind.Number || !element.TryGetDouble(out double number) || !(number >= minimum && number <= maximum))
            {
                Fault($"{key}[{index}]", FormattableString.Invariant($"a number from {minimum} to {maximum} is expected, not {Shorten(element.GetRawText())}."));
            }
            else
            {
                numbers.Add(number);
            }

            index++;
        }

        return numbers;
    }

    /// <summary>Reads a list whose elements are texts or numbers, each as text; numbers in their shortest form.</summary>
    /// <param name="key">The key.</param>
    /// <param name="required">Whether absence is a fault.</param>
    /// <returns>The elements and whether all of them are numbers; empty if the key is absent.</returns>
    public (IReadOnlyList<string> Texts, bool AreNumbers) Scalars(string key, bool required)
    {
        List<string> texts = [];
        bool areNumbers = true;
        int index = 0;
        foreach (JsonElement element in Elements(key, required))
        {
            bool isNumber = element.ValueKind == JsonValueKind.Number;
            areNumbers &= isNumber;
            if (isNumber && element.TryGetDouble(out double number) && double.IsFinite(number))
            {
                texts.Add(number.ToString(CultureInfo.InvariantCulture));
            }
            else if (element.ValueKind == JsonValueKind.String)
            {
                texts.Add(element.GetString()!);
            }
            else
            {
                Fault(string.Create(CultureInfo.InvariantCulture, $"{key}[{index}]"), $"a text or a number is expected, not {Describe(element)}.");
            }

            index++;
        }

        return (texts, areNumbers);
    }

    /// <summary>Reads a nested object.</summary>
    /// <returns>Its reader, or <see langword="null"/> if it is absent; absence is a fault if <paramref name="required"/>.</returns>
    public JsonObjectReader? Object(string key, bool required)
    {
        return Find(key, required, JsonValueKind.Object, "an object") is JsonElement value ? Descend(value, $"{Path}.{key}") : null;
    }

    /// <summary>Gives the JSON text of a nested object, for a reader of its own, or <see langword="null"/> if the key holds no object.</summary>
    public string? RawObject(string key)
    {
        Ask(key);
        return _element.TryGetProperty(key, out JsonElement value) && value.ValueKind == JsonValueKind.Object ? value.GetRawText() : null;
    }

    /// <summary>Reads a list of objects; elements that are no objects become faults and are left out.</summary>
    public IReadOnlyList<JsonObjectReader> Objects(string key, bool required)
    {
        List<JsonObjectReader> readers = [];
        int index = 0;
        foreach (JsonElement element in Elements(key, required))
        {
            if (element.ValueKind != JsonValueKind.Object)
            {
                Fault($"{key}[{index}]", $"an object is expected, not {Describe(element)}.");
            }
            else
            {
                readers.Add(Descend(element, string.Create(CultureInfo.InvariantCulture, $"{Path}.{key}[{index}]")));
            }

            index++;
        }

        return readers;
    }

    /// <summary>Allows every key of this object: a free-form section.</summary>
    public void AllowAnyKey() => _anyKey = true;

    /// <summary>Reports the keys that nobody asked for, here and in the objects below, each with the nearest known key.</summary>
    public void Finish()
    {
        if (!_anyKey)
        {
            foreach (JsonProperty property in _element.EnumerateObject().Where(property => !_asked.Contains(property.Name)))
            {
                string? near = NearestName.Find(property.Name, _asked);
                string hint = near is null ? $" Known: {string.Join(", ", _asked)}." : $" Did you mean '{near}'?";
                Fault(Shorten(property.Name), $"this key is not known.{hint}");
            }
        }

        foreach (JsonObjectReader child in _children)
        {
            child.Finish();
        }
    }

    private JsonObjectReader Descend(JsonElement value, string path)
    {
        JsonObjectReader reader = new(value, path, _faults);
        _children.Add(reader);
        return reader;
    }

    private IEnumerable<JsonElement> Elements(string key, bool required) =>
        Find(key, required, JsonValueKind.Array, "a list") is JsonElement value ? value.EnumerateArray() : [];

    private JsonElement? Find(string key, bool required, JsonValueKind kind, string expected)
    {
        Ask(key);
        if (!_element.TryGetProperty(key, out JsonElement value) || value.ValueKind == JsonValueKind.Null)
        {
            if (required)
            {
                Fault(key, $"is missing; {expected} is expected.");
            }

            return null;
        }

        if (value.ValueKind != kind)
        {
            Fault(key, $"{expected} is expected, not {Describe(value)}.");
            return null;
        }

        return value;
    }

    private void Ask(string key)
    {
        if (!_asked.Contains(key))
        {
            _asked.Add(key);
        }
    }

    private static string Describe(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => $"the text {Shorten(value.GetRawText())}",
        _ => Shorten(value.GetRawText()),
    };

    private static string Shorten(string text)
    {
        string oneLine = string.Concat(text.Select(letter => char.IsControl(letter) ? ' ' : letter));
        return oneLine.Length <= 40 ? oneLine : oneLine[..37] + "...";
    }
}
