namespace NasEngine.Numerics.Pareto;

/// <summary>Spreads points evenly over the plane on which the coordinates, none negative, sum to one.</summary>
/// <remarks>Das, Dennis: Normal-Boundary Intersection, 1998; used as Deb, Jain: An Evolutionary Many-Objective Optimization Algorithm Using Reference-Point-Based Nondominated Sorting, 2014.</remarks>
public static class ReferencePoints
{
    /// <summary>Gives every point whose coordinates are multiples of one over the number of divisions.</summary>
    /// <param name="objectiveCount">The number of coordinates, <c>m</c>; at least 1.</param>
    /// <param name="divisions">Into how many steps each axis is divided, <c>p</c>; at least 1.</param>
    /// <returns>Row-major <c>[C(p + m − 1, p) × m]</c>, in lexicographic order.</returns>
    public static double[] Create(int objectiveCount, int divisions)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(objectiveCount, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(divisions, 1);
        List<double> points = [];
        Fill(points, new int[objectiveCount], 0, divisions, divisions);
        return [.. points];
    }

    /// <summary>Gives as many points as there are at most: with many objectives, an outer and an inner layer, so that not all lie on the border.</summary>
    /// <param name="objectiveCount">The number of coordinates, <c>m</c>; at least 1.</param>
    /// <param name="most">The greatest number of points; there are <c>m</c> in any case, one on each axis.</param>
    /// <returns>Row-major <c>[n × m]</c>.</returns>
    public static double[] CreateAtMost(int objectiveCount, int most)
    {
        int outer = DivisionsWithin(objectiveCount, most);
        double[] border = Create(objectiveCount, outer);
        int left = most - (border.Length / objectiveCount);
        if (objectiveCount < 3 || outer >= objectiveCount || left < objectiveCount)
        {
            return border;
        }

        // Deb and Jain, section V: the inner layer is the half-sized plane around the centre.
        double[] inner = Create(objectiveCount, DivisionsWithin(objectiveCount, left));
        return [.. border, .. inner.Select(coordinate => (coordinate / 2) + (0.5 / objectiveCount))];
    }

    private static int DivisionsWithin(int objectiveCount, int most)
    {
        int divisions = 1;
        while (objectiveCount > 1 && Count(objectiveCount, divisions + 1) <= most)
        {
            divisions++;
        }

        return divisions;
    }

    private static double Count(int objectiveCount, int divisions)
    {
        double count = 1;
        for (int factor = 1; factor < objectiveCount; factor++)
        {
            count = count * (divisions + factor) / factor;
        }

        return Math.Round(count);
    }

    private static void Fill(List<double> points, int[] steps, int coordinate, int left, int divisions)
    {
        if (coordinate == steps.Length - 1)
        {
            steps[coordinate] = left;
            points.AddRange(steps.Select(step => (double)step / divisions));
            return;
        }

        for (int step = 0; step <= left; step++)
        {
            steps[coordinate] = step;
            Fill(points, steps, coordinate + 1, left - step, divisions);
        }
    }
}
