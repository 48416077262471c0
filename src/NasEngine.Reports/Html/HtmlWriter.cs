using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace NasEngine.Reports.Html;

/// <summary>Writes markup. Whatever stands in a hole of an interpolated string is escaped and written in the invariant culture.</summary>
internal sealed class HtmlWriter
{
    private readonly StringBuilder _markup = new();

    public void Write([InterpolatedStringHandlerArgument("")] EscapingHandler markup) => _markup.Append('\n');

    /// <summary>Writes markup that is known to be safe.</summary>
    public void WriteRaw(string markup) => _markup.Append(markup).Append('\n');

    public override string ToString() => _markup.ToString();

    /// <summary>Escapes what stands in the holes.</summary>
    [InterpolatedStringHandler]
    internal readonly ref struct EscapingHandler
    {
        private readonly StringBuilder _target;

        public EscapingHandler(int literalLength, int formattedCount, HtmlWriter writer)
        {
            _target = writer._markup;
            _target.EnsureCapacity(_target.Length + literalLength + (16 * formattedCount));
        }

        public void AppendLiteral(string markup) => _target.Append(markup);

        public void AppendFormatted<T>(T value, string? format = null)
        {
            string text = value is IFormattable formattable ? formattable.ToString(format, CultureInfo.InvariantCulture) : value?.ToString() ?? string.Empty;
            foreach (char letter in text)
            {
                Append(letter);
            }
        }

        // Control characters have no place in HTML, and break an SVG file.
        private void Append(char letter) => _ = letter switch
        {
            '&' => _target.Append("&amp;"),
            '<' => _target.Append("&lt;"),
            '>' => _target.Append("&gt;"),
            '"' => _target.Append("&quot;"),
            '\'' => _target.Append("&#39;"),
            < ' ' and not ('\n' or '\t') => _target.Append('\uFFFD'),
            _ => _target.Append(letter),
        };
    }
}
