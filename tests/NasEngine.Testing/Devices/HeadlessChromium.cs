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

    /// <summary>Gets the options under which it runs as any user and calls no other host by itself.</summary>
    public static IReadOnlyList<string> Alone { get; } =
        ["--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

    /// <summary>Gets the options that give pages a graphics processor made of software.</summary>
    public static IReadOnlyList<string> SoftwareGpu { get; } = ["--enable-unsafe-webgpu", "--use-webgpu-adapter=swiftshader", "--enable-features=Vulkan"];

    /// <summary>Opens a page without a graphics processor.</summary>
    public static HeadlessChromium Open(Uri page) => Open(page, ["--disable-gpu"]);

    /// <summary>Opens a page.</summary>
    /// <param name="page">The page.</param>
    /// <param name="graphics">Options of Chromium that say what graphics processor there is.</param>
    public static HeadlessChromium Open(Uri page, IReadOnlyList<string> graphics)
    {
        TemporaryFolder profile = new();
        ProcessStartInfo start = new(Program!) { RedirectStandardError = true, RedirectStandardOutput = true };
        string[] own = ["--headless", "--disable-background-timer-throttling", "--disable-renderer-backgrounding", "--remote-debugging-port=0", $"--user-data-dir={profile.FullName}"];
        foreach (string argument in (string[])[.. own, .. Alone, .. graphics, page.ToString()])
        {
            start.ArgumentList.Add(argument);
        }

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
