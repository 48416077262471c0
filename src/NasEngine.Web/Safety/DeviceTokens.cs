using NasEngine.Core.Access;
using NasEngine.Web.Devices;

namespace NasEngine.Web.Safety;

/// <summary>Makes tokens for devices, where the service asks for any.</summary>
internal sealed class DeviceTokens(IssuedTokens issued, TokenRegistry tokens, ServerOptions options) : IDeviceTokens
{
    /// <inheritdoc/>
    public async Task<string?> IssueAsync(string note, CancellationToken cancellationToken) =>
        options.IsLoopback && !await tokens.HasAnyForPeopleAsync(cancellationToken).ConfigureAwait(false) ? null : (await issued.CreateAsync(TokenRole.Device, note, cancellationToken).ConfigureAwait(false)).Token;
}
