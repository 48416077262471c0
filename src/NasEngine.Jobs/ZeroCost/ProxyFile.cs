using System.Globalization;
using System.Text;
using NasEngine.Core.Errors;
using NasEngine.Core.Spaces;

namespace NasEngine.Jobs.ZeroCost;

/// <summary>The CSV file of a scoring: a row for each architecture, appended as soon as it is known.</summary>
/// <remarks>
/// Columns: <c>genotype</c> in quotes, <c>data</c> (the first 12 digits of the data set's fingerprint), <c>images</c>, <c>seed</c>, and one for each proxy.
/// A row that a stopped program left unfinished is dropped.
/// </remarks>
internal sealed class ProxyFile
{
    private readonly string _path;
    private readonly ProxyScoringOptions _options;
    private readonly string _header;
    private readonly string _settings;

    public ProxyFile(ProxyScoringOptions options)
    {
        (_path, _options) = (options.File!, options);
        _header = $"genotype,data,images,seed,{string.Join(',', options.Proxies.Select(proxy => proxy.Name))}";
        _settings = string.Create(CultureInfo.InvariantCulture, $"{options.Data.Fingerprint[..12]},{options.Images},{options.Seed}");
    }

    /// <summary>Reads the rows that are there.</summary>
    /// <exception cref="UsageException">The file has other columns or settings, or cannot be read.</exception>
    /// <exception cref="DamagedFileException">A row cannot be read.</exception>
    public Dictionary<Genotype, ProxyRow> Read()
    {
        Dictionary<Genotype, ProxyRow> rows = [];
        try
        {
            if (!File.Exists(_path))
            {
                return rows;
            }

            string text = File.ReadAllText(_path);
            string whole = text[..(text.LastIndexOf('\n') + 1)];
            if (whole.Length < text.Length)
            {
                File.WriteAllText(_path, whole);
            }

            string[] lines = whole.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            if (lines.Length > 0 && lines[0] != _header)
            {
                throw new UsageException($"{_path} has the columns '{lines[0]}', not '{_header}'. Name another file, or the same proxies.");
            }

            foreach ((string line, int number) in lines.Skip(1).Select((line, index) => (line, index + 2)))
            {
                ProxyRow row = Parse(line, number);
                rows[row.Genotype] = row;
            }

            return rows;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{_path} cannot be read: {problem.Message}", problem);
        }
    }

    /// <summary>Appends a row.</summary>
    /// <exception cref="WorkFailedException">The file cannot be written.</exception>
    public void Append(ProxyRow row)
    {
        try
        {
            StringBuilder text = new();
            if (!File.Exists(_path) || new FileInfo(_path).Length == 0)
            {
                text.Append(_header).Append('\n');
            }

            text.Append('"').Append(_options.Space.Format(row.Genotype)).Append("\",").Append(_settings);
            foreach (double score in row.Scores)
            {
                text.Append(',').Append(score.ToString("R", CultureInfo.InvariantCulture));
            }

            File.AppendAllText(_path, text.Append('\n').ToString());
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new WorkFailedException($"{_path} cannot be written: {problem.Message}", problem);
        }
    }

    private ProxyRow Parse(string line, int number)
    {
        int end = line.IndexOf("\",", StringComparison.Ordinal);
        string rest = end < 1 ? string.Empty : line[(end + 2)..];
        if (end > 0 && rest.Split(',').Length == _options.Proxies.Count + 3 && !rest.StartsWith($"{_settings},", StringComparison.Ordinal))
        {
            throw new UsageException($"{_path}, line {number}: computed with data, images and seed {string.Join(", ", rest.Split(',').Take(3))}, not {_settings.Replace(",", ", ", StringComparison.Ordinal)}. Name another file.");
        }

        List<double> scores = [];
        foreach (string cell in rest.Split(',').Skip(3))
        {
            if (double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out double score))
            {
                scores.Add(score);
            }
        }

        return scores.Count == _options.Proxies.Count
            ? new ProxyRow(_options.Space.Parse(line[1..end]), scores)
            : throw new DamagedFileException(_path, $"line {number} is no row of {_options.Proxies.Count} scores.", "Delete the line: it is computed again.");
    }
}
