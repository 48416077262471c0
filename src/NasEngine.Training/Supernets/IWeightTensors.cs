using NasEngine.Networks.Weights;

namespace NasEngine.Training.Supernets;

/// <summary>Gives the tensors that a subnet computes with.</summary>
public interface IWeightTensors
{
    /// <summary>Gives the part of an array that a subnet uses; a view wherever the array is larger.</summary>
    Tensor Cut(WeightSlice slice);
}
