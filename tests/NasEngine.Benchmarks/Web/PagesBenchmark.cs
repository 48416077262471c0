using System.Globalization;
using NasEngine.BrowserTests;
using NasEngine.Storage;
using NasEngine.Testing.Devices;
using NasEngine.Testing.Jobs;
using NasEngine.Testing.Web;

namespace NasEngine.Benchmarks.Web;

/// <summary>Opens the pages of a run with 50,000 evaluations and of 100,000 finished jobs in Chromium: time from the navigation until the charts and rows are drawn.</summary>
public static class PagesBenchmark
{
    private const int Jobs = 100_000;
    private const int Evaluations = 50_000;
    private const int Times = 9;
    private const int ShownAnswers = 4;
    private const string Chart = ".chart canvas";
    private const string Rows = "tbody tr";

    private const string SlowestAnswers =
        """
        most => performance.getEntriesByType("resource").filter(entry => entry.name.includes("/api/") && !entry.name.includes("/events")).sort((a, b) => b.duration - a.duration).slice(0, most)
            .map(entry => `${new URL(entry.name).pathname.split("/").slice(3).join("/")} ${Math.round(entry.startTime)}+${Math.round(entry.duration)} ms ${Math.round(entry.decodedBodySize / 1024)} KiB`).join(", ")
        """;

    /// <summary>Runs the benchmark.</summary>
    /// <returns>0, or 2 without Chromium.</returns>
    public static int Run(TextWriter output)
    {
        if (HeadlessChromium.Program is null)
        {
            output.WriteLine("Chromium is not installed: apt-get install -y --no-install-recommends chromium");
            return 2;
        }

        RunAsync(output).GetAwaiter().GetResult();
        return 0;
    }

    private static async Task RunAsync(TextWriter output)
    {
        string run = string.Empty;
        PageBrowser browser = await PageBrowser.StartAsync().ConfigureAwait(false);
        await using (browser.ConfigureAwait(false))
        {
            await (await browser.Browser.NewPageAsync().ConfigureAwait(false)).CloseAsync().ConfigureAwait(false); // a browser's first window takes longer
            ServedNas service = await ServedNas.StartAsync(async nas => run = await FillAsync(nas).ConfigureAwait(false), "--no-worker").ConfigureAwait(false);
            await using (service.ConfigureAwait(false))
            {
                await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{Jobs} finished jobs; run {run} with {Evaluations} evaluations")).ConfigureAwait(false);
                await output.WriteLineAsync("milliseconds from the navigation until charts and rows are drawn: with a service that was just started; median (worst) in new windows; median (worst) of reloads").ConfigureAwait(false);
                foreach ((string address, string part) in new[]
                {
                    ($"/runs/{run}", Chart), ($"/runs/{run}?tab=search", Chart), ("/jobs?state=succeeded", Rows), ("/jobs?state=failed", Rows), ("/", Chart),
                })
                {
                    await TimeAsync(browser, service, address, part, output).ConfigureAwait(false);
                }
            }
        }
    }

    private static async Task<string> FillAsync(NasProcess nas)
    {
        Directory.CreateDirectory(nas.Results);
        NasStore store = await NasStore.OpenAsync(nas.Database).ConfigureAwait(false);
        await using (store.ConfigureAwait(false))
        {
            await FinishedJobs.AddAsync(store.Jobs(TimeProvider.System).Jobs, Jobs).ConfigureAwait(false);
            return (await SampleRun.AddAsync(store.Runs, "sample", Evaluations, TimeProvider.System.GetUtcNow()).ConfigureAwait(false)).Id;
        }
    }

    private static async Task TimeAsync(PageBrowser browser, ServedNas service, string address, string part, TextWriter output)
    {
        (double first, string firstAnswers) = await OnceAsync(browser, service, address, part).ConfigureAwait(false);
        List<double> inNewWindows = [], reloads = [];
        string answers = string.Empty;
        for (int time = 0; time < Times; time++)
        {
            (double milliseconds, answers) = await OnceAsync(browser, service, address, part).ConfigureAwait(false);
            inNewWindows.Add(milliseconds);
        }

        WatchedPage window = await WatchedPage.OpenAsync(browser.Browser, service.Address).ConfigureAwait(false);
        await using (window.ConfigureAwait(false))
        {
            await window.GoAsync(address, part).ConfigureAwait(false);
            for (int time = 0; time < Times; time++)
            {
                reloads.Add((await window.GoAsync(address, part).ConfigureAwait(false)).TotalMilliseconds);
            }
        }

        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{address,-34} {first,7:0} {Middle(inNewWindows)} {Middle(reloads)}")).ConfigureAwait(false);
        await output.WriteLineAsync($"    answers waited for, first: {firstAnswers}").ConfigureAwait(false);
        await output.WriteLineAsync($"    answers waited for, later: {answers}").ConfigureAwait(false);
    }

    private static async Task<(double Milliseconds, string Answers)> OnceAsync(PageBrowser browser, ServedNas service, string address, string part)
    {
        WatchedPage window = await WatchedPage.OpenAsync(browser.Browser, service.Address).ConfigureAwait(false);
        await using (window.ConfigureAwait(false))
        {
            TimeSpan taken = await window.GoAsync(address, part).ConfigureAwait(false);
            string answers = await window.Page.EvaluateAsync<string>(SlowestAnswers, ShownAnswers).ConfigureAwait(false);
            return window.Complaints.Count == 0 ? (taken.TotalMilliseconds, answers) : throw new InvalidOperationException(string.Join('\n', window.Complaints));
        }
    }

    private static string Middle(List<double> values)
    {
        values.Sort();
        return string.Create(CultureInfo.InvariantCulture, $"{values[values.Count / 2],7:0} ({values[^1]:0})");
    }
}
