namespace NasEngine.Storage.Jobs;

/// <summary>Makes ids that sort by when they were made, also within a millisecond.</summary>
/// <remarks>UUIDs of version 7 whose twelve bits after the time count up. Thread-safe.</remarks>
internal sealed class JobIds(TimeProvider time)
{
    private const int LargestCount = 0xfff;

    private readonly Lock _lock = new();
    private long _millisecond;
    private int _count;

    /// <summary>Makes an id.</summary>
    public string Next()
    {
        (long millisecond, int count) = Advance();
        Span<byte> bytes = stackalloc byte[16];
        Guid.CreateVersion7(DateTimeOffset.FromUnixTimeMilliseconds(millisecond)).TryWriteBytes(bytes, bigEndian: true, out _);
        bytes[6] = (byte)(0x70 | (count >> 8));
        bytes[7] = (byte)count;
        return new Guid(bytes, bigEndian: true).ToString();
    }

    private (long Millisecond, int Count) Advance()
    {
        long now = time.GetUtcNow().ToUnixTimeMilliseconds();
        lock (_lock)
        {
            if (now > _millisecond)
            {
                (_millisecond, _count) = (now, 0);
            }
            else if (++_count > LargestCount)
            {
                (_millisecond, _count) = (_millisecond + 1, 0);
            }

            return (_millisecond, _count);
        }
    }
}
