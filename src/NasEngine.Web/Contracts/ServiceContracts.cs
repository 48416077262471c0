namespace NasEngine.Web.Contracts;

/// <summary>Who is asking, and what a page needs to know of that.</summary>
/// <param name="Role"><c>viewer</c>, <c>actor</c> or <c>device</c>; <see langword="null"/> if nobody is signed in.</param>
/// <param name="Csrf">What changes are sent with in the header <c>X-Nas-Csrf</c>; <see langword="null"/> where it is not needed.</param>
/// <param name="Version">The version of the service.</param>
/// <param name="AuthRequired">Whether a token is needed.</param>
public sealed record SessionContract(string? Role, string? Csrf, string Version, bool AuthRequired);

/// <summary>A token to sign in with.</summary>
/// <param name="Token">The token.</param>
public sealed record SignInContract(string? Token);

/// <summary>How the service is.</summary>
/// <param name="Status"><c>healthy</c>, <c>degraded</c> or <c>unhealthy</c>.</param>
/// <param name="Checks">What was looked at.</param>
public sealed record HealthContract(string Status, IReadOnlyList<HealthCheckContract> Checks);

/// <summary>One thing that was looked at.</summary>
/// <param name="Name">What: <c>store</c>, <c>workers</c> or <c>disk</c>.</param>
/// <param name="Status"><c>healthy</c>, <c>degraded</c> or <c>unhealthy</c>.</param>
/// <param name="Detail">More about it, in words.</param>
public sealed record HealthCheckContract(string Name, string Status, string Detail);

/// <summary>How many runs are in each state.</summary>
/// <param name="Running">Being carried out.</param>
/// <param name="Done">Finished.</param>
/// <param name="Failed">Ended with an error.</param>
/// <param name="Stopped">Stopped by a user.</param>
public sealed record RunCountsContract(long Running, long Done, long Failed, long Stopped);

/// <summary>The service's settings.</summary>
/// <param name="Version">The version of the service.</param>
/// <param name="Store">The kind of store: <c>sqlite</c> or <c>postgres</c>.</param>
/// <param name="StoreLocation">Where the store is, without a password.</param>
/// <param name="DataFolder">Where data sets, supernets and saved spaces are kept.</param>
/// <param name="ResultsFolder">Where runs write.</param>
/// <param name="Limits">How much a client may ask.</param>
/// <param name="Tokens">The tokens that are taken: names and roles only.</param>
/// <param name="RetentionDays">How many days finished jobs are kept; 0 for ever.</param>
public sealed record SettingsContract(
    string Version, string Store, string StoreLocation, string DataFolder, string ResultsFolder, LimitsContract Limits, IReadOnlyList<TokenContract> Tokens, int RetentionDays);

/// <summary>How much a client may ask.</summary>
/// <param name="RequestsPerSecond">Requests a second in the long run.</param>
/// <param name="RequestBurst">Requests at once after a quiet time.</param>
/// <param name="MaxBodyBytes">The largest body.</param>
/// <param name="StreamsPerClient">Live streams at once.</param>
public sealed record LimitsContract(int RequestsPerSecond, int RequestBurst, long MaxBodyBytes, int StreamsPerClient);

/// <summary>A token that is taken.</summary>
/// <param name="Id">A short name.</param>
/// <param name="Role">What its holder may do.</param>
/// <param name="Note">What it was made for.</param>
/// <param name="CreatedAt">When it was made; <see langword="null"/> if it was given from outside.</param>
/// <param name="LastUsedAt">When it was last used, to the minute; <see langword="null"/> if that is not known.</param>
public sealed record TokenContract(string Id, string Role, string Note, DateTimeOffset? CreatedAt, DateTimeOffset? LastUsedAt);

/// <summary>Settings that can be changed while the service runs.</summary>
/// <param name="RetentionDays">How many days finished jobs are kept, from 1 to 3650; 0 for ever.</param>
public sealed record SettingsPatchContract(int? RetentionDays);
