using NasEngine.Core.Errors;

namespace NasEngine.Cli.Commands;

/// <summary>Says that its user no longer follows what a service does, which goes on; the message says how to come back.</summary>
internal sealed class LeftGoingException(string message, Exception inner) : NasException(message, inner);
