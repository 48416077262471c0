using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.AspNetCore.Http;
using NasEngine.Jobs.Queries;
using NasEngine.Web.Errors;

namespace NasEngine.Web.Files;

/// <summary>The pages, from inside the program. An address without a dot that is no file is a place in the one page that all routes share.</summary>
internal sealed class PageFiles(ServerOptions options)
{
    private const string Prefix = "pages/";
    private const string Shell = "index.html";

    private static readonly Dictionary<string, string> Embedded = Assembly.GetExecutingAssembly().GetManifestResourceNames()
        .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
        .ToDictionary(name => name[Prefix.Length..].Replace('\\', '/'), StringComparer.Ordinal);

    private readonly ConcurrentDictionary<string, ServedFile> _served = new(StringComparer.Ordinal);

    /// <summary>Answers a request for a page.</summary>
    public Task AnswerAsync(HttpContext context, string path)
    {
        string file = path switch
        {
            "" => Shell,
            "device" => "device.html",
            _ => path,
        };
        ServedFile? served = Find(file) ?? (path.Contains('.', StringComparison.Ordinal) || path.StartsWith("api/", StringComparison.Ordinal) ? null : Find(Shell));
        return served is null
            ? Problems.WriteAsync(context, StatusCodes.Status404NotFound, "There is no such page.")
            : served.AnswerAsync(context);
    }

    private ServedFile? Find(string file)
    {
        // What is not in the folder, such as the device agent, is taken from inside the program.
        if (options.PagesFolder is string folder && FromFolder(Path.GetFullPath(folder), file) is ServedFile own)
        {
            return own;
        }

        return _served.TryGetValue(file, out ServedFile? known) ? known
            : Embedded.TryGetValue(file, out string? resource) ? _served.GetOrAdd(file, _ => new ServedFile(file, Read(resource), ServedFile.PolicyOf(file)))
            : null;
    }

    private static ServedFile? FromFolder(string folder, string file)
    {
        string path = file.Contains('\0', StringComparison.Ordinal) ? folder : Path.GetFullPath(file, folder);
        return FolderBounds.IsInside(folder, path) && File.Exists(path) ? new ServedFile(file, File.ReadAllBytes(path), ServedFile.PolicyOf(file)) : null;
    }

    private static byte[] Read(string resource)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(resource)!;
        byte[] content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }
}
