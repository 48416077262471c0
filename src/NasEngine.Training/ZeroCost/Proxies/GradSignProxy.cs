namespace NasEngine.Training.ZeroCost.Proxies;

/// <summary>Σ over weights of |Σ over images of the sign of the gradient|: Zhang and Jia, GradSign, ICLR 2022.</summary>
/// <remarks>The gradient of one image is what that image adds to the gradient of the batch: from the input of each layer and the gradient by its output. The published code takes it so.</remarks>
internal sealed class GradSignProxy : IZeroCostProxy
{
    public string Name => "grad_sign";

    public string Description => "Agreement of the signs of the gradients of single images, on 16 images (Zhang and Jia 2022).";

    public ProxyInitialisation Initialisation => ProxyInitialisation.Uniform;

    public int Images => 16;

    public double Score(ProxyNetwork network, ProxyBatch batch)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(batch);
        using DisposeScope scope = NewDisposeScope();
        LossGradients gradients = LossGradients.Of(network, batch);
        return gradients.Layers.Sum(layer => Agreement(layer, Math.Min(Images, batch.Count)));
    }

    private static double Agreement(LossGradients.Layer layer, int images)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor signs = zeros_like(layer.Gradient);
        for (int image = 0; image < images; image++)
        {
            using DisposeScope inner = NewDisposeScope();
            signs.add_(LayerGradient.OfImage(layer, image).sign());
        }

        return signs.abs().sum().item<float>();
    }
}
