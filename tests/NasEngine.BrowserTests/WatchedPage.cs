using System.Collections.Concurrent;

namespace NasEngine.BrowserTests;

/// <summary>A page in a window of its own that keeps what must not happen: errors and warnings in the console, faults of scripts, requests to other hosts.</summary>
internal sealed class WatchedPage : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly ConcurrentQueue<string> _complaints = new();

    private WatchedPage(IBrowserContext context, IPage page)
    {
        _context = context;
        Page = page;
        page.Console += (_, message) => Keep(message.Type is "error" or "warning", $"console {message.Type}: {message.Text}");
        page.PageError += (_, fault) => Keep(true, $"script: {fault}");
        page.Request += (_, request) => Keep(new Uri(request.Url) is { Scheme: "http" or "https" } url && url.Authority != Dashboard.Service.Address.Authority, $"another host: {request.Url}");
    }

    /// <summary>Gets the page.</summary>
    public IPage Page { get; }

    /// <summary>Gets what happened that must not.</summary>
    public IReadOnlyCollection<string> Complaints => _complaints;

    /// <summary>Opens a window.</summary>
    public static async Task<WatchedPage> OpenAsync(int width = 1280, ColorScheme scheme = ColorScheme.Light)
    {
        IBrowserContext context = await Dashboard.Browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = Dashboard.Service.Address.ToString(),
            ViewportSize = new ViewportSize { Width = width, Height = 900 },
            ColorScheme = scheme,
            ReducedMotion = ReducedMotion.Reduce,
            AcceptDownloads = true,
        });
        return new WatchedPage(context, await context.NewPageAsync());
    }

    /// <summary>Goes to an address and waits until the page is shown, its charts too.</summary>
    public async Task GoAsync(string address)
    {
        await Page.GotoAsync(address);
        await Page.WaitForSelectorAsync("#main:not([aria-busy]) h1");
        await Page.WaitForFunctionAsync("() => [...document.querySelectorAll('.chart-canvas')].every(chart => chart.querySelector('canvas'))");
    }

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();

    private void Keep(bool isComplaint, string text)
    {
        if (isComplaint)
        {
            _complaints.Enqueue(text);
        }
    }
}
