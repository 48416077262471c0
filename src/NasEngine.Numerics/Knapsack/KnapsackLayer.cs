using System.Runtime.InteropServices;

namespace NasEngine.Numerics.Knapsack;

/// <summary>Partial choices over the first parts: their sums, and how they came about.</summary>
/// <param name="columns">Values of a row: the costs, then the score.</param>
internal sealed class KnapsackLayer(int columns)
{
    private readonly List<double> _values = [];
    private readonly List<int> _parents = [];
    private readonly List<int> _items = [];

    public int Count => _parents.Count;

    public ReadOnlySpan<double> Row(int row) => CollectionsMarshal.AsSpan(_values).Slice(row * columns, columns);

    public int Parent(int row) => _parents[row];

    public int Item(int row) => _items[row];

    public void Add(ReadOnlySpan<double> row, int parent, int item)
    {
        _values.AddRange(row);
        _parents.Add(parent);
        _items.Add(item);
    }

    /// <summary>Gives the rows that no other is at least as good as in every value, in ascending order of the first cost; of equal rows, the first.</summary>
    public KnapsackLayer Undominated()
    {
        int[] order = [.. Enumerable.Range(0, Count)];
        double[] keys = new double[Count];
        for (int row = 0; row < keys.Length; row++)
        {
            keys[row] = _values[row * columns];
        }

        Array.Sort(keys, order);
        KnapsackLayer kept = new(columns);
        CostStaircase staircase = new();
        for (int start = 0; start < order.Length;)
        {
            int end = start + 1;
            while (end < order.Length && keys[end] == keys[start])
            {
                end++;
            }

            if (end - start > 1)
            {
                order.AsSpan(start, end - start).Sort(CompareTies);
            }

            for (int place = start; place < end; place++)
            {
                ReadOnlySpan<double> row = Row(order[place]);
                if (staircase.TryAdd(columns == 3 ? row[1] : 0, row[^1]))
                {
                    kept.Add(row, _parents[order[place]], _items[order[place]]);
                }
            }

            start = end;
        }

        return kept;
    }

    private int CompareTies(int first, int second)
    {
        int byValue = Row(first).SequenceCompareTo(Row(second));
        return byValue != 0 ? byValue : first.CompareTo(second);
    }
}
