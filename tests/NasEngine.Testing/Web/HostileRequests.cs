using System.Globalization;
using System.Text;

namespace NasEngine.Testing.Web;

/// <summary>Makes requests from a seed: good ones with something wrong in them.</summary>
public sealed class HostileRequests
{
    private static readonly string[] Methods = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "CONNECT", "BREW", "get"];

    private static readonly string[] Paths =
    [
        "/", "/health", "/device", "/lib/echarts.js", "/lib/../tokens.json", "/agent/agent.mjs", "/index.html", "/api/v1/session", "/api/v1/status", "/api/v1/runs", "/api/v1/runs/sample",
        "/api/v1/runs/sample/front", "/api/v1/runs/sample/genes", "/api/v1/runs/sample/evaluations?after=0", "/api/v1/runs/sample/scatter?x=accuracy&y=latency@local",
        "/api/v1/runs/sample/network?genotype=depth%3D1", "/api/v1/runs/sample/artefacts/model.onnx", "/api/v1/runs/sample/report", "/api/v1/runs/sample/export", "/api/v1/runs/sample/budget",
        "/api/v1/runs/sample/stop", "/api/v1/compare?runs=sample", "/api/v1/jobs", "/api/v1/jobs/x", "/api/v1/jobs/x/console", "/api/v1/jobs/batch", "/api/v1/jobs/history", "/api/v1/workers",
        "/api/v1/recurring", "/api/v1/recurring/x", "/api/v1/devices", "/api/v1/devices/x", "/api/v1/devices/token", "/api/v1/spaces", "/api/v1/spaces/x", "/api/v1/spaces/validate",
        "/api/v1/experiments/validate", "/api/v1/schema/space.json", "/api/v1/predictors", "/api/v1/settings", "/api/v1/openapi.json", "/api/v1/agents", "/api/v1/agents/x/leases/y/results",
        "/api/v1/agents/x/leases/y/fail", "/api/v1/agents/x/models/00",
    ];

    private static readonly string[] Poison =
    [
        "../", "..%2f", "..%252f", "%2e%2e/", "....//", "..\\", "%00", "\u0000", "%ff%fe", "%c0%ae%c0%ae/", "/etc/passwd", "file:///etc/passwd", "'; DROP TABLE runs; --", "\" OR 1=1 --", "${7*7}", "{{7*7}}",
        "<script>alert(1)</script>", "-1", "9223372036854775808", "1e999", "NaN", "%", "%zz", "\r\nX-Injected: yes", "\ud83d\ude00", "%ED%A0%80", "a".PadLeft(3000, 'a'), "*", "?", "#", ";", ",,,,", "latest",
    ];

    private static readonly string[] Bodies =
    [
        "", "{", "[]", "null", "\"text\"", "{\"token\":null}", "{\"token\":\"guess\"}", "{\"json\":\"{}\"}", "{\"json\":{\"name\":\"x\"}}", "{\"experiment\":{\"name\":\"x\",\"space\":\"../../etc/passwd\"}}",
        "{\"experiment\":{\"name\":\"x\",\"space\":\"fashion-mobile\",\"data\":{\"name\":\"/etc\"}}}", "{\"experiment\":{\"name\":\"x\",\"space\":\"fashion-mobile\",\"profile\":{\"devices\":{\"local\":\"replay:/etc/passwd\"}}}}",
        "{\"action\":\"delete\",\"ids\":[null,1,\"x\"]}", "{\"priority\":1e308}", "{\"evaluations\":-1}", "{\"genotype\":\"\\ud800\"}", "{\"pick\":\"\\u0000\"}", "{\"retentionDays\":99999999999}", "{\"cron\":\"* * * * * *\",\"kind\":\"device.drift\",\"payload\":{\"device\":\"x\"}}",
        "{\"name\":\"../x\",\"kind\":\"agent\",\"instance\":\"a\",\"startedAt\":1,\"facts\":{}}", "{\"key\":\"x\",\"outputs\":[[1,2]]}", "{\"kind\":\"model\",\"message\":\"\\u0007\"}", "\u0008\u0007onnx-ml\u0012\u0001x", "\ufeff{}", "{\"a\":1,\"a\":2}",
    ];

    private readonly Random _random;
    private readonly string _token;
    private readonly string _host;

    /// <summary>Initializes the source.</summary>
    public HostileRequests(int seed, string token, string host) => (_random, _token, _host) = (new Random(seed), token, host);

    /// <summary>Makes the next request.</summary>
    public HostileRequest Next()
    {
        bool hasToken = _random.Next(2) == 0;
        string method = Pick(Methods), path = Path();
        StringBuilder head = new();
        head.Append(CultureInfo.InvariantCulture, $"{method} {path} HTTP/1.1\r\nHost: {(_random.Next(20) == 0 ? Pick(Poison) : _host)}\r\nConnection: close\r\n");
        head.Append(CultureInfo.InvariantCulture, $"Authorization: Bearer {(hasToken ? _token : Token())}\r\n");
        for (int extra = _random.Next(4); extra > 0; extra--)
        {
            head.Append(Header());
        }

        byte[] body = Body();
        string length = _random.Next(30) switch
        {
            0 => string.Empty,
            1 => "Content-Length: 99999999999\r\n",
            2 => "Content-Length: -5\r\n",
            3 => "Transfer-Encoding: chunked\r\n",
            4 => string.Create(CultureInfo.InvariantCulture, $"Content-Length: {body.Length + 1}\r\n"),
            _ => string.Create(CultureInfo.InvariantCulture, $"Content-Length: {body.Length}\r\n"),
        };
        head.Append(_random.Next(8) == 0 ? "Content-Type: text/plain\r\n" : "Content-Type: application/json\r\n").Append(length).Append("\r\n");
        byte[] bytes = [.. Encoding.UTF8.GetBytes(head.ToString()), .. body];
        for (int flips = _random.Next(12) == 0 ? _random.Next(1, 8) : 0; flips > 0; flips--)
        {
            bytes[_random.Next(bytes.Length)] = (byte)_random.Next(256);
        }

        return new HostileRequest(bytes, hasToken, _random.Next(50) == 0 ? 64 : 1 << 20, path.Contains("/events", StringComparison.Ordinal), IsOpen(path));
    }

    private static bool IsOpen(string path) => !path.StartsWith("/api/", StringComparison.Ordinal) || path.StartsWith("/api/v1/session", StringComparison.Ordinal) || path.Contains("/health", StringComparison.Ordinal);

    private string Pick(string[] from) => from[_random.Next(from.Length)];

    private string Path()
    {
        string path = Pick(Paths);
        return _random.Next(5) switch
        {
            0 => path,
            1 => path.Replace("sample", Pick(Poison), StringComparison.Ordinal) + (path.Contains("sample", StringComparison.Ordinal) ? string.Empty : "/" + Pick(Poison)),
            2 => path + (path.Contains('?', StringComparison.Ordinal) ? "&" : "?") + Pick(["limit", "cursor", "state", "q", "x", "after", "stage", "runs", "hours", "genotype", "topic"]) + "=" + Pick(Poison),
            3 => path.Replace("/api/v1", "/api/v1/" + Pick(Poison), StringComparison.Ordinal),
            _ => path + Pick(Poison),
        };
    }

    private string Token() => _random.Next(4) switch { 0 => string.Empty, 1 => Pick(Poison), 2 => _token[..^1], _ => "nas_a_" + new string('A', 43) };

    private string Header()
    {
        string value = Pick(Poison);
        return _random.Next(7) switch
        {
            0 => $"Cookie: nas_session={value}.{value}.{value}.{value}\r\n",
            1 => $"X-Nas-Csrf: {value}\r\n",
            2 => $"If-None-Match: {value}\r\n",
            3 => $"X-Forwarded-For: {value}\r\nX-Forwarded-Host: {value}\r\n",
            4 => $"Range: bytes={value}\r\n",
            5 => $"Origin: {value}\r\n",
            _ => $"{value}: {value}\r\n",
        };
    }

    private byte[] Body() => _random.Next(20) switch
    {
        0 => Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"a\":", 5000)) + "1" + new string('}', 5000)),
        1 => Encoding.UTF8.GetBytes($"{{\"json\":\"{new string('x', 2 * 1024 * 1024)}\"}}"),
        2 => [.. Enumerable.Range(0, _random.Next(1, 4000)).Select(_ => (byte)_random.Next(256))],
        3 => Encoding.UTF8.GetBytes($"{{\"json\":{SampleRun.Space.Replace("3", Pick(["-3", "1e9", "\"3\"", "null"]), StringComparison.Ordinal)}}}"),
        4 => Encoding.UTF8.GetBytes(SampleRun.StartRequest("hostile").Replace("60", Pick(["-60", "1e9", "\"x\"", "[]"]), StringComparison.Ordinal)),
        _ => Encoding.UTF8.GetBytes(Pick(Bodies)),
    };
}

/// <summary>A request as it goes over the wire.</summary>
/// <param name="Bytes">All of it.</param>
/// <param name="HasToken">Whether it carries a token that the service takes.</param>
/// <param name="Chunk">How many bytes are written at once.</param>
/// <param name="IsStream">Whether the answer has no end.</param>
/// <param name="IsOpen">Whether it may be answered without a token.</param>
public sealed record HostileRequest(byte[] Bytes, bool HasToken, int Chunk, bool IsStream, bool IsOpen)
{
    /// <summary>Gives the beginning, for messages.</summary>
    public string Describe() => Encoding.UTF8.GetString(Bytes, 0, Math.Min(200, Bytes.Length)).ReplaceLineEndings(" | ");
}
