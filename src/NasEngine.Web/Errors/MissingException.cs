using NasEngine.Core.Errors;

namespace NasEngine.Web.Errors;

/// <summary>What a request names is not there.</summary>
public sealed class MissingException : NasException
{
    /// <summary>Initializes the error with a message a user can act on.</summary>
    public MissingException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the error for a run that is not there.</summary>
    internal static MissingException Run(string id) => new($"There is no run '{Shown(id)}'.");

    /// <summary>Creates the error for a job that is not there.</summary>
    internal static MissingException Job(string id) => new($"There is no job '{Shown(id)}'.");

    /// <summary>Shortens what a request named.</summary>
    internal static string Shown(string text) => string.Concat((text.Length > 80 ? text[..77] + "..." : text).Select(letter => char.IsControl(letter) ? ' ' : letter));
}
