using System.Collections.Concurrent;

namespace NasEngine.BrowserTests;

/// <summary>A page in a window of its own that keeps what must not happen: errors and warnings in the console, faults of scripts, requests to other hosts.</summary>
internal sealed class WatchedPage : IAsyncDisposable
{
    // What Chromium itself notes where a page asks for a graphics processor and there is none.
    private const string NoAdapter = "No available adapters.";

    private readonly IBrowserContext _context;
    private readonly Uri _service;
    private readonly ConcurrentQueue<string> _complaints = new();

    private WatchedPage(IBrowserContext context, IPage page, Uri service)
    {
        (_context, _service) = (context, service);
        Page = page;
        page.Console += (_, message) => Keep(message.Type is "error" or "warning" && message.Text != NoAdapter, $"console {message.Type}: {message.Text}");
        page.PageError += (_, fault) => Keep(true, $"script: {fault}");
        page.Request += (_, request) => Keep(new Uri(request.Url) is { Scheme: "http" or "https" } url && url.Authority != service.Authority, $"another host: {request.Url}");
    }

    /// <summary>Gets the page.</summary>
    public IPage Page { get; }

    /// <summary>Gets what happened that must not.</summary>
    public IReadOnlyCollection<string> Complaints => _complaints;

    /// <summary>Opens a window on the service that all tests share.</summary>
    public static Task<WatchedPage> OpenAsync(int width = 1280) => OpenAsync(Dashboard.Browser, Dashboard.Service.Address, width);

    /// <summary>Opens a window on a service.</summary>
    public static async Task<WatchedPage> OpenAsync(IBrowser browser, Uri service, int width = 1280)
    {
        IBrowserContext context = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = service.ToString(),
            ViewportSize = new ViewportSize { Width = width, Height = 900 },
            ColorScheme = ColorScheme.Light,
            ReducedMotion = ReducedMotion.Reduce,
            AcceptDownloads = true,
        });
        return new WatchedPage(context, await context.NewPageAsync(), service);
    }

    /// <summary>Goes to an address and waits until the page is shown, its charts too.</summary>
    /// <param name="address">The address, without the service's.</param>
    /// <param name="part">What the page has once it is shown.</param>
    /// <returns>The time from the start of the navigation until then.</returns>
    public async Task<TimeSpan> GoAsync(string address, string part = "h1")
    {
        await Page.GotoAsync(address, new() { WaitUntil = WaitUntilState.Commit });
        IJSHandle shown = await Page.WaitForFunctionAsync(
            "part => document.querySelector(`#main:not([aria-busy]) ${part}`) && !document.querySelector('#main [aria-busy]') ? performance.now() : 0", part);
        return TimeSpan.FromMilliseconds(await shown.JsonValueAsync<double>());
    }

    /// <summary>Signs in as a person does, and goes on to the page that was asked for.</summary>
    public async Task SignInAsync(string token, string address)
    {
        await GoAsync(address, "input[name=token]");
        await Page.GetByLabel("Token").FillAsync(token);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Page.WaitForURLAsync(new Uri(_service, address).ToString());
        await Page.WaitForSelectorAsync("#main:not([aria-busy]) h1");
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
