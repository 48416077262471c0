using System.Diagnostics;

namespace NasEngine.Testing.Devices;

/// <summary>Chromium without a window, on one page, with a profile of its own.</summary>
public sealed class HeadlessChromium : IDisposable
{
    private readonly TemporaryFolder _profile;
    private readonly Process _process;

    private HeadlessChromium(TemporaryFolder profile, Process process)
    {
        _profile = profile;
        _process = process;
    }

    /// <summary>Gets the program, if it is installed.</summary>
    public static string? Program => new[] { "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome" }.FirstOrDefault(File.Exists);

    /// <summary>Opens a page.</summary>
    public static HeadlessChromium Open(Uri page)
    {
        TemporaryFolder profile = new();
        ProcessStartInfo start = new(Program!)
        {
            ArgumentList =
            {
                "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync", "--disable-background-timer-throttling", "--disable-renderer-backgrounding",
                "--remote-debugging-port=0", $"--user-data-dir={profile.FullName}", page.ToString(),
            },
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        Process process = Process.Start(start)!;
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        return new HeadlessChromium(profile, process);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
        for (int tries = 0; tries < 20 && Directory.Exists(_profile.FullName); tries++)
        {
            try
            {
                _profile.Dispose();
            }
            catch (IOException) when (tries < 19)
            {
                Thread.Sleep(50); // processes of the browser that are still ending write into it
            }
        }
    }
}
