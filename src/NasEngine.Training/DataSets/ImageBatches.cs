namespace NasEngine.Training.DataSets;

/// <summary>Brings images to the device as tensors: normalised, in the layout that is fast there, at any resolution.</summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class ImageBatches
{
    private readonly ImageDataSet _data;
    private readonly Device _device;
    private readonly LabelledImages _part;
    private readonly BatchGatherer _gatherer;
    private float[] _values = [];
    private long[] _labels = [];

    /// <summary>Initializes the batches of one part of a data set.</summary>
    public ImageBatches(ImageDataSet data, LabelledImages part, Device device) =>
        (_data, _part, _device, _gatherer) = (data, part, device, new BatchGatherer(data, part));

    /// <summary>Brings a batch.</summary>
    /// <returns>Images <c>[n, channels, height, width]</c> in Float32, and labels <c>[n]</c> in Int64.</returns>
    public (Tensor Images, Tensor Labels) Take(ReadOnlySpan<int> indices, BatchAugmentation? augmentation = null)
    {
        int count = indices.Length, size = _part.ImageSize;
        if (_values.Length < count * size)
        {
            (_values, _labels) = (new float[count * size], new long[count]);
        }

        // Depthwise convolutions are fast with channels last on processors, and with channels first on CUDA.
        bool last = _device.type == DeviceType.CPU;
        _gatherer.Gather(indices, _values.AsSpan(0, count * size), last ? PixelOrder.ChannelsLast : PixelOrder.ChannelsFirst, augmentation);
        _gatherer.GatherLabels(indices, _labels.AsSpan(0, count));
        ReadOnlySpan<long> shape = last ? [count, _data.Height, _data.Width, _data.Channels] : [count, _data.Channels, _data.Height, _data.Width];
        Tensor images = empty(shape).copy_<float>(_values.AsSpan(0, count * size));
        Tensor labels = empty([count], ScalarType.Int64).copy_<long>(_labels.AsSpan(0, count));
        // Laid out as [n, height, width, channels] and turned: then even a single channel counts as channels last.
        return last ? (images.permute(0, 3, 1, 2), labels) : (images.to(_device), labels.to(_device));
    }

    /// <summary>Scales images to a resolution; images that have it already are given back.</summary>
    /// <remarks>Bilinear with antialiasing, edges not aligned: as a user's program would before it runs an exported model.</remarks>
    public static Tensor Resize(Tensor images, int resolution) =>
        images.size(2) == resolution && images.size(3) == resolution
            ? images
            : functional.interpolate(images, [resolution, resolution], nn.InterpolationMode.Bilinear, align_corners: false, antialias: true)
                .contiguous(images.device_type == DeviceType.CPU ? memory_format.channels_last : memory_format.contiguous);
}
