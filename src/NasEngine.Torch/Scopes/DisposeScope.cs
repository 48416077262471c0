namespace NasEngine.Torch;

/// <summary>Frees every tensor made on its thread while it is the innermost open scope, except those moved out.</summary>
/// <remarks>Belongs to the thread that opened it. Close scopes in the reverse order of opening: <c>using</c> does.</remarks>
public sealed class DisposeScope : IDisposable
{
    [ThreadStatic]
    private static DisposeScope? current;

    private readonly List<torch.Tensor> _tensors = [];
    private bool _disposed;

    internal DisposeScope()
    {
        OuterScope = current;
        current = this;
    }

    /// <summary>Gets the scope that was open when this one was opened, or null.</summary>
    public DisposeScope? OuterScope { get; }

    /// <summary>Gets the number of tensors that this scope would free now.</summary>
    public int DisposablesCount => _tensors.Count;

    internal static DisposeScope? Current => current;

    /// <summary>Hands a tensor to the next outer scope, or to nobody if there is none.</summary>
    /// <returns>The tensor.</returns>
    public torch.Tensor MoveToOuter(torch.Tensor disposable) => MoveTo(disposable, OuterScope);

    /// <summary>Takes a tensor out of scopes: it then lives until it is disposed or collected.</summary>
    /// <returns>The tensor.</returns>
#pragma warning disable CA1822 // an instance method in TorchSharp too
    public torch.Tensor Detach(torch.Tensor disposable) => MoveTo(disposable, target: null);
#pragma warning restore CA1822

    /// <summary>Takes a tensor into this scope, whichever owned it before.</summary>
    /// <returns>The tensor.</returns>
    public torch.Tensor Attach(torch.Tensor disposable) => MoveTo(disposable, this);

    /// <summary>Frees the scope's tensors and makes the outer scope current again.</summary>
    /// <exception cref="InvalidOperationException">A scope opened later is still open, or another thread opened this one.</exception>
    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        if (!ReferenceEquals(current, this))
        {
            throw new InvalidOperationException(
                "A dispose scope was closed out of order: close scopes opened later first, on the thread that opened them.");
        }

        _disposed = true;
        current = OuterScope;
        foreach (torch.Tensor tensor in _tensors)
        {
            tensor.Scope = null;
            tensor.Free();
        }

        _tensors.Clear();
    }

    internal void Add(torch.Tensor tensor)
    {
        tensor.Scope = this;
        tensor.ScopePosition = _tensors.Count;
        _tensors.Add(tensor);
    }

    /// <summary>Lets go of a tensor in constant time: the last one takes its position.</summary>
    internal void Remove(torch.Tensor tensor)
    {
        int last = _tensors.Count - 1;
        torch.Tensor moved = _tensors[last];
        _tensors[tensor.ScopePosition] = moved;
        moved.ScopePosition = tensor.ScopePosition;
        _tensors.RemoveAt(last);
        tensor.Scope = null;
    }

    private static torch.Tensor MoveTo(torch.Tensor tensor, DisposeScope? target)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        ObjectDisposedException.ThrowIf(tensor.IsDisposed, tensor);
        tensor.Scope?.Remove(tensor);
        if (target is null)
        {
            tensor.Guard();
        }
        else
        {
            tensor.Unguard();
            target.Add(tensor);
        }

        return tensor;
    }
}
