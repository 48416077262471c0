using NasEngine.Core.Errors;
using NasEngine.Core.Machine;

namespace NasEngine.Onnx.Verification;

/// <summary>Writes model files that were proved first.</summary>
public static class OnnxFile
{
    /// <summary>Runs a model on inputs whose outputs are known, and writes its file only if it computes them.</summary>
    /// <param name="path">The file to write; its folder is created. An existing file is replaced at once, or left as it is.</param>
    /// <param name="model">The model's bytes.</param>
    /// <param name="run">Runs the model it is given on the inputs that belong to <paramref name="reference"/>; gives scores <c>[inputs × classes]</c>.</param>
    /// <param name="reference">The supernet's scores for the same inputs, <c>[inputs × classes]</c>.</param>
    /// <param name="classes">The number of classes.</param>
    /// <param name="tolerance">The largest absolute difference allowed.</param>
    /// <param name="cancellationToken">Stops before the file is written.</param>
    /// <returns>How near the outputs are.</returns>
    /// <exception cref="ExportMismatchException">The outputs differ by more; nothing was written.</exception>
    /// <exception cref="UsageException">The file cannot be written.</exception>
    public static async Task<OnnxComparison> WriteVerifiedAsync(
        string path, ReadOnlyMemory<byte> model, Func<ReadOnlyMemory<byte>, CancellationToken, Task<float[]>> run, ReadOnlyMemory<float> reference, int classes,
        double tolerance, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(run);
        float[] outputs = await run(model, cancellationToken).ConfigureAwait(false);
        OnnxComparison comparison = OnnxVerification.Compare(reference.Span, outputs, classes);
        OnnxVerification.Require(comparison, path, tolerance);
        await WriteAsync(path, model, cancellationToken).ConfigureAwait(false);
        return comparison;
    }

    private static async Task WriteAsync(string path, ReadOnlyMemory<byte> model, CancellationToken cancellationToken)
    {
        try
        {
            await WholeFile.WriteAsync(path, file => file.WriteAsync(model, cancellationToken).AsTask()).ConfigureAwait(false);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new UsageException($"{path} cannot be written: {problem.Message}", problem);
        }
    }
}
