using NasEngine.Web.Devices;

namespace NasEngine.Web.Safety;

/// <summary>Makes tokens for devices, where the service asks for any.</summary>
internal sealed class DeviceTokens(TokenStore store, TokenRegistry tokens, ServerOptions options) : IDeviceTokens
{
    /// <inheritdoc/>
    public async Task<string?> IssueAsync(string note, CancellationToken cancellationToken) =>
        options.IsLoopback && !tokens.HasTokensForPeople ? null : (await store.CreateAsync(TokenRole.Device, note, cancellationToken).ConfigureAwait(false)).Token;
}
