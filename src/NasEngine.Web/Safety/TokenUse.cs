using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NasEngine.Core.Access;
using NasEngine.Core.Errors;

namespace NasEngine.Web.Safety;

/// <summary>Notes when tokens were last used: gathered in memory, and stored once a minute.</summary>
internal sealed partial class TokenUse(IssuedTokens tokens, TimeProvider time, ILogger<TokenUse> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, DateTimeOffset> _used = new(StringComparer.Ordinal);

    /// <summary>Notes that a token was used now.</summary>
    public void Note(KnownToken token)
    {
        if (token.CreatedAt is not null)
        {
            _used[token.Id] = time.GetUtcNow();
        }
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken).ConfigureAwait(false);
        await StoreAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
            {
                await StoreAsync(stoppingToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            LogEnd();
        }
    }

    private async Task StoreAsync(CancellationToken cancellationToken)
    {
        Dictionary<string, DateTimeOffset> used = [];
        foreach (string id in _used.Keys)
        {
            if (_used.TryRemove(id, out DateTimeOffset at))
            {
                used[id] = at;
            }
        }

        if (used.Count == 0)
        {
            return;
        }

        try
        {
            await tokens.NoteUseAsync(used, cancellationToken).ConfigureAwait(false);
        }
        catch (NasException problem)
        {
            LogProblem(problem.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "The use of tokens is no longer noted")]
    private partial void LogEnd();

    [LoggerMessage(Level = LogLevel.Warning, Message = "The last use of tokens cannot be stored: {Problem}")]
    private partial void LogProblem(string problem);
}
