using System.Runtime.Intrinsics;

namespace NasEngine.Numerics.Pareto;

/// <summary>Checks the tables that the kernels of this folder take.</summary>
internal static class ObjectiveTable
{
    private const int Lanes = 8;
    private const ulong AllLanes = (1UL << Lanes) - 1;
    private const int RepeatedColumns = 8;

    /// <summary>Gives the number of rows.</summary>
    /// <exception cref="ArgumentException">The length is no multiple of the columns, or a value is NaN.</exception>
    public static int RowsOf(ReadOnlySpan<double> objectives, int objectiveCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(objectiveCount, 1);
        if (objectives.Length % objectiveCount != 0)
        {
            throw new ArgumentException($"Expected objectives of shape [n × {objectiveCount}], got {objectives.Length} values.", nameof(objectives));
        }

        int start = WholeNumbers(objectives);
        for (int index = start; index < objectives.Length; index++)
        {
            if (double.IsNaN(objectives[index]))
            {
                throw new ArgumentException($"Objective {index % objectiveCount} of point {index / objectiveCount} is NaN.", nameof(objectives));
            }
        }

        return objectives.Length / objectiveCount;
    }

    /// <summary>Says whether every row is better than a limit in every column.</summary>
    /// <param name="objectives">Row-major <c>[n × m]</c>.</param>
    /// <param name="limit"><c>[m]</c>.</param>
    public static bool AreBetter(ReadOnlySpan<double> objectives, ReadOnlySpan<double> limit)
    {
        int index = 0;
        if (limit.Length <= RepeatedColumns)
        {
            // The limit, repeated until a vector begins with its first column again.
            int period = Lanes * limit.Length;
            Span<double> repeated = stackalloc double[Lanes * RepeatedColumns];
            for (int place = 0; place < period; place++)
            {
                repeated[place] = limit[place % limit.Length];
            }

            for (; index + period <= objectives.Length; index += period)
            {
                Vector512<double> better = Vector512<double>.AllBitsSet;
                for (int place = 0; place < period; place += Lanes)
                {
                    better &= Vector512.LessThan(Vector512.Create(objectives.Slice(index + place, Lanes)), Vector512.Create<double>(repeated.Slice(place, Lanes)));
                }

                if (better.ExtractMostSignificantBits() != AllLanes)
                {
                    return false;
                }
            }
        }

        for (; index < objectives.Length; index++)
        {
            if (!(objectives[index] < limit[index % limit.Length]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Checks that a result has room for one value a row.</summary>
    public static void CheckResult(int rows, int length, string name)
    {
        if (length != rows)
        {
            throw new ArgumentException($"Expected room for {rows} values, one for each point, got {length}.", name);
        }
    }

    // How many leading values are certain not to be NaN: whole vectors, up to the first one with a NaN.
    private static int WholeNumbers(ReadOnlySpan<double> values)
    {
        int index = 0;
        for (; index + Lanes <= values.Length; index += Lanes)
        {
            Vector512<double> some = Vector512.Create(values.Slice(index, Lanes));
            if (Vector512.Equals(some, some).ExtractMostSignificantBits() != AllLanes)
            {
                break;
            }
        }

        return index;
    }
}
