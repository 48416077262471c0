using System.Globalization;
using NasEngine.Testing.Web;
using NasEngine.Web;

namespace NasEngine.Benchmarks.Web;

/// <summary>Sends a service 10,000 hostile requests over plain sockets and says what came back.</summary>
public static class HostileBenchmark
{
    private const int Requests = 10_000;
    private const string Token = "actor-token-0123456789";

    /// <summary>Runs the benchmark.</summary>
    /// <returns>0 if nothing happened that must not.</returns>
    public static int Run(TextWriter output) => RunAsync(output).GetAwaiter().GetResult();

    private static async Task<int> RunAsync(TextWriter output)
    {
        ServerOptions options = new() { Tokens = $"actor:{Token}", RequestBurst = 1_000_000, RequestsPerSecond = 1_000_000, SignInsPerMinute = 1_000_000 };
        TestService service = await TestService.StartAsync(options, listens: true).ConfigureAwait(false);
        await using (service.ConfigureAwait(false))
        {
            await service.AddRunAsync().ConfigureAwait(false);
            string[] before = Entries(service);
            HostileCampaign campaign = await HostileCampaign.RunAsync(service.Address, Token, Requests, seed: 1).ConfigureAwait(false);
            using HttpClient client = service.CreateClient(Token);
            (int status, _) = await service.SendAsync(HttpMethod.Get, "status", client: client).ConfigureAwait(false);
            string[] strays = [.. Entries(service).Except(before)];
            foreach ((int code, int count) in campaign.Statuses.OrderBy(pair => pair.Key))
            {
                await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{(code == 0 ? "cut off" : code),7}: {count,6}")).ConfigureAwait(false);
            }

            foreach (string fault in campaign.Faults.Concat(strays.Select(stray => $"a file outside the data folder: {stray}")))
            {
                await output.WriteLineAsync(fault).ConfigureAwait(false);
            }

            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture, $"{campaign.Requests} hostile requests: {campaign.Faults.Count} faults, {strays.Length} files outside the data folder; the service answers {status}")).ConfigureAwait(false);
            return campaign.Faults.Count == 0 && strays.Length == 0 && status == 200 ? 0 : 1;
        }
    }

    private static string[] Entries(TestService service) =>
    [
        .. Directory.GetFileSystemEntries(Path.GetDirectoryName(service.Workplace.Home)!),
        .. Directory.GetFileSystemEntries(service.Workplace.Root), .. Directory.GetFileSystemEntries(Path.Combine(service.Workplace.Root, "searchspaces"), "*", SearchOption.AllDirectories),
    ];
}
