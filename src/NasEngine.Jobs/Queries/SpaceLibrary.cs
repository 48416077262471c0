using System.Text;
using NasEngine.Core.Errors;
using NasEngine.Core.Machine;
using NasEngine.Core.Runs;
using NasEngine.Core.Spaces;
using NasEngine.Jobs.Runs;
using NasEngine.Networks.Families;

namespace NasEngine.Jobs.Queries;

/// <summary>The search spaces that a service offers: those that ship, those that were saved, and those that runs were made with.</summary>
/// <remarks>Thread-safe. Spaces are found by name among what is there: a name is never made into a path before it was checked.</remarks>
public sealed class SpaceLibrary
{
    private const int MostStored = 1000;

    private readonly Workplace _workplace;
    private readonly IRunQueries _queries;
    private readonly BoundedCache<string, SearchSpace> _read = new(512);

    /// <summary>Initializes the library.</summary>
    public SpaceLibrary(Workplace workplace, IRunQueries queries)
    {
        ArgumentNullException.ThrowIfNull(workplace);
        (_workplace, _queries) = (workplace, queries);
    }

    private string Shipped => Path.Combine(_workplace.Root, "searchspaces");

    private string Saved => Path.Combine(_workplace.Home, "spaces");

    /// <summary>Lists the spaces by name; one that was saved or used goes before nothing that ships under its name.</summary>
    public async Task<IReadOnlyList<SpaceEntry>> ListAsync(CancellationToken cancellationToken)
    {
        SortedDictionary<string, SpaceEntry> found = new(StringComparer.Ordinal);
        foreach ((string folder, SpaceSource source) in (ReadOnlySpan<(string, SpaceSource)>)[(Shipped, SpaceSource.Shipped), (Saved, SpaceSource.Saved)])
        {
            string[] files = Directory.Exists(folder) ? Directory.GetFiles(folder, "*.json") : [];
            foreach (string file in files.Order(StringComparer.Ordinal))
            {
                Add(found, Path.GetFileNameWithoutExtension(file), Path.GetFileName(file), File.ReadAllText(file), source);
            }
        }

        foreach (StoredSpace stored in await _queries.ListSpacesAsync(MostStored, cancellationToken).ConfigureAwait(false))
        {
            Add(found, stored.Name, null, stored.Json, SpaceSource.Used);
        }

        return [.. found.Values];
    }

    /// <summary>Finds a space by its name, or by the name of its file.</summary>
    public async Task<SpaceEntry?> FindAsync(string name, CancellationToken cancellationToken)
    {
        IReadOnlyList<SpaceEntry> all = await ListAsync(cancellationToken).ConfigureAwait(false);
        return all.FirstOrDefault(entry => entry.Name == name) ?? all.FirstOrDefault(entry => entry.File is not null && (entry.File == name || Path.GetFileNameWithoutExtension(entry.File) == name));
    }

    /// <summary>Saves a space under its name, once it was read without a fault.</summary>
    /// <param name="text">The space file.</param>
    /// <param name="cancellationToken">Stops before anything is written.</param>
    /// <exception cref="InputFormatException">The file has faults; nothing was written.</exception>
    /// <exception cref="UsageException">A space of that name ships, or the name is none for a file.</exception>
    public async Task<SpaceEntry> SaveAsync(string text, CancellationToken cancellationToken)
    {
        SearchSpace space = Read(text);
        bool isFileName = space.Name.Length is > 0 and <= 64 && char.IsAsciiLetterOrDigit(space.Name[0]) && space.Name.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.');
        if (!isFileName)
        {
            throw new UsageException("A space is saved under its name: 1 to 64 letters, digits, '-', '_' and '.', starting with a letter or digit.");
        }

        if (File.Exists(Path.Combine(Shipped, space.Name + ".json")))
        {
            throw new UsageException($"A space called '{space.Name}' ships already. Give yours another name.");
        }

        string path = Path.Combine(Saved, space.Name + ".json");
        await WholeFile.WriteAsync(path, file => file.WriteAsync(Encoding.UTF8.GetBytes(text), cancellationToken).AsTask()).ConfigureAwait(false);
        return SpaceEntry.Of(space.Name, Path.GetFileName(path), text, SpaceSource.Saved, space);
    }

    /// <summary>Reads a space.</summary>
    /// <exception cref="InputFormatException">The text has faults; all are listed.</exception>
    public SearchSpace Read(string text)
    {
        if (!_read.TryGet(text, out SearchSpace space))
        {
            space = NetworkFamilies.CreateSpaceReader().ReadText("space", Encoding.UTF8.GetBytes(text));
            _read.Put(text, space);
        }

        return space;
    }

    private void Add(SortedDictionary<string, SpaceEntry> found, string name, string? file, string text, SpaceSource source)
    {
        try
        {
            SearchSpace space = Read(text);
            found.TryAdd(space.Name, SpaceEntry.Of(space.Name, file, text, source, space));
        }
        catch (InputFormatException problem)
        {
            // A file that someone put there and that is no space is shown with what is wrong, so that it can be mended.
            found.TryAdd(name, SpaceEntry.Of(name, file, text, source, null) with { Problem = problem.Message });
        }
    }
}

/// <summary>Where a space comes from.</summary>
public enum SpaceSource
{
    /// <summary>It ships with the engine.</summary>
    Shipped,

    /// <summary>Someone saved it.</summary>
    Saved,

    /// <summary>A run was made with it.</summary>
    Used,
}

/// <summary>A space of the library.</summary>
/// <param name="Name">Its name.</param>
/// <param name="File">Its file's name, or <see langword="null"/> if only runs have it.</param>
/// <param name="Family">The network family.</param>
/// <param name="Size">The exact number of architectures, in decimal digits: it may be beyond what a number of JSON holds.</param>
/// <param name="Genes">The number of genes.</param>
/// <param name="Objectives">What a search of it makes better.</param>
/// <param name="Constraints">Its hard limits.</param>
/// <param name="Source">Where it comes from.</param>
/// <param name="Text">The file.</param>
/// <param name="Problem">Why it cannot be used, or <see langword="null"/>.</param>
public sealed record SpaceEntry(
    string Name, string? File, string Family, string Size, int Genes, IReadOnlyList<ObjectiveView> Objectives, IReadOnlyList<ConstraintView> Constraints, SpaceSource Source, string Text, string? Problem)
{
    internal static SpaceEntry Of(string name, string? file, string text, SpaceSource source, SearchSpace? space) => new(
        name, file, space?.Family ?? string.Empty, space?.Size.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "0", space?.Genes.Length ?? 0,
        ObjectiveView.Of(space?.Objectives ?? []), ConstraintView.Of(space?.Constraints ?? []), source, text, null);
}
