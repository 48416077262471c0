namespace NasEngine.Core.Errors;

/// <summary>Base of every error this engine raises on purpose. Its message is for the user: what, where, what is allowed.</summary>
public abstract class NasException : Exception
{
    /// <summary>Initializes the error with a message a user can act on.</summary>
    protected NasException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }

    /// <summary>Gets whose turn it is; <see cref="FaultKind.Input"/> unless a class says otherwise.</summary>
    public virtual FaultKind Kind => FaultKind.Input;
}
