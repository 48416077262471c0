using NasEngine.Networks.Families;
using NasEngine.Networks.Readers;
using NasEngine.Networks.Weights;
using NasEngine.Onnx.Weights;

namespace NasEngine.Testing.Networks;

/// <summary>Computes a network with plain loops in double precision: slow, and simple enough to be right. Fast readers are checked against it.</summary>
public sealed class ReferenceInterpreter(IWeightSource weights) : INetworkReader<Image>
{
    /// <summary>Computes the scores of a batch.</summary>
    /// <param name="family">The family of the plan.</param>
    /// <param name="plan">The subnet.</param>
    /// <param name="weights">Its weights.</param>
    /// <param name="batch">The number of images.</param>
    /// <param name="images"><c>[batch, channels, height, width]</c>, row-major.</param>
    /// <returns><c>[batch, classes]</c>, row-major.</returns>
    public static float[] Run(INetworkFamily family, Plan plan, IWeightSource weights, int batch, ReadOnlySpan<float> images)
    {
        Image input = Image.From(batch, plan.InputShape[0], plan.InputShape[1], plan.InputShape[2], images);
        return [.. family.Read(new ReferenceInterpreter(weights), plan, input).Values.Select(value => (float)value)];
    }

    /// <inheritdoc/>
    public Image Conv2d(Image x, WeightSlice weight, WeightSlice? bias, ConvolutionShape shape)
    {
        float[] kernel = weights.Read(weight).ToArray();
        float[]? shift = bias is null ? null : weights.Read(bias).ToArray();
        (int outputs, int perGroup, int size) = (weight.Shape[0], weight.Shape[1], weight.Shape[2]);
        (int height, int width, int perOutputGroup) = (shape.Output(x.Height, size), shape.Output(x.Width, size), outputs / shape.Groups);
        double[] sums = new double[x.Batch * outputs * height * width];
        for (int plane = 0; plane < x.Batch * outputs; plane++)
        {
            (int n, int o) = (plane / outputs, plane % outputs);
            Span<double> sum = sums.AsSpan(plane * height * width, height * width);
            sum.Fill(shift?[o] ?? 0);
            for (int tap = 0; tap < perGroup * size * size; tap++)
            {
                (int i, int ky, int kx) = (tap / (size * size), tap / size % size, tap % size);
                int channel = (o / perOutputGroup * perGroup) + i;
                ReadOnlySpan<double> input = x.Values.AsSpan(((n * x.Channels) + channel) * x.Height * x.Width, x.Height * x.Width);
                AddTap(sum, width, input, x.Width, kernel[(o * perGroup * size * size) + tap], ky - shape.Padding, kx - shape.Padding, shape.Stride);
            }
        }

        return new Image(x.Batch, outputs, height, width, sums);
    }

    /// <inheritdoc/>
    public Image BatchNorm(Image x, BatchNormSlice norm, double epsilon)
    {
        (float[] gain, float[] bias) = (weights.Read(norm.Gain).ToArray(), weights.Read(norm.Bias).ToArray());
        (float[] mean, float[] variance) = (weights.Read(norm.Mean).ToArray(), weights.Read(norm.Variance).ToArray());
        return Fill(x.Batch, x.Channels, x.Height, x.Width, (n, c, y, z) => ((x[n, c, y, z] - mean[c]) / Math.Sqrt(variance[c] + epsilon) * gain[c]) + bias[c]);
    }

    /// <inheritdoc/>
    public Image Activate(Image x, Activation activation, bool keepsInput = false) => x with
    {
        Values = [.. x.Values.Select(value => activation switch
        {
            Activation.Relu => Math.Max(value, 0),
            Activation.HardSwish => value * Math.Clamp(value + 3, 0, 6) / 6,
            _ => throw new ArgumentOutOfRangeException(nameof(activation)),
        })],
    };

    /// <inheritdoc/>
    public Image Add(Image a, Image b) => a with { Values = [.. a.Values.Zip(b.Values, (left, right) => left + right)] };

    /// <inheritdoc/>
    public Image Concatenate(IReadOnlyList<Image> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        (int Image, int Channel)[] places = [.. values.SelectMany((value, image) => Enumerable.Range(0, value.Channels).Select(channel => (image, channel)))];
        Image first = values[0];
        return Fill(first.Batch, places.Length, first.Height, first.Width, (n, c, y, x) => values[places[c].Image][n, places[c].Channel, y, x]);
    }

    /// <inheritdoc/>
    public Image Zero(Image x) => x with { Values = new double[x.Values.Length] };

    /// <inheritdoc/>
    public Image Pool(Image x, PoolShape shape)
    {
        return Fill(x.Batch, x.Channels, shape.Output(x.Height), shape.Output(x.Width), (n, c, row, column) =>
        {
            (int top, int left) = ((row * shape.Stride) - shape.Padding, (column * shape.Stride) - shape.Padding);
            IEnumerable<double> inside = Enumerable.Range(top, shape.Kernel).Where(y => y >= 0 && y < x.Height)
                .SelectMany(y => Enumerable.Range(left, shape.Kernel).Where(z => z >= 0 && z < x.Width).Select(z => x[n, c, y, z]));
            return shape.Kind == PoolKind.Average ? inside.Average() : inside.Max();
        });
    }

    /// <inheritdoc/>
    public Image GlobalAveragePool(Image x)
    {
        int area = x.Height * x.Width;
        return new Image(x.Batch, x.Channels, 1, 1, [.. Enumerable.Range(0, x.Batch * x.Channels).Select(channel => x.Values.AsSpan(channel * area, area).ToArray().Average())]);
    }

    /// <inheritdoc/>
    public Image Linear(Image x, WeightSlice weight, WeightSlice? bias) => Conv2d(x, AsKernel(weight), bias, new ConvolutionShape(1, 0, 1));

    private static WeightSlice AsKernel(WeightSlice weight) => new(
        weight.Weight with { Shape = [.. weight.Weight.Shape, 1, 1] }, [.. weight.Ranges, new IndexRange(0, 1), new IndexRange(0, 1)]);

    private static void AddTap(Span<double> sum, int width, ReadOnlySpan<double> input, int inputWidth, double weight, int offsetY, int offsetX, int stride)
    {
        int inputHeight = input.Length / inputWidth;
        for (int index = 0; index < sum.Length; index++)
        {
            (int row, int column) = ((index / width * stride) + offsetY, (index % width * stride) + offsetX);
            if (row >= 0 && row < inputHeight && column >= 0 && column < inputWidth)
            {
                sum[index] += weight * input[(row * inputWidth) + column];
            }
        }
    }

    private static Image Fill(int batch, int channels, int height, int width, Func<int, int, int, int, double> value)
    {
        double[] values = new double[batch * channels * height * width];
        int next = 0;
        for (int n = 0; n < batch; n++)
        {
            for (int c = 0; c < channels; c++)
            {
                for (int y = 0; y < height; y++)
                {
                    for (int x = 0; x < width; x++)
                    {
                        values[next++] = value(n, c, y, x);
                    }
                }
            }
        }

        return new Image(batch, channels, height, width, values);
    }
}
