using NasEngine.Core.Objectives;
using NasEngine.Numerics.Pareto;

namespace NasEngine.Jobs.Queries;

/// <summary>The hypervolume in the course of a stage, at a limited number of moments.</summary>
/// <remarks>The reference is the greatest cost within the limits plus a tenth of the range, as in the report of a run: shares of different runs are not comparable.</remarks>
internal static class HypervolumeSeries
{
    /// <summary>More moments than this make a curve no clearer.</summary>
    public const int MaxPoints = 300;

    /// <summary>Computes the series.</summary>
    /// <param name="objectives">What is made better.</param>
    /// <param name="constraints">The limits; rows beyond them add no volume.</param>
    /// <param name="table">The rows in the order of evaluation.</param>
    public static IReadOnlyList<HypervolumeMoment> Compute(IReadOnlyList<Objective> objectives, IReadOnlyList<Constraint> constraints, EvaluationTable table)
    {
        FrontSoFar front = new(objectives, constraints, table);
        (double[] reference, double box) = Bounds(objectives.Count, front, table.Count);
        if (table.Count == 0 || reference.Length == 0)
        {
            return [];
        }

        List<HypervolumeMoment> moments = [];
        int every = Math.Max(1, (table.Count + MaxPoints - 1) / MaxPoints);
        HypervolumeStaircase? staircase = objectives.Count == 2 ? new HypervolumeStaircase(reference[0], reference[1]) : null;
        for (int row = 0; row < table.Count; row++)
        {
            if (staircase is null)
            {
                front.Add(row);
            }
            else if (front.Costs(row) is double[] costs)
            {
                staircase.Add(costs[0], costs[1]);
            }

            if ((row + 1) % every == 0 || row == table.Count - 1)
            {
                double volume = staircase?.Area ?? Hypervolume.Compute([.. front.Members.SelectMany(member => member.Costs)], reference);
                moments.Add(new HypervolumeMoment(row + 1, box > 0 ? Math.Min(1, volume / box) : 0));
            }
        }

        return moments;
    }

    private static (double[] Reference, double Box) Bounds(int count, FrontSoFar front, int rows)
    {
        double[] ideal = new double[count], worst = new double[count];
        ideal.AsSpan().Fill(double.PositiveInfinity);
        worst.AsSpan().Fill(double.NegativeInfinity);
        bool any = false;
        for (int row = 0; row < rows; row++)
        {
            if (front.Costs(row) is not double[] costs)
            {
                continue;
            }

            any = true;
            for (int index = 0; index < count; index++)
            {
                ideal[index] = Math.Min(ideal[index], costs[index]);
                worst[index] = Math.Max(worst[index], costs[index]);
            }
        }

        if (!any)
        {
            return ([], 0);
        }

        double box = 1;
        for (int index = 0; index < count; index++)
        {
            double range = worst[index] - ideal[index];
            worst[index] += 0.1 * (range > 0 ? range : Math.Max(Math.Abs(worst[index]), 1e-9));
            box *= worst[index] - ideal[index];
        }

        return (worst, box);
    }
}

/// <summary>The hypervolume after so many evaluations.</summary>
/// <param name="Evaluations">How many, from 1.</param>
/// <param name="Share">The volume relative to the box between the reference and the best value of each objective, from 0 to 1.</param>
public sealed record HypervolumeMoment(int Evaluations, double Share);
