using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using NasEngine.Web.Safety;

namespace NasEngine.Web.Files;

/// <summary>A file that is kept in memory and served with a tag, compressed where that helps.</summary>
internal sealed class ServedFile
{
    private const int WorthCompressing = 1024;

    private readonly byte[] _content;
    private readonly byte[]? _compressed;
    private readonly string _type;
    private readonly string _policy;
    private readonly string _tag;

    public ServedFile(string name, byte[] content, string policy)
    {
        (_content, _policy) = (content, policy);
        (_type, bool isText) = TypeOf(name);
        _tag = $"\"{Convert.ToHexStringLower(SHA256.HashData(content))[..32]}\"";
        _compressed = isText && content.Length >= WorthCompressing ? Compress(content) : null;
    }

    /// <summary>Answers a request with the file, or says that the asker has it already.</summary>
    public Task AnswerAsync(HttpContext context)
    {
        IHeaderDictionary headers = context.Response.Headers;
        headers.ContentSecurityPolicy = _policy;
        headers.CacheControl = "no-cache"; // kept, but asked about each time: a new version is seen at once
        headers.ETag = _tag;
        headers.Vary = HeaderNames.AcceptEncoding;
        if (context.Request.Headers.IfNoneMatch.ToString().Split(',', StringSplitOptions.TrimEntries).Contains(_tag))
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        byte[] body = _content;
        if (_compressed is not null && context.Request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.OrdinalIgnoreCase))
        {
            body = _compressed;
            headers.ContentEncoding = "gzip";
        }

        context.Response.ContentType = _type;
        context.Response.ContentLength = body.Length;
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.Body.WriteAsync(body, context.RequestAborted).AsTask();
    }

    /// <summary>Gives the policy of a file by its path: what measures in the browser may compile WebAssembly.</summary>
    public static string PolicyOf(string path) =>
        path is "device.html" or "device.js" || path.StartsWith("agent/", StringComparison.Ordinal) || path.StartsWith("ort/", StringComparison.Ordinal) ? SecurityHeaders.ForDevice : SecurityHeaders.ForPages;

    private static byte[] Compress(byte[] content)
    {
        using MemoryStream compressed = new();
        using (GZipStream stream = new(compressed, CompressionLevel.Optimal))
        {
            stream.Write(content);
        }

        return compressed.ToArray();
    }

    private static (string Type, bool IsText) TypeOf(string name) => Path.GetExtension(name) switch
    {
        ".html" => ("text/html; charset=utf-8", true),
        ".css" => ("text/css; charset=utf-8", true),
        ".js" or ".mjs" => ("text/javascript; charset=utf-8", true),
        ".json" => ("application/json", true),
        ".webmanifest" => ("application/manifest+json", true),
        ".svg" => ("image/svg+xml", true),
        ".wasm" => ("application/wasm", false),
        ".png" => ("image/png", false),
        ".ico" => ("image/x-icon", false),
        ".woff2" => ("font/woff2", false),
        _ => ("application/octet-stream", false),
    };
}
