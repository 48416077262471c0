namespace NasEngine.Numerics.Pareto;

/// <summary>Checks the tables that the kernels of this folder take.</summary>
internal static class ObjectiveTable
{
    /// <summary>Gives the number of rows.</summary>
    /// <exception cref="ArgumentException">The length is no multiple of the columns, or a value is NaN.</exception>
    public static int RowsOf(ReadOnlySpan<double> objectives, int objectiveCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(objectiveCount, 1);
        if (objectives.Length % objectiveCount != 0)
        {
            throw new ArgumentException($"Expected objectives of shape [n × {objectiveCount}], got {objectives.Length} values.", nameof(objectives));
        }

        for (int index = 0; index < objectives.Length; index++)
        {
            if (double.IsNaN(objectives[index]))
            {
                throw new ArgumentException($"Objective {index % objectiveCount} of point {index / objectiveCount} is NaN.", nameof(objectives));
            }
        }

        return objectives.Length / objectiveCount;
    }

    /// <summary>Checks that a result has room for one value a row.</summary>
    public static void CheckResult(int rows, int length, string name)
    {
        if (length != rows)
        {
            throw new ArgumentException($"Expected room for {rows} values, one for each point, got {length}.", name);
        }
    }
}
