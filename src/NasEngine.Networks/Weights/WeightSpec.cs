using System.Collections.Immutable;

namespace NasEngine.Networks.Weights;

/// <summary>An array that the supernet stores, at its largest size.</summary>
/// <param name="Name">The name in checkpoints, such as <c>stage1.block0.depthwise.weight</c>.</param>
/// <param name="Shape">The full shape.</param>
/// <param name="Role">What it is for.</param>
public sealed record WeightSpec(string Name, ImmutableArray<int> Shape, WeightRole Role)
{
    /// <summary>Gets whether training changes the array.</summary>
    public bool IsTrained => Role is not (WeightRole.RunningMean or WeightRole.RunningVariance);

    /// <summary>Gets the number of elements at full size.</summary>
    public long Count => Shape.Aggregate(1L, (product, size) => product * size);

    /// <summary>Takes the leading part of every axis.</summary>
    /// <param name="sizes">How many indices of each axis; from 1 to the full size.</param>
    public WeightSlice Leading(params ReadOnlySpan<int> sizes)
    {
        ImmutableArray<IndexRange>.Builder ranges = ImmutableArray.CreateBuilder<IndexRange>(sizes.Length);
        foreach (int size in sizes)
        {
            ranges.Add(new IndexRange(0, size));
        }

        return new WeightSlice(this, ranges.MoveToImmutable());
    }

    /// <summary>Takes the leading channels and the centre of the last two axes: a small kernel is the middle of the large one.</summary>
    /// <param name="outputs">Indices of axis 0.</param>
    /// <param name="inputs">Indices of axis 1.</param>
    /// <param name="kernel">Height and width of the crop; the full kernel's size less an even number.</param>
    public WeightSlice CentreCrop(int outputs, int inputs, int kernel)
    {
        int start = (Shape[^1] - kernel) / 2;
        IndexRange window = new(start, kernel);
        return new WeightSlice(this, [new IndexRange(0, outputs), new IndexRange(0, inputs), window, window]);
    }
}
