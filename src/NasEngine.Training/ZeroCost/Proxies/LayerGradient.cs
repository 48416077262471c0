using NasEngine.Networks.Readers;

namespace NasEngine.Training.ZeroCost.Proxies;

/// <summary>What one image adds to the gradient of a layer's weight.</summary>
internal static class LayerGradient
{
    /// <summary>Computes the part of an image from the layer's input and the gradient by its output.</summary>
    /// <returns>Of the weight's shape; over all images these add up to the gradient of the batch.</returns>
    public static Tensor OfImage(LossGradients.Layer layer, int image)
    {
        using DisposeScope scope = NewDisposeScope();
        (Tensor input, Tensor gradient) = (layer.Input.narrow(0, image, 1), layer.OutputGradient.narrow(0, image, 1));
        if (layer.Operation.Kind == OperationKind.Linear)
        {
            return gradient.t().mm(input).MoveToOuterDisposeScope();
        }

        ConvolutionShape shape = layer.Operation.Shape;
        Tensor weight = layer.Weight.detach().requires_grad_();
        Tensor output = functional.conv2d(input, weight, null, [shape.Stride, shape.Stride], [shape.Padding, shape.Padding], groups: shape.Groups);
        return autograd.grad([output], [weight], [gradient])[0].MoveToOuterDisposeScope();
    }
}
