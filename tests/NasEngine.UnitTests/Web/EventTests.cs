using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using NasEngine.Core.Devices.Remote;
using NasEngine.Core.Jobs;
using NasEngine.Core.Runs;
using NasEngine.Testing.Devices;
using NasEngine.Testing.Web;
using NasEngine.Web;

namespace NasEngine.UnitTests.Web;

internal sealed class EventTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [TestCase(false)]
    [TestCase(true)]
    public async Task Stream_ChangesOfAnotherProcess_AreToldToWhoListens(bool isTraining)
    {
        await using TestService service = await TestService.StartAsync();
        RunRecord run = await service.AddRunAsync();
        await service.Store.Runs.SetRunStateAsync(run.Id, RunState.Running, default);
        using CancellationTokenSource limit = new(Patience);
        using StreamReader reader = await ListenAsync(service, $"?run={run.Id}", limit.Token);
        Task<string> told = UntilAsync(reader, "event: run", limit.Token);
        for (long step = 10; !told.IsCompleted; step += 10)
        {
            // The watcher compares with what it saw before; a change before its first look is no change to it.
            await (isTraining
                ? service.Store.Runs.PutTrainingAsync(run.Id, "k", step - 1, [new StoredTrainingPoint("k", step, "{}")], limit.Token)
                : service.Store.Runs.AppendEvaluationsAsync(run.Id, "search", [($"another {step}", new(("accuracy", 0.5)))], limit.Token));
            await Task.WhenAny(told, Task.Delay(100, limit.Token));
        }

        Assert.That(await reader.ReadLineAsync(limit.Token), Does.Contain(run.Id));
    }

    [Test]
    public async Task Stream_JobOfThisProcess_IsToldAtOnce()
    {
        await using TestService service = await TestService.StartAsync();
        using CancellationTokenSource limit = new(Patience);
        using StreamReader reader = await ListenAsync(service, "?topic=jobs", limit.Token);
        Task<string> told = UntilAsync(reader, "event: job", limit.Token);
        while (!told.IsCompleted)
        {
            await service.Jobs.EnqueueAsync(new JobRequest { Kind = "train", Title = "train", Queue = "train" }, limit.Token);
            await Task.WhenAny(told, Task.Delay(100, limit.Token));
        }

        Assert.That(await reader.ReadLineAsync(limit.Token), Does.Contain("enqueued"));
    }

    [Test]
    public async Task Stream_WhatADeviceDoes_IsToldStepByStepWithinASecond()
    {
        ManualTime time = new();
        await using TestService service = await TestService.StartAsync(listens: true, time: time);
        IDeviceStore devices = service.App.Services.GetRequiredService<IDeviceStore>();
        using FakeAgent agent = new(service.Address);
        using CancellationTokenSource limit = new(Patience);
        using StreamReader reader = await ListenAsync(service, "?topic=devices", limit.Token);

        await ToldAsync("online", () => agent.AttachAsync(FakeAgent.Attachment()));
        string fingerprint = (await devices.ListAsync(limit.Token)).Single().Fingerprint.Id;
        await devices.AddAsync(DeviceSamples.Batch("a") with { Fingerprint = fingerprint }, limit.Token);
        FakeLease? lease = null;
        await ToldAsync("busy", async () => lease = await agent.LeaseAsync());
        await lease!.MeasureAsync("a");
        await ToldAsync("online", () => lease.PostAsync("finish", new { batch = new { } }));
        await ToldAsync("offline", () =>
        {
            time.Pass(2 * devices.Options.LeaseTime.TotalSeconds + 1);
            return Task.CompletedTask;
        });
        await ToldAsync("deleted", () => devices.RemoveAsync("pi", limit.Token));

        async Task ToldAsync(string state, Func<Task> act)
        {
            await act();
            long acted = Stopwatch.GetTimestamp();
            string data = string.Empty;
            while (!data.Contains($"\"{state}\"", StringComparison.Ordinal))
            {
                await UntilAsync(reader, "event: device", limit.Token);
                data = (await reader.ReadLineAsync(limit.Token))!;
                Assert.That(data, Does.Contain("\"pi\""));
            }

            Assert.That(Stopwatch.GetElapsedTime(acted), Is.LessThan(TimeSpan.FromSeconds(1)), state);
        }
    }

    [Test]
    public async Task Stream_WhenTheServiceStops_Ends()
    {
        TestService service = await TestService.StartAsync(listens: true);
        using CancellationTokenSource limit = new(Patience);
        using StreamReader reader = await ListenAsync(service, "", limit.Token);
        long started = Stopwatch.GetTimestamp();
        Task stopping = service.App.StopAsync(limit.Token);
        while (await reader.ReadLineAsync(limit.Token) is not null)
        {
        }

        await stopping;
        Assert.That(Stopwatch.GetElapsedTime(started), Is.LessThan(TimeSpan.FromSeconds(4)));
        await service.DisposeAsync();
    }

    [Test]
    public async Task Stream_MoreThanAClientMayHave_IsRefused()
    {
        await using TestService service = await TestService.StartAsync(new ServerOptions { StreamsPerClient = 1 });
        using Stream stream = await service.Client.GetStreamAsync("/api/v1/events");
        (int second, _) = await service.SendAsync(HttpMethod.Get, "events");
        (int unknown, _) = await service.SendAsync(HttpMethod.Get, "events?topic=weather");
        Assert.That((second, unknown), Is.EqualTo((429, 400)));
    }

    // What changes before the first heartbeat is no change to who listens.
    private static async Task<StreamReader> ListenAsync(TestService service, string query, CancellationToken cancellationToken)
    {
        StreamReader reader = new(await service.Client.GetStreamAsync("/api/v1/events" + query, cancellationToken));
        await UntilAsync(reader, "event: ping", cancellationToken);
        return reader;
    }

    private static async Task<string> UntilAsync(StreamReader reader, string line, CancellationToken cancellationToken)
    {
        while (await reader.ReadLineAsync(cancellationToken) is string read)
        {
            if (read == line)
            {
                return read;
            }
        }

        throw new AssertionException($"The stream ended before '{line}'.");
    }
}
