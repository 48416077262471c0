using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using NasEngine.Core.Errors;
using NasEngine.Core.Machine;
using NasEngine.Jobs.Queries;
using NasEngine.Web.Contracts;
using NasEngine.Web.Devices;

namespace NasEngine.Web.Client;

/// <summary>Calls a service over HTTP. Thread-safe.</summary>
/// <remarks>What the service refuses comes as <see cref="UsageException"/> with its words; a service that cannot be reached, or fails, as <see cref="WorkFailedException"/>.</remarks>
public sealed class NasClient : IDisposable
{
    private const string Api = "api/v1/";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(100);

    private readonly HttpClient _http;

    /// <summary>Initializes the client.</summary>
    /// <param name="server">The service's address, such as <c>http://127.0.0.1:5210</c>.</param>
    /// <param name="token">The token to send, or <see langword="null"/>.</param>
    /// <param name="handler">What sends requests; one of its own if <see langword="null"/>.</param>
    public NasClient(Uri server, string? token, HttpMessageHandler? handler = null)
    {
        ArgumentNullException.ThrowIfNull(server);
        _http = handler is null ? new HttpClient() : new HttpClient(handler, disposeHandler: false);
        _http.BaseAddress = server.AbsoluteUri.EndsWith('/') ? server : new Uri(server.AbsoluteUri + "/");
        _http.Timeout = Patience;
        _http.DefaultRequestHeaders.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
    }

    /// <summary>Gets the service's address as its user gave it.</summary>
    public string Server => _http.BaseAddress!.AbsoluteUri.TrimEnd('/');

    /// <summary>Lists runs, newest first.</summary>
    public Task<Listed<RunSummaryView>> ListRunsAsync(int limit, CancellationToken cancellationToken) =>
        GetAsync<Listed<RunSummaryView>>(string.Create(CultureInfo.InvariantCulture, $"runs?limit={limit}"), cancellationToken);

    /// <summary>Shows a run, by its id, its name, or <c>latest</c>.</summary>
    public Task<RunContract> ShowRunAsync(string id, CancellationToken cancellationToken) => GetAsync<RunContract>($"runs/{Escape(id)}", cancellationToken);

    /// <summary>Gives the verified front of a run.</summary>
    public Task<RunFrontView> FrontAsync(string id, CancellationToken cancellationToken) => GetAsync<RunFrontView>($"runs/{Escape(id)}/front", cancellationToken);

    /// <summary>Starts a run.</summary>
    public Task<StartedRunContract> StartRunAsync(RunRequestContract request, CancellationToken cancellationToken) => SendAsync<StartedRunContract>(HttpMethod.Post, "runs", request, cancellationToken);

    /// <summary>Gives all that a step of a run gave; it is done.</summary>
    public Task<StepResultContract> ShowStepAsync(string id, string step, CancellationToken cancellationToken) =>
        GetAsync<StepResultContract>($"runs/{Escape(id)}/steps/{Escape(step)}", cancellationToken);

    /// <summary>Removes a run.</summary>
    public Task DeleteRunAsync(string id, CancellationToken cancellationToken) => SendAsync<object>(HttpMethod.Delete, $"runs/{Escape(id)}", null, cancellationToken);

    /// <summary>Exports a network; the job's result says which artefact it becomes.</summary>
    public Task<AddedJobContract> ExportAsync(string id, ExportContract wanted, CancellationToken cancellationToken) =>
        SendAsync<AddedJobContract>(HttpMethod.Post, $"runs/{Escape(id)}/export", wanted, cancellationToken);

    /// <summary>Writes an artefact of a run to a file, which appears whole.</summary>
    public async Task DownloadAsync(string id, string artefact, string path, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, $"{Api}runs/{Escape(id)}/artefacts/{string.Join('/', artefact.Split('/').Select(Escape))}");
        using HttpResponseMessage response = await AnswerAsync(request, cancellationToken).ConfigureAwait(false);
        await WholeFile.WriteAsync(path, file => response.Content.CopyToAsync(file, cancellationToken)).ConfigureAwait(false);
    }

    /// <summary>Lists jobs, newest first.</summary>
    public Task<Listed<JobContract>> ListJobsAsync(string? state, string? run, int limit, CancellationToken cancellationToken) => GetAsync<Listed<JobContract>>(
        string.Create(CultureInfo.InvariantCulture, $"jobs?limit={limit}&state={Escape(state ?? string.Empty)}&run={Escape(run ?? string.Empty)}"), cancellationToken);

    /// <summary>Shows a job.</summary>
    public Task<JobDetailsContract> ShowJobAsync(string id, CancellationToken cancellationToken) => GetAsync<JobDetailsContract>($"jobs/{Escape(id)}", cancellationToken);

    /// <summary>Gives lines of a job's console after a number.</summary>
    public Task<ConsoleContract> ConsoleAsync(string id, long after, CancellationToken cancellationToken) =>
        GetAsync<ConsoleContract>(string.Create(CultureInfo.InvariantCulture, $"jobs/{Escape(id)}/console?after={after}"), cancellationToken);

    /// <summary>Enqueues a job again, or deletes it.</summary>
    /// <param name="id">The job.</param>
    /// <param name="action"><c>requeue</c> or <c>delete</c>.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    public Task<ChangedJobsContract> ChangeJobAsync(string id, string action, CancellationToken cancellationToken) =>
        SendAsync<ChangedJobsContract>(HttpMethod.Post, $"jobs/{Escape(id)}/{action}", null, cancellationToken);

    /// <summary>Lists queues.</summary>
    public Task<Listed<QueueContract>> ListQueuesAsync(CancellationToken cancellationToken) => GetAsync<Listed<QueueContract>>("queues", cancellationToken);

    /// <summary>Pauses a queue, or resumes it.</summary>
    /// <param name="queue">The queue.</param>
    /// <param name="action"><c>pause</c> or <c>resume</c>.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    public Task<QueueContract> ChangeQueueAsync(string queue, string action, CancellationToken cancellationToken) =>
        SendAsync<QueueContract>(HttpMethod.Post, $"queues/{Escape(queue)}/{action}", null, cancellationToken);

    /// <summary>Lists devices.</summary>
    public Task<Listed<DeviceRowContract>> ListDevicesAsync(CancellationToken cancellationToken) => GetAsync<Listed<DeviceRowContract>>("devices", cancellationToken);

    /// <summary>Shows a device with its last measurements.</summary>
    public Task<DeviceContract> ShowDeviceAsync(string name, CancellationToken cancellationToken) => GetAsync<DeviceContract>($"devices/{Escape(name)}", cancellationToken);

    /// <summary>Has a few of a device's last networks measured again.</summary>
    public Task<AddedJobContract> RemeasureAsync(string name, CancellationToken cancellationToken) =>
        SendAsync<AddedJobContract>(HttpMethod.Post, $"devices/{Escape(name)}/remeasure", null, cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private static string Escape(string text) => Uri.EscapeDataString(text);

    private Task<T> GetAsync<T>(string path, CancellationToken cancellationToken) => SendAsync<T>(HttpMethod.Get, path, null, cancellationToken);

    private async Task<T> SendAsync<T>(HttpMethod method, string path, object? body, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = new(method, Api + path);
        request.Content = body is null ? null : JsonContent.Create(body, body.GetType());
        using HttpResponseMessage response = await AnswerAsync(request, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode == System.Net.HttpStatusCode.NoContent)
        {
            return default!;
        }

        try
        {
            return await response.Content.ReadFromJsonAsync<T>(cancellationToken).ConfigureAwait(false) ?? throw NotOurs();
        }
        catch (Exception problem) when (problem is JsonException or NotSupportedException)
        {
            throw NotOurs(problem);
        }
    }

    private async Task<HttpResponseMessage> AnswerAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        HttpResponseMessage response;
        try
        {
            response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        }
        catch (HttpRequestException problem)
        {
            throw new WorkFailedException($"The service at {_http.BaseAddress} cannot be reached: {problem.Message}", problem);
        }
        catch (TaskCanceledException problem) when (!cancellationToken.IsCancellationRequested)
        {
            throw new WorkFailedException($"The service at {_http.BaseAddress} does not answer.", problem);
        }

        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        using (response)
        {
            string detail = await DetailAsync(response, cancellationToken).ConfigureAwait(false);
            throw (int)response.StatusCode is >= 400 and < 500 and not 409 ? new UsageException(detail) : new WorkFailedException(detail);
        }
    }

    private async Task<string> DetailAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            JsonElement problem = await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken).ConfigureAwait(false);
            if (problem.ValueKind == JsonValueKind.Object && problem.TryGetProperty("detail", out JsonElement detail) && detail.GetString() is { Length: > 0 } text)
            {
                return text;
            }
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException or NotSupportedException)
        {
            throw NotOurs(problem);
        }

        return $"The service at {_http.BaseAddress} answered {(int)response.StatusCode}.";
    }

    private WorkFailedException NotOurs(Exception? inner = null) => new($"What answers at {_http.BaseAddress} is no service of this engine, or of another version.", inner);
}
