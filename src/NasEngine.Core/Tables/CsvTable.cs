using System.Globalization;
using System.Text;
using NasEngine.Core.Errors;
using NasEngine.Core.Json;

namespace NasEngine.Core.Tables;

/// <summary>A table of texts with named columns, read from a comma-separated file (RFC 4180: quotes, doubled quotes, line breaks within quotes).</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class CsvTable
{
    private readonly Dictionary<string, int> _places;
    private readonly string[][] _rows;
    private readonly int[] _lines;

    private CsvTable(string file, string[] columns, Dictionary<string, int> places, string[][] rows, int[] lines) =>
        (File, Columns, _places, _rows, _lines) = (file, columns, places, rows, lines);

    /// <summary>Gets the file as it was given.</summary>
    public string File { get; }

    /// <summary>Gets the names of the columns.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>Gets the number of rows, the heading not counted.</summary>
    public int Rows => _rows.Length;

    /// <summary>Reads a file.</summary>
    /// <exception cref="UsageException">There is no such file.</exception>
    /// <exception cref="InputFormatException">It has no heading, no row, two columns of one name, or rows of another length.</exception>
    public static CsvTable ReadFile(string file)
    {
        string text;
        try
        {
            text = System.IO.File.ReadAllText(file);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{file} cannot be read: {problem.Message}", problem);
        }

        return Parse(file, text);
    }

    /// <summary>Reads a text.</summary>
    /// <param name="file">What to call the text in messages.</param>
    /// <param name="text">The text; a byte order mark and blank lines are skipped.</param>
    public static CsvTable Parse(string file, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        List<(string[] Cells, int Line)> records = [.. Records(file, text.TrimStart('\uFEFF')).Where(record => record.Cells is not [""])];
        if (records.Count < 2)
        {
            throw new InputFormatException(file, "a line of column names and at least one row are expected.");
        }

        string[] columns = [.. records[0].Cells.Select(name => name.Trim())];
        Dictionary<string, int> places = new(StringComparer.Ordinal);
        for (int place = 0; place < columns.Length; place++)
        {
            if (columns[place].Length > 0 && !places.TryAdd(columns[place], place))
            {
                throw new InputFormatException(file, $"line 1: two columns are called '{columns[place]}'.");
            }
        }

        foreach ((string[] cells, int line) in records)
        {
            if (cells.Length != columns.Length)
            {
                throw new InputFormatException(file, string.Create(CultureInfo.InvariantCulture, $"line {line}: {columns.Length} values are expected, not {cells.Length}."));
            }
        }

        return new CsvTable(file, columns, places, [.. records.Skip(1).Select(record => record.Cells)], [.. records.Skip(1).Select(record => record.Line)]);
    }

    /// <summary>Says whether there is a column of this name.</summary>
    public bool Has(string column) => _places.ContainsKey(column);

    /// <summary>Gives the cells of a column as texts, without blanks around them.</summary>
    /// <exception cref="UsageException">There is no such column; the message names the nearest one.</exception>
    public string[] Texts(string column)
    {
        int place = PlaceOf(column);
        return [.. _rows.Select(row => row[place].Trim())];
    }

    /// <summary>Gives the cells of a column as numbers; blank cells are NaN.</summary>
    /// <exception cref="UsageException">There is no such column.</exception>
    /// <exception cref="InputFormatException">A cell holds neither a number nor nothing.</exception>
    public double[] Numbers(string column)
    {
        string[] texts = Texts(column);
        double[] numbers = new double[texts.Length];
        for (int row = 0; row < numbers.Length; row++)
        {
            if (texts[row].Length == 0)
            {
                numbers[row] = double.NaN;
            }
            else if (!TryNumber(texts[row], out numbers[row]))
            {
                throw new InputFormatException(File, string.Create(CultureInfo.InvariantCulture, $"line {_lines[row]}: column '{column}' must hold a number, not '{texts[row]}'."));
            }
        }

        return numbers;
    }

    /// <summary>Gives the sum of several columns, written as <c>a+b</c>; blank where one of them is.</summary>
    /// <param name="columns">One column's name, or several joined by <c>+</c>.</param>
    public double[] Sum(string columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        string[] names = Has(columns) ? [columns] : columns.Split('+', StringSplitOptions.TrimEntries);
        double[] sum = Numbers(names[0]);
        foreach (string name in names.Skip(1))
        {
            double[] other = Numbers(name);
            for (int row = 0; row < sum.Length; row++)
            {
                sum[row] += other[row];
            }
        }

        return sum;
    }

    /// <summary>Says whether every cell of a column holds a number.</summary>
    public bool IsNumeric(string column) => Texts(column).All(text => TryNumber(text, out _));

    /// <summary>Gives the line of the file that a row starts on, from 1.</summary>
    public int LineOf(int row) => _lines[row];

    private static bool TryNumber(string text, out double number) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);

    private int PlaceOf(string column)
    {
        if (_places.TryGetValue(column, out int place))
        {
            return place;
        }

        string hint = NearestName.Find(column, _places.Keys) is string near ? $" Did you mean '{near}'?" : string.Empty;
        throw new UsageException($"{File} has no column '{column}'.{hint} Columns: {string.Join(", ", Columns)}.");
    }

    private static IEnumerable<(string[] Cells, int Line)> Records(string file, string text)
    {
        List<string> cells = [];
        StringBuilder cell = new();
        (int line, int start, bool quoted) = (1, 1, false);
        for (int index = 0; index < text.Length; index++)
        {
            char letter = text[index];
            if (quoted)
            {
                bool doubled = letter == '"' && index + 1 < text.Length && text[index + 1] == '"';
                index += doubled ? 1 : 0;
                quoted = letter != '"' || doubled;
                line += letter == '\n' ? 1 : 0;
                if (quoted)
                {
                    cell.Append(letter);
                }
            }
            else if (letter == '"' && cell.Length == 0)
            {
                quoted = true;
            }
            else if (letter is ',' or '\n')
            {
                cells.Add(cell.ToString());
                cell.Clear();
                if (letter == '\n')
                {
                    yield return ([.. cells], start);
                    cells.Clear();
                    start = ++line;
                }
            }
            else if (letter != '\r')
            {
                cell.Append(letter);
            }
        }

        if (quoted)
        {
            throw new InputFormatException(file, string.Create(CultureInfo.InvariantCulture, $"line {start}: a quote is opened and never closed."));
        }

        if (cell.Length > 0 || cells.Count > 0)
        {
            yield return ([.. cells, cell.ToString()], start);
        }
    }
}
