using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace NasEngine.BrowserTests;

/// <summary>A job that measures on the attached machine, cancelled through its page while it was under way, after another one like it had ended.</summary>
/// <param name="Taken">The time from the person's word until the page said that the job was deleted.</param>
/// <param name="History">What the page says of the job's way.</param>
/// <param name="Kept">The networks that the page of the device lists as measured.</param>
/// <param name="Complaints">What happened in the browser that must not.</param>
internal sealed record CancelledMeasuring(TimeSpan Taken, string History, int Kept, IReadOnlyCollection<string> Complaints)
{
    /// <summary>Networks that a job measures.</summary>
    public const int Batch = 32;

    private const float Limit = 60_000;

    public static async Task<CancelledMeasuring> CarryOutAsync()
    {
        AttachedMachine machine = await Dashboard.RequireMachineAsync();
        await using WatchedPage window = await WatchedPage.OpenAsync();
        IPage page = window.Page;
        string runId = await Dashboard.Service.StartRunAsync(page.APIRequest, "measured", experiment =>
            experiment["profile"] = new JsonObject { ["architectures"] = 2 * Batch, ["timeLimitMs"] = 60, ["devices"] = new JsonObject { ["local"] = $"agent:{machine.Name}" } });
        await window.GoAsync($"/jobs/{await SecondAsync(page, runId)}");
        ILocator state = page.Locator(".head .badge");
        await Assertions.Expect(state).ToHaveTextAsync("processing", new() { Timeout = Limit });
        await page.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        ILocator yes = page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Cancel the job" });
        long asked = Stopwatch.GetTimestamp();
        await yes.ClickAsync();
        await Assertions.Expect(state).ToHaveTextAsync("deleted", new() { Timeout = Limit });
        TimeSpan taken = Stopwatch.GetElapsedTime(asked);
        string history = await page.GetByRole(AriaRole.Region, new() { Name = "History" }).InnerTextAsync();

        await window.GoAsync($"/devices/{machine.Name}");
        return new CancelledMeasuring(taken, history, await page.Locator(".metric-pairs tbody tr").CountAsync(), window.Complaints);
    }

    // The second job on the device: it waits while the first one measures, since a device does one thing at a time.
    private static async Task<string> SecondAsync(IPage page, string runId)
    {
        DateTimeOffset end = TimeProvider.System.GetUtcNow().AddMilliseconds(Limit);
        while (true)
        {
            JsonElement jobs = (await (await page.APIRequest.GetAsync($"/api/v1/jobs?run={runId}&kind=measure")).JsonAsync())!.Value.GetProperty("items");
            ILookup<string, string> byState = jobs.EnumerateArray().ToLookup(job => job.GetProperty("state").GetString()!, job => job.GetProperty("id").GetString()!);
            if (byState["processing"].Any() && byState["enqueued"].FirstOrDefault() is string second)
            {
                return second;
            }

            Assert.That(TimeProvider.System.GetUtcNow(), Is.LessThan(end), jobs.ToString());
            await Task.Delay(50);
        }
    }
}
