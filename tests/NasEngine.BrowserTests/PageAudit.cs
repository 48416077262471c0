namespace NasEngine.BrowserTests;

/// <summary>What every page is held to: on a desk and on a phone, light and dark, no barrier, nothing wider than the window, nothing in the console.</summary>
internal static class PageAudit
{
    private const int Desk = 1280;
    private const int Phone = 390;

    // Contrasts differ between the schemes; everything else between the widths alone.
    private static readonly (int Width, ColorScheme Scheme, bool ColoursOnly)[] Views =
        [(Desk, ColorScheme.Light, false), (Desk, ColorScheme.Dark, true), (Phone, ColorScheme.Dark, false), (Phone, ColorScheme.Light, true)];

    /// <summary>Looks at the page in a window; with NAS_SCREENSHOTS set, leaves pictures in that folder.</summary>
    /// <param name="window">A window that shows the page.</param>
    /// <param name="name">The name of its pictures.</param>
    public static async Task HoldAsync(WatchedPage window, string name)
    {
        List<string> faults = [];
        foreach ((int width, ColorScheme scheme, bool coloursOnly) in Views)
        {
            await window.Page.SetViewportSizeAsync(width, 900);
            await window.Page.EmulateMediaAsync(new() { ColorScheme = scheme });
            faults.AddRange((await Axe.FindSeriousAsync(window.Page, coloursOnly)).Select(barrier => $"{width} {scheme}: {barrier}"));
            if (await window.Page.EvaluateAsync<int>("document.documentElement.scrollWidth") > width)
            {
                faults.Add($"{width} {scheme}: scrolls sideways");
            }

            if (Environment.GetEnvironmentVariable("NAS_SCREENSHOTS") is { Length: > 0 } folder)
            {
                string file = string.Concat($"{name} {width} {scheme}".Select(letter => char.IsLetterOrDigit(letter) ? letter : '-'));
                await window.Page.ScreenshotAsync(new() { Path = Path.Combine(folder, file + ".png"), FullPage = true });
            }
        }

        Assert.Multiple(() =>
        {
            Assert.That(faults, Is.Empty);
            Assert.That(window.Complaints, Is.Empty);
        });
    }
}
