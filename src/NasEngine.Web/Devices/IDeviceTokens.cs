namespace NasEngine.Web.Devices;

/// <summary>Makes tokens for devices.</summary>
internal interface IDeviceTokens
{
    /// <summary>Makes a token with the role device; null where the service asks for none.</summary>
    /// <param name="note">What the token is for, for the list of tokens.</param>
    /// <param name="cancellationToken">Stops before one is made.</param>
    Task<string?> IssueAsync(string note, CancellationToken cancellationToken);
}
