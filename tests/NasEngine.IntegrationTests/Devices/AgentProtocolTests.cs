using System.Diagnostics;
using System.Text.Json;

namespace NasEngine.IntegrationTests.Devices;

/// <summary>The agent's process by its protocol alone, as a host in another language would use it.</summary>
internal sealed class AgentProtocolTests
{
    // One process for all tests: that it answers the next one is part of what they prove.
    private Process? _shared;

    private Process Agent => _shared!;

    [SetUp]
    public void SetUp()
    {
        AgentFixture.RequireAgent();
        if (_shared is { HasExited: false })
        {
            return;
        }

        _shared?.Dispose();
        _shared = Process.Start(new ProcessStartInfo("node", [AgentFixture.Script])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
    }

    [OneTimeTearDown]
    public void StopAgent()
    {
        _shared?.Kill();
        _shared?.WaitForExit();
        _shared?.Dispose();
    }

    [TestCase("{")]
    [TestCase("[]")]
    [TestCase("null")]
    [TestCase("{\"type\":\"hello\"}")]
    [TestCase("{\"id\":{},\"type\":\"hello\"}")]
    [TestCase("\"\u0000\"")]
    public async Task Request_WithoutUsableId_IsAnsweredAndTheAgentLives(string line)
    {
        JsonElement answer = await AskAsync(line);
        Assert.That(answer.GetProperty("id").ValueKind, Is.EqualTo(JsonValueKind.Null));
        Assert.That(Kind(answer), Is.EqualTo("request"));
        await AssertAliveAsync();
    }

    [TestCase("{\"id\":1}", "Known: cancel, hello, load")]
    [TestCase("{\"id\":1,\"type\":\"dance\"}", "no request 'dance'")]
    [TestCase("{\"id\":1,\"type\":\"load\"}", "\"model\" must be a text")]
    [TestCase("{\"id\":1,\"type\":\"load\",\"model\":\"m\",\"data\":\"*\"}", "base64")]
    [TestCase("{\"id\":1,\"type\":\"load\",\"model\":\"m\",\"data\":\"AAAA\",\"threads\":0}", "above 0, got 0")]
    [TestCase("{\"id\":1,\"type\":\"load\",\"model\":\"m\",\"data\":\"AAAA\",\"sha256\":\"00\"}", "arrived damaged")]
    [TestCase("{\"id\":1,\"type\":\"load\",\"model\":\"m\",\"path\":\"/no/such/file\"}", "can't be read")]
    [TestCase("{\"id\":1,\"type\":\"unload\",\"model\":\"m\"}", "There is no model 'm'")]
    [TestCase("{\"id\":1,\"type\":\"measure\"}", "\"models\" must be a list")]
    [TestCase("{\"id\":1,\"type\":\"measure\",\"models\":[null]}", "\"model\" must be a text")]
    [TestCase("{\"id\":1,\"type\":\"measure\",\"models\":[{\"model\":\"m\"}],\"options\":{\"speed\":1}}", "no option 'speed'")]
    [TestCase("{\"id\":1,\"type\":\"measure\",\"models\":[{\"model\":\"m\"}],\"options\":{\"blockMs\":\"4\"}}", "got \"4\"")]
    [TestCase("{\"id\":1,\"type\":\"run\",\"model\":\"m\"}", "no model 'm'")]
    public async Task Request_Malformed_SaysWhatIsWrongAndTheAgentLives(string line, string expected)
    {
        JsonElement answer = await AskAsync(line);
        Assert.That(Kind(answer), Is.EqualTo("request"));
        Assert.That(answer.GetProperty("error").GetProperty("message").GetString(), Does.Contain(expected));
        await AssertAliveAsync();
    }

    [Test]
    public async Task Load_FileIsNoNetwork_IsAnErrorOfTheModel()
    {
        Assert.That(Kind(await AskAsync("{\"id\":1,\"type\":\"load\",\"model\":\"m\",\"data\":\"AAECAw==\"}")), Is.EqualTo("model"));
        await AssertAliveAsync();
    }

    [Test]
    public async Task Run_InputOfAnotherShape_IsAnErrorOfTheModel()
    {
        await LoadAsync("two", "two-inputs.onnx");
        string tensor(int size) => $"{{\"shape\":[1,{size}],\"data\":\"{Convert.ToBase64String(new byte[4 * size])}\"}}";
        Assert.That(Kind(await AskAsync($"{{\"id\":1,\"type\":\"run\",\"model\":\"two\",\"inputs\":[[{tensor(3)},{tensor(4)}]]}}")), Is.EqualTo("model"));
        Assert.That(Kind(await AskAsync($"{{\"id\":1,\"type\":\"run\",\"model\":\"two\",\"inputs\":[[{tensor(3)}]]}}")), Is.EqualTo("request"));
        JsonElement fine = await AskAsync($"{{\"id\":1,\"type\":\"run\",\"model\":\"two\",\"inputs\":[[{tensor(3)},{tensor(3)}]]}}");
        Assert.That(fine.GetProperty("result").GetProperty("outputs")[0][0].GetProperty("shape")[1].GetInt32(), Is.EqualTo(3));
    }

    [Test]
    public async Task Cancel_WhileMeasuring_EndsTheBatchAndTheNextOneWorks()
    {
        await LoadAsync("cancelled", "cnn-a.onnx");
        const string Models = "\"models\":[{\"model\":\"cancelled\",\"shapes\":[[1,1,12,12]]}]";
        await SendAsync($"{{\"id\":7,\"type\":\"measure\",{Models},\"options\":{{\"minBlocks\":100000,\"maxBlocks\":100000,\"timeLimitMs\":600000}}}}");
        JsonElement cancelled = await AskAsync("{\"id\":8,\"type\":\"cancel\",\"target\":7}");
        Assert.That(cancelled.GetProperty("result").GetProperty("cancelled").GetBoolean(), Is.True);
        JsonElement ended = await ReceiveAsync();
        Assert.That(ended.GetProperty("id").GetInt32(), Is.EqualTo(7));
        Assert.That(Kind(ended), Is.EqualTo("cancelled"));
        JsonElement measured = await AskAsync($"{{\"id\":9,\"type\":\"measure\",{Models},\"options\":{{\"minBlocks\":2,\"maxBlocks\":2}}}}");
        Assert.That(measured.GetProperty("event").GetString(), Is.EqualTo("measured"));
        Assert.That((await ReceiveAsync()).TryGetProperty("result", out _), Is.True);
    }

    [Test]
    public async Task InputCloses_WhileMeasuring_AgentEnds()
    {
        await LoadAsync("closing", "cnn-a.onnx");
        await SendAsync("{\"id\":7,\"type\":\"measure\",\"models\":[{\"model\":\"closing\",\"shapes\":[[1,1,12,12]]}],\"options\":{\"minBlocks\":100000,\"maxBlocks\":100000,\"timeLimitMs\":600000}}");
        Agent.StandardInput.Close();
        await Agent.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(20));
        Assert.That(Agent.ExitCode, Is.Zero);
    }

    private static string Kind(JsonElement answer) => answer.GetProperty("error").GetProperty("kind").GetString()!;

    private async Task LoadAsync(string name, string file)
    {
        JsonElement loaded = await AskAsync(JsonSerializer.Serialize(new { id = 0, type = "load", model = name, data = Convert.ToBase64String(AgentFixture.Model(file)) }));
        Assert.That(loaded.TryGetProperty("result", out _), Is.True, loaded.GetRawText());
    }

    private async Task AssertAliveAsync()
    {
        JsonElement hello = await AskAsync("{\"id\":\"still\",\"type\":\"hello\"}");
        Assert.That(hello.GetProperty("result").GetProperty("protocol").GetInt32(), Is.EqualTo(1));
    }

    private async Task<JsonElement> AskAsync(string line)
    {
        await SendAsync(line);
        return await ReceiveAsync();
    }

    private async Task SendAsync(string line)
    {
        await Agent.StandardInput.WriteLineAsync(line);
        await Agent.StandardInput.FlushAsync();
    }

    private async Task<JsonElement> ReceiveAsync()
    {
        string? line = await Agent.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(30));
        Assert.That(line, Is.Not.Null, "the agent ended");
        return JsonDocument.Parse(line!).RootElement.Clone();
    }
}
