using NasEngine.Torch.Modules;

namespace NasEngine.Torch;

public static partial class torch
{
    // Constructors of optimisers, with PyTorch's arithmetic and defaults.
    public static partial class optim
    {
        /// <summary>Makes an AdamW optimiser.</summary>
        /// <param name="parameters">The parameters to change.</param>
        /// <param name="lr">The learning rate.</param>
        /// <param name="beta1">The decay of the first moment.</param>
        /// <param name="beta2">The decay of the second moment.</param>
        /// <param name="eps">Added to the divisor.</param>
        /// <param name="weight_decay">The share of each weight that a step of learning rate 1 takes away.</param>
        /// <param name="amsgrad">Whether to divide by the largest second moment seen.</param>
        /// <param name="maximize">Whether to go up.</param>
        public static Adam AdamW(
            IEnumerable<Tensor> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8,
            double weight_decay = 1e-2, bool amsgrad = false, bool maximize = false) =>
            AdamW([new ParamGroup(parameters)], lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);

        /// <inheritdoc cref="AdamW(IEnumerable{Tensor}, double, double, double, double, double, bool, bool)"/>
        public static Adam AdamW(
            IEnumerable<ParamGroup> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8,
            double weight_decay = 1e-2, bool amsgrad = false, bool maximize = false) =>
            new(parameters, lr, beta1, beta2, eps, weight_decay, amsgrad, maximize, decoupled: true);

        /// <summary>Makes an Adam optimiser.</summary>
        /// <param name="parameters">The parameters to change.</param>
        /// <param name="lr">The learning rate.</param>
        /// <param name="beta1">The decay of the first moment.</param>
        /// <param name="beta2">The decay of the second moment.</param>
        /// <param name="eps">Added to the divisor.</param>
        /// <param name="weight_decay">The factor of each weight added to its gradient.</param>
        /// <param name="amsgrad">Whether to divide by the largest second moment seen.</param>
        /// <param name="maximize">Whether to go up.</param>
        public static Adam Adam(
            IEnumerable<Tensor> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8,
            double weight_decay = 0, bool amsgrad = false, bool maximize = false) =>
            Adam([new ParamGroup(parameters)], lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);

        /// <inheritdoc cref="Adam(IEnumerable{Tensor}, double, double, double, double, double, bool, bool)"/>
        public static Adam Adam(
            IEnumerable<ParamGroup> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8,
            double weight_decay = 0, bool amsgrad = false, bool maximize = false) =>
            new(parameters, lr, beta1, beta2, eps, weight_decay, amsgrad, maximize, decoupled: false);

        /// <summary>Makes an optimiser by gradient descent.</summary>
        /// <param name="parameters">The parameters to change.</param>
        /// <param name="learningRate">The learning rate.</param>
        /// <param name="momentum">The share of the last change that goes on; 0 for none.</param>
        /// <param name="dampening">The share of the gradient kept out of the momentum.</param>
        /// <param name="weight_decay">The factor of each weight added to its gradient.</param>
        /// <param name="nesterov">Whether to look ahead by the momentum.</param>
        /// <param name="maximize">Whether to go up.</param>
        /// <exception cref="ArgumentException">Nesterov without momentum, or with dampening.</exception>
        public static SGD SGD(
            IEnumerable<Tensor> parameters, double learningRate, double momentum = 0, double dampening = 0, double weight_decay = 0,
            bool nesterov = false, bool maximize = false) =>
            SGD([new ParamGroup(parameters)], learningRate, momentum, dampening, weight_decay, nesterov, maximize);

        /// <inheritdoc cref="SGD(IEnumerable{Tensor}, double, double, double, double, bool, bool)"/>
        public static SGD SGD(
            IEnumerable<ParamGroup> parameters, double learningRate, double momentum = 0, double dampening = 0, double weight_decay = 0,
            bool nesterov = false, bool maximize = false) =>
            new(parameters, learningRate, momentum, dampening, weight_decay, nesterov, maximize);
    }
}
