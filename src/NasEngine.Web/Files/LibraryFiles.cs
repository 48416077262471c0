using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using NasEngine.Web.Errors;

namespace NasEngine.Web.Files;

/// <summary>Libraries of the pages, from folders of Node packages: these files and no others.</summary>
internal sealed class LibraryFiles(ServerOptions options)
{
    private static readonly Dictionary<string, string> Sources = new(StringComparer.Ordinal)
    {
        ["echarts.js"] = "echarts/dist/echarts.min.js",
        ["echarts.mjs"] = "echarts/dist/echarts.esm.min.mjs",
        ["qrcode.js"] = "qrcode-generator/dist/qrcode.js",
        ["qrcode.mjs"] = "qrcode-generator/dist/qrcode.mjs",
        ["ort/ort.wasm.min.mjs"] = "onnxruntime-web/dist/ort.wasm.min.mjs",
        ["ort/ort.webgpu.min.mjs"] = "onnxruntime-web/dist/ort.webgpu.min.mjs",
        ["ort/ort-wasm-simd-threaded.mjs"] = "onnxruntime-web/dist/ort-wasm-simd-threaded.mjs",
        ["ort/ort-wasm-simd-threaded.wasm"] = "onnxruntime-web/dist/ort-wasm-simd-threaded.wasm",
        ["ort/ort-wasm-simd-threaded.asyncify.mjs"] = "onnxruntime-web/dist/ort-wasm-simd-threaded.asyncify.mjs",
        ["ort/ort-wasm-simd-threaded.asyncify.wasm"] = "onnxruntime-web/dist/ort-wasm-simd-threaded.asyncify.wasm",
    };

    private readonly ConcurrentDictionary<string, ServedFile> _served = new(StringComparer.Ordinal);

    /// <summary>Answers a request for a library.</summary>
    public Task AnswerAsync(HttpContext context, string name)
    {
        if (!Sources.TryGetValue(name, out string? source))
        {
            return Problems.WriteAsync(context, StatusCodes.Status404NotFound, "There is no such library.");
        }

        if (!_served.TryGetValue(name, out ServedFile? served))
        {
            string? path = options.ModuleFolders.Select(folder => Path.Combine(folder, source)).FirstOrDefault(File.Exists);
            if (path is null)
            {
                return Problems.WriteAsync(context, StatusCodes.Status404NotFound, $"The package {source[..source.IndexOf('/', StringComparison.Ordinal)]} is not installed. Install it with: npm ci --ignore-scripts --prefix src/NasEngine.Web");
            }

            served = _served.GetOrAdd(name, new ServedFile(name, File.ReadAllBytes(path), ServedFile.PolicyOf(name)));
        }

        return served.AnswerAsync(context);
    }
}
