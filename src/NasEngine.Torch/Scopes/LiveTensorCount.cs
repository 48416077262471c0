namespace NasEngine.Torch;

/// <summary>Counts tensors made and not yet freed, in the whole process.</summary>
internal static class LiveTensorCount
{
    private static long count;

    internal static long Value => Interlocked.Read(ref count);

    internal static void Increment() => Interlocked.Increment(ref count);

    internal static void Decrement() => Interlocked.Decrement(ref count);
}
