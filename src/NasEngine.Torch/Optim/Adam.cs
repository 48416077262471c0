namespace NasEngine.Torch.Modules;

/// <summary>Adam, or AdamW, whose weight decay does not pass through the moments.</summary>
/// <remarks>State: <c>exp_avg</c>, <c>exp_avg_sq</c>, <c>step</c>, and <c>max_exp_avg_sq</c> with amsgrad.</remarks>
public sealed class Adam : torch.optim.Optimizer
{
    private readonly double _beta1;
    private readonly double _beta2;
    private readonly double _eps;
    private readonly bool _decoupled;
    private readonly bool _maximize;
    private readonly torch.Tensor[] _first;
    private readonly torch.Tensor[] _second;
    private readonly torch.Tensor[]? _largest;
    private readonly torch.Tensor[] _stepTensors;
    private readonly double[] _steps;

    internal Adam(
        IEnumerable<torch.optim.ParamGroup> groups, double lr, double beta1, double beta2, double eps, double weight_decay,
        bool amsgrad, bool maximize, bool decoupled)
        : base(groups, lr, weight_decay)
    {
        (_beta1, _beta2, _eps, _decoupled, _maximize) = (beta1, beta2, eps, decoupled, maximize);
        _first = ZerosLikeParameters("exp_avg");
        _second = ZerosLikeParameters("exp_avg_sq");
        _largest = amsgrad ? ZerosLikeParameters("max_exp_avg_sq") : null;
        _stepTensors = CountsOfParameters("step");
        _steps = new double[_first.Length];
    }

    private protected override unsafe void Step(torch.optim.ParamGroup group, nint[] parameters, int first)
    {
        nint[] moments = HandlesFrom(_first, first, parameters.Length);
        nint[] squares = HandlesFrom(_second, first, parameters.Length);
        nint[]? largest = _largest is null ? null : HandlesFrom(_largest, first, parameters.Length);
        fixed (nint* p = parameters, m = moments, v = squares, x = largest)
        {
            fixed (double* steps = _steps)
            {
                TorchException.ThrowIfFailed(NativeMethods.adam_step(
                    p, parameters.Length, m, v, x, steps + first, group.LearningRate, _beta1, _beta2, _eps, group.WeightDecay, _decoupled, _maximize));
            }
        }

        GC.KeepAlive(this);
    }

    private protected override void BeforeSave()
    {
        for (int i = 0; i < _steps.Length; i++)
        {
            _stepTensors[i].fill_((long)_steps[i]);
        }
    }

    private protected override void AfterLoad()
    {
        for (int i = 0; i < _steps.Length; i++)
        {
            _steps[i] = _stepTensors[i].item<long>();
        }
    }

    private static nint[] HandlesFrom(torch.Tensor[] tensors, int first, int count)
    {
        nint[] handles = new nint[count];
        for (int i = 0; i < count; i++)
        {
            handles[i] = tensors[first + i].Handle;
        }

        return handles;
    }
}
