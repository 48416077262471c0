using System.Numerics;
using NasEngine.Numerics.LinearAlgebra;

namespace NasEngine.Predictors.Differentiation;

/// <summary>Operations on matrices, remembered so that gradients can be carried back through them.</summary>
/// <remarks>Not thread-safe. Sums have a fixed order: equal inputs give equal bits, and a row's result does not depend on the other rows.</remarks>
internal sealed class Tape
{
    private const double LayerNormEpsilon = 1e-5;

    private readonly Stack<Action> _back = new();

    /// <summary>Carries the gradient of the last result back to everything it was computed from.</summary>
    /// <param name="result">The result.</param>
    /// <param name="gradient">The loss's derivatives by it.</param>
    public void Backward(Variable result, ReadOnlySpan<double> gradient)
    {
        gradient.CopyTo(result.Gradients);
        while (_back.TryPop(out Action? step))
        {
            step();
        }
    }

    /// <summary>Gives <c>x · w</c>, plus a row.</summary>
    /// <param name="input"><c>[n × i]</c>.</param>
    /// <param name="weight"><c>[i × o]</c>.</param>
    /// <param name="bias"><c>[1 × o]</c>.</param>
    public Variable Linear(Variable input, Variable weight, Variable bias)
    {
        Variable output = new(input.Rows, weight.Columns);
        int width = weight.Columns;
        for (int row = 0; row < input.Rows; row++)
        {
            Span<double> own = output.Values.AsSpan(row * width, width);
            bias.Values.CopyTo(own);
            for (int inner = 0; inner < input.Columns; inner++)
            {
                AddScaled(own, weight.Values.AsSpan(inner * width, width), input.Values[(row * input.Columns) + inner]);
            }
        }

        _back.Push(() =>
        {
            for (int row = 0; row < input.Rows; row++)
            {
                ReadOnlySpan<double> own = output.Gradients.AsSpan(row * width, width);
                AddScaled(bias.Gradients, own, 1);
                for (int inner = 0; inner < input.Columns; inner++)
                {
                    if (!input.IsConstant)
                    {
                        input.Gradients[(row * input.Columns) + inner] += DenseLinearSystem.Dot(own, weight.Values.AsSpan(inner * width, width));
                    }

                    AddScaled(weight.Gradients.AsSpan(inner * width, width), own, input.Values[(row * input.Columns) + inner]);
                }
            }
        });
        return output;
    }

    /// <summary>Gives the sum of two matrices of one shape.</summary>
    public Variable Add(Variable first, Variable second)
    {
        Variable output = new(first.Rows, first.Columns, [.. first.Values]);
        AddScaled(output.Values, second.Values, 1);
        _back.Push(() =>
        {
            AddScaled(first.Gradients, output.Gradients, 1);
            AddScaled(second.Gradients, output.Gradients, 1);
        });
        return output;
    }

    /// <summary>Gives the element-wise product with constants, such as a mask or noise.</summary>
    public Variable Scale(Variable input, double[] factors)
    {
        Variable output = new(input.Rows, input.Columns);
        for (int index = 0; index < factors.Length; index++)
        {
            output.Values[index] = input.Values[index] * factors[index];
        }

        _back.Push(() =>
        {
            for (int index = 0; index < factors.Length; index++)
            {
                input.Gradients[index] += output.Gradients[index] * factors[index];
            }
        });
        return output;
    }

    /// <summary>Gives <c>max(0, x)</c>.</summary>
    public Variable Relu(Variable input) => Map(input, static x => Math.Max(0, x), static x => x > 0 ? 1 : 0);

    /// <summary>Gives <c>ln(1 + eˣ)</c>.</summary>
    public Variable Softplus(Variable input) => Map(input, static x => Math.Max(x, 0) + Math.Log(1 + Math.Exp(-Math.Abs(x))), static x => 1 / (1 + Math.Exp(-x)));

    /// <summary>Gives the Gaussian error linear unit in its form with the hyperbolic tangent.</summary>
    public Variable Gelu(Variable input) => Map(input, static x => 0.5 * x * (1 + Bend(x)), static x =>
    {
        double bend = Bend(x);
        return (0.5 * (1 + bend)) + (0.5 * x * (1 - (bend * bend)) * Math.Sqrt(2 / Math.PI) * (1 + (3 * 0.044715 * x * x)));
    });

    /// <summary>Brings every row to mean 0 and deviation 1, then multiplies by a gain and adds a bias.</summary>
    /// <param name="input"><c>[n × c]</c>.</param>
    /// <param name="gain"><c>[1 × c]</c>.</param>
    /// <param name="bias"><c>[1 × c]</c>.</param>
    public Variable LayerNorm(Variable input, Variable gain, Variable bias)
    {
        int width = input.Columns;
        Variable output = new(input.Rows, width);
        double[] normal = new double[input.Values.Length];
        double[] inverse = new double[input.Rows];
        for (int row = 0; row < input.Rows; row++)
        {
            ReadOnlySpan<double> own = input.Values.AsSpan(row * width, width);
            (double mean, double squares) = (0, 0);
            foreach (double value in own)
            {
                mean += value / width;
            }

            foreach (double value in own)
            {
                squares += (value - mean) * (value - mean) / width;
            }

            inverse[row] = 1 / Math.Sqrt(squares + LayerNormEpsilon);
            for (int column = 0; column < width; column++)
            {
                normal[(row * width) + column] = (own[column] - mean) * inverse[row];
                output.Values[(row * width) + column] = (normal[(row * width) + column] * gain.Values[column]) + bias.Values[column];
            }
        }

        _back.Push(() =>
        {
            for (int row = 0; row < input.Rows; row++)
            {
                (double sum, double product) = (0, 0);
                for (int column = 0; column < width; column++)
                {
                    int at = (row * width) + column;
                    double pulled = output.Gradients[at] * gain.Values[column];
                    (sum, product) = (sum + (pulled / width), product + (pulled * normal[at] / width));
                    gain.Gradients[column] += output.Gradients[at] * normal[at];
                    bias.Gradients[column] += output.Gradients[at];
                }

                for (int column = 0; column < width; column++)
                {
                    int at = (row * width) + column;
                    input.Gradients[at] += inverse[row] * ((output.Gradients[at] * gain.Values[column]) - sum - (normal[at] * product));
                }
            }
        });
        return output;
    }

    /// <summary>Gives the mean of every so many rows.</summary>
    /// <param name="input"><c>[n · group × c]</c>.</param>
    /// <param name="group">How many rows make one.</param>
    /// <returns><c>[n × c]</c>.</returns>
    public Variable MeanRows(Variable input, int group)
    {
        int width = input.Columns;
        Variable output = new(input.Rows / group, width);
        for (int row = 0; row < input.Rows; row++)
        {
            AddScaled(output.Values.AsSpan(row / group * width, width), input.Values.AsSpan(row * width, width), 1.0 / group);
        }

        _back.Push(() =>
        {
            for (int row = 0; row < input.Rows; row++)
            {
                AddScaled(input.Gradients.AsSpan(row * width, width), output.Gradients.AsSpan(row / group * width, width), 1.0 / group);
            }
        });
        return output;
    }

    /// <summary>Gives the same values with other rows and columns.</summary>
    public Variable Reshape(Variable input, int rows, int columns)
    {
        Variable output = new(rows, columns, input.Values);
        _back.Push(() => AddScaled(input.Gradients, output.Gradients, 1));
        return output;
    }

    private static double Bend(double x) => Math.Tanh(Math.Sqrt(2 / Math.PI) * (x + (0.044715 * x * x * x)));

    private static void AddScaled(Span<double> sums, ReadOnlySpan<double> values, double factor)
    {
        int index = 0;
        Vector<double> spread = new(factor);
        for (; index + Vector<double>.Count <= sums.Length; index += Vector<double>.Count)
        {
            (new Vector<double>(sums[index..]) + (spread * new Vector<double>(values[index..]))).CopyTo(sums[index..]);
        }

        for (; index < sums.Length; index++)
        {
            sums[index] += factor * values[index];
        }
    }

    private Variable Map(Variable input, Func<double, double> value, Func<double, double> slope)
    {
        Variable output = new(input.Rows, input.Columns);
        for (int index = 0; index < input.Values.Length; index++)
        {
            output.Values[index] = value(input.Values[index]);
        }

        _back.Push(() =>
        {
            for (int index = 0; index < input.Values.Length; index++)
            {
                input.Gradients[index] += output.Gradients[index] * slope(input.Values[index]);
            }
        });
        return output;
    }
}
