namespace NasEngine.Torch.Modules;

/// <summary>Stochastic gradient descent, with momentum where asked.</summary>
/// <remarks>State with momentum: <c>momentum_buffer</c>, and <c>step</c>, 1 once the buffer holds something.</remarks>
public sealed class SGD : torch.optim.Optimizer
{
    private readonly double _momentum;
    private readonly double _dampening;
    private readonly bool _nesterov;
    private readonly bool _maximize;
    private readonly torch.Tensor[] _buffers = [];
    private readonly torch.Tensor[] _startedTensors = [];
    private readonly bool[] _started = [];

    internal SGD(
        IEnumerable<torch.optim.ParamGroup> groups, double lr, double momentum, double dampening, double weight_decay, bool nesterov, bool maximize)
        : base(groups, lr, weight_decay)
    {
        if (nesterov && (momentum <= 0 || dampening != 0))
        {
            throw new ArgumentException("Nesterov momentum needs a momentum above 0 and a dampening of 0.", nameof(nesterov));
        }

        (_momentum, _dampening, _nesterov, _maximize) = (momentum, dampening, nesterov, maximize);
        if (momentum != 0)
        {
            _buffers = ZerosLikeParameters("momentum_buffer");
            _startedTensors = CountsOfParameters("step");
            _started = new bool[_buffers.Length];
        }
    }

    private protected override unsafe void Step(torch.optim.ParamGroup group, nint[] parameters, int first)
    {
        nint[]? buffers = null;
        if (_momentum != 0)
        {
            buffers = new nint[parameters.Length];
            for (int i = 0; i < buffers.Length; i++)
            {
                buffers[i] = _buffers[first + i].Handle;
            }
        }

        fixed (nint* p = parameters, b = buffers)
        {
            fixed (bool* started = _started)
            {
                TorchException.ThrowIfFailed(NativeMethods.sgd_step(
                    p, parameters.Length, b, started + first, group.LearningRate, _momentum, _dampening, group.WeightDecay, _nesterov, _maximize));
            }
        }

        GC.KeepAlive(this);
    }

    private protected override void BeforeSave()
    {
        for (int i = 0; i < _started.Length; i++)
        {
            _startedTensors[i].fill_(_started[i] ? 1 : 0);
        }
    }

    private protected override void AfterLoad()
    {
        for (int i = 0; i < _started.Length; i++)
        {
            _started[i] = _startedTensors[i].item<long>() != 0;
        }
    }
}
