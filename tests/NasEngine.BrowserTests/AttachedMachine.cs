using System.Text.RegularExpressions;
using NasEngine.Testing;
using NasEngine.Testing.Devices;

namespace NasEngine.BrowserTests;

/// <summary>A machine with Node that measures, attached by the command that the page of the devices shows.</summary>
internal sealed partial class AttachedMachine : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly TemporaryFolder _folder = new();
    private NodeAgent? _agent;

    private AttachedMachine()
    {
    }

    /// <summary>Gets its name.</summary>
    public string Name { get; private set; } = string.Empty;

    /// <summary>Gets the address that the dialog shows for browsers.</summary>
    public string Address { get; private set; } = string.Empty;

    /// <summary>Gets the command that the dialog shows for machines.</summary>
    public string Command { get; private set; } = string.Empty;

    /// <summary>Gets what the code of the dialog says, on a light page and on a dark one.</summary>
    public IReadOnlyList<string?> Codes { get; private set; } = [];

    /// <summary>Gets what happened in the browser that must not.</summary>
    public IReadOnlyCollection<string> Complaints { get; private set; } = [];

    /// <summary>Attaches the machine with nothing but what the dialog says, on a service that asks for tokens.</summary>
    public static async Task<AttachedMachine> AttachAsync()
    {
        AttachedMachine machine = new();
        try
        {
            await using PeopleTokens tokens = await PeopleTokens.MakeAsync();
            await using WatchedPage window = await WatchedPage.OpenAsync();
            await window.SignInAsync(tokens.Actor, "/devices");
            await machine.AttachAsync(window.Page);
            machine.Complaints = window.Complaints;
            return machine;
        }
        catch (Exception)
        {
            machine.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        _agent?.Dispose();
        _folder.Dispose();
    }

    private async Task AttachAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Attach a device" }).ClickAsync();
        ILocator dialog = page.GetByRole(AriaRole.Dialog);
        ILocator texts = dialog.Locator(".command code");
        Address = await texts.First.InnerTextAsync();
        Command = await texts.Last.InnerTextAsync();
        ILocator code = dialog.GetByRole(AriaRole.Img, new() { Name = "QR code of the address" });
        string? light = await QrCode.ReadAsync(code);
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        Codes = [light, await QrCode.ReadAsync(code)];
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Close" }).ClickAsync();

        _agent = NodeAgent.Run(Command, _folder.FullName);
        Name = await NameAsync(_agent);
        await Assertions.Expect(page.GetByRole(AriaRole.Region, new() { Name = Name, Exact = true }).Locator(".badge")).ToHaveTextAsync("online");
    }

    // Nothing in the command names the machine: it attaches under a name of its own.
    private static async Task<string> NameAsync(NodeAgent agent)
    {
        DateTimeOffset end = TimeProvider.System.GetUtcNow() + Patience;
        while (true)
        {
            if (agent.Lines.Select(line => Attached().Match(line)).FirstOrDefault(match => match.Success) is Match match)
            {
                return match.Groups[1].Value;
            }

            Assert.That(TimeProvider.System.GetUtcNow(), Is.LessThan(end), $"The agent did not attach: {string.Join('\n', agent.Lines)}");
            await Task.Delay(50);
        }
    }

    [GeneratedRegex("^nas-device: attached as '(.*)', waiting for work$")]
    private static partial Regex Attached();
}
