using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace NasEngine.Testing.Web;

/// <summary>Sends a service what no decent client would: fuzzed paths, headers, tokens and bodies, oversized and slow ones. The same seed sends the same.</summary>
/// <param name="Requests">Requests that were sent.</param>
/// <param name="Statuses">How often each status was answered; 0 stands for a connection that was cut.</param>
/// <param name="Faults">What must not happen: an answer of 500, data without a token, a service that no longer answers.</param>
public sealed record HostileCampaign(int Requests, IReadOnlyDictionary<int, int> Statuses, IReadOnlyList<string> Faults)
{
    private const int AtOnce = 8;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Sends requests over plain sockets: a client that keeps the rules of HTTP could not send most of them.</summary>
    /// <param name="address">The service, with tokens that are not given here.</param>
    /// <param name="token">A token with the role actor, for the part of the requests that gets past the door.</param>
    /// <param name="requests">How many.</param>
    /// <param name="seed">The seed.</param>
    public static async Task<HostileCampaign> RunAsync(Uri address, string token, int requests, int seed)
    {
        ArgumentNullException.ThrowIfNull(address);
        Dictionary<int, int> statuses = [];
        List<string> faults = [];
        Lock gate = new();
        HostileRequests source = new(seed, token, address.Authority);
        Queue<HostileRequest> left = new(Enumerable.Range(0, requests).Select(_ => source.Next()));
        await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(async _ =>
        {
            while (Next() is HostileRequest request)
            {
                (int status, string answer) = await SendAsync(address, request).ConfigureAwait(false);
                Note(request, status, answer);
            }
        })).ConfigureAwait(false);
        return new HostileCampaign(requests, statuses, faults);

        HostileRequest? Next()
        {
            lock (gate)
            {
                return left.TryDequeue(out HostileRequest? request) ? request : null;
            }
        }

        void Note(HostileRequest request, int status, string answer)
        {
            lock (gate)
            {
                statuses[status] = statuses.GetValueOrDefault(status) + 1;
                bool isFault = status >= 500 && status is not (501 or 503 or 505); // 505: what stood for the version of HTTP was none
                bool isLeak = !request.HasToken && status is >= 200 and < 300 && !request.IsOpen;
                if (isFault || isLeak || answer.Contains("root:x:", StringComparison.Ordinal) || answer.Contains("   at NasEngine", StringComparison.Ordinal))
                {
                    faults.Add($"{status} to {request.Describe()}: {(answer.Length > 300 ? answer[..300] : answer)}");
                }
            }
        }
    }

    private static async Task<(int Status, string Answer)> SendAsync(Uri address, HostileRequest request)
    {
        using CancellationTokenSource limit = new(Patience);
        try
        {
            using TcpClient client = new();
            await client.ConnectAsync(address.Host, address.Port, limit.Token).ConfigureAwait(false);
            NetworkStream stream = client.GetStream();
            await using (stream.ConfigureAwait(false))
            {
                await WriteAsync(stream, request, limit.Token).ConfigureAwait(false);
                byte[] buffer = new byte[8192];
                int read = 0, got;
                while (read < buffer.Length && (got = await stream.ReadAsync(buffer.AsMemory(read), limit.Token).ConfigureAwait(false)) > 0)
                {
                    read += got;
                    if (request.IsStream)
                    {
                        break;
                    }
                }

                string answer = Encoding.UTF8.GetString(buffer, 0, read);
                return (answer.StartsWith("HTTP/1.1 ", StringComparison.Ordinal) && int.TryParse(answer.AsSpan(9, 3), NumberStyles.None, CultureInfo.InvariantCulture, out int status) ? status : 0, answer);
            }
        }
        catch (Exception problem) when (problem is IOException or SocketException or OperationCanceledException)
        {
            return (0, string.Empty);
        }
    }

    // The service may cut the connection while it is still being written to.
    private static async Task WriteAsync(NetworkStream stream, HostileRequest request, CancellationToken cancellationToken)
    {
        try
        {
            for (int from = 0; from < request.Bytes.Length; from += request.Chunk)
            {
                await stream.WriteAsync(request.Bytes.AsMemory(from, Math.Min(request.Chunk, request.Bytes.Length - from)), cancellationToken).ConfigureAwait(false);
            }
        }
        catch (IOException)
        {
            // What it answered before is read all the same.
        }
    }
}
