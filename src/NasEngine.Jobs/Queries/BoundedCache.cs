namespace NasEngine.Jobs.Queries;

/// <summary>Keeps the values that were asked for last. Thread-safe.</summary>
internal sealed class BoundedCache<TKey, TValue>(int most)
    where TKey : notnull
{
    private readonly Lock _gate = new();
    private readonly Dictionary<TKey, LinkedListNode<(TKey Key, TValue Value)>> _places = [];
    private readonly LinkedList<(TKey Key, TValue Value)> _newestFirst = [];

    /// <summary>Looks a value up, and counts as asking for it.</summary>
    public bool TryGet(TKey key, out TValue value)
    {
        lock (_gate)
        {
            if (!_places.TryGetValue(key, out LinkedListNode<(TKey Key, TValue Value)>? node))
            {
                value = default!;
                return false;
            }

            _newestFirst.Remove(node);
            _newestFirst.AddFirst(node);
            value = node.Value.Value;
            return true;
        }
    }

    /// <summary>Keeps a value; the one that was longest not asked for goes if there are too many.</summary>
    public void Put(TKey key, TValue value)
    {
        lock (_gate)
        {
            if (_places.Remove(key, out LinkedListNode<(TKey Key, TValue Value)>? old))
            {
                _newestFirst.Remove(old);
            }

            _places[key] = _newestFirst.AddFirst((key, value));
            if (_places.Count > most)
            {
                _places.Remove(_newestFirst.Last!.Value.Key);
                _newestFirst.RemoveLast();
            }
        }
    }

    /// <summary>Gives the value kept, or makes and keeps it; two callers at once may both make it.</summary>
    public async Task<TValue> GetAsync(TKey key, Func<Task<TValue>> make)
    {
        if (!TryGet(key, out TValue value))
        {
            value = await make().ConfigureAwait(false);
            Put(key, value);
        }

        return value;
    }
}
