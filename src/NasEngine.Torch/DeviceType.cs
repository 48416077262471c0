namespace NasEngine.Torch;

/// <summary>Kinds of device that tensors can live on. Values are libtorch's.</summary>
public enum DeviceType
{
    /// <summary>The processor and main memory.</summary>
    CPU = 0,

    /// <summary>An NVIDIA GPU.</summary>
    CUDA = 1,
}
