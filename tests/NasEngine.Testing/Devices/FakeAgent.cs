using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace NasEngine.Testing.Devices;

/// <summary>An agent that speaks the protocol and measures nothing: each network takes as many microseconds as its file is long.</summary>
public sealed class FakeAgent : IDisposable
{
    private readonly HttpClient _http;
    private string _agent = string.Empty;

    public FakeAgent(Uri server) => _http = new HttpClient { BaseAddress = new Uri(server, "api/v1/") };

    public static JsonObject Attachment(string name = "pi", string instance = "one", long startedAt = 1_000) => new()
    {
        ["name"] = name,
        ["kind"] = "agent",
        ["instance"] = instance,
        ["startedAt"] = startedAt,
        ["facts"] = new JsonObject
        {
            ["runtime"] = "onnxruntime-node", ["runtimeVersion"] = "1.30.0", ["host"] = "node v20.20.2", ["os"] = "linux arm64", ["osRelease"] = "6.1",
            ["cpu"] = "Cortex-A72", ["cores"] = 4, ["memoryBytes"] = 4e9, ["processId"] = 12, ["threads"] = 1,
        },
    };

    public async Task<HttpStatusCode> AttachAsync(JsonObject attachment)
    {
        using HttpResponseMessage response = await _http.PostAsJsonAsync("agents", attachment);
        if (response.IsSuccessStatusCode)
        {
            _agent = (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("agent").GetString()!;
        }

        return response.StatusCode;
    }

    /// <summary>Waits for work.</summary>
    public async Task<FakeLease> LeaseAsync()
    {
        while (true)
        {
            using HttpResponseMessage response = await _http.PostAsJsonAsync($"agents/{_agent}/lease", new { });
            response.EnsureSuccessStatusCode();
            if (response.StatusCode == HttpStatusCode.OK)
            {
                return new FakeLease(this, (await response.Content.ReadFromJsonAsync<JsonElement>()).Clone());
            }
        }
    }

    /// <summary>Does the next work to its end.</summary>
    public async Task WorkOnceAsync()
    {
        FakeLease lease = await LeaseAsync();
        foreach (string key in lease.Keys)
        {
            await lease.MeasureAsync(key);
        }

        await lease.PostAsync("finish", new { batch = new { repeatedBlocks = 0 } });
    }

    public async Task<HttpStatusCode> GetStatusAsync(string path)
    {
        using HttpResponseMessage response = await _http.GetAsync(new Uri(path.Replace("{agent}", _agent, StringComparison.Ordinal), UriKind.Relative));
        return response.StatusCode;
    }

    public async Task<byte[]> DownloadAsync(string href) => await _http.GetByteArrayAsync(new Uri(href, UriKind.Relative));

    public async Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(string path, string json)
    {
        using StringContent content = new(json, Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await _http.PostAsync(new Uri($"agents/{_agent}/{path}", UriKind.Relative), content);
        string text = await response.Content.ReadAsStringAsync();
        return (response.StatusCode, text.Length > 0 ? JsonSerializer.Deserialize<JsonElement>(text) : default);
    }

    public void Dispose() => _http.Dispose();
}

/// <summary>Work that a fake agent holds.</summary>
public sealed class FakeLease(FakeAgent agent, JsonElement lease)
{
    public JsonElement Body => lease;

    public IEnumerable<string> Keys => [.. lease.GetProperty("models").EnumerateArray().Select(model => model.GetProperty("key").GetString()!)];

    public JsonElement Model(string key) => lease.GetProperty("models").EnumerateArray().Single(model => model.GetProperty("key").ValueEquals(key));

    public async Task<bool> MeasureAsync(string key)
    {
        byte[] content = await agent.DownloadAsync(Model(key).GetProperty("href").GetString()!);
        return (await PostAsync("results", DeviceSamples.Measured(key, content.Length / 1000.0))).Body.GetProperty("accepted").GetBoolean();
    }

    public Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(string verb, object body) => PostAsync(verb, JsonSerializer.Serialize(body));

    public Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(string verb, string json) =>
        agent.PostAsync($"leases/{lease.GetProperty("lease").GetString()}/{verb}", json);
}
