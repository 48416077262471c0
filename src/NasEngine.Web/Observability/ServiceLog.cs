using Microsoft.Extensions.Logging;
using NasEngine.Web.Safety;
using Serilog;
using Serilog.Events;
using Serilog.Formatting.Json;

namespace NasEngine.Web.Observability;

/// <summary>Sets the log up: lines for people, or an object of JSON a line, on standard error.</summary>
internal static class ServiceLog
{
    private const string Template = "{Timestamp:HH:mm:ss} {Level:u3} {Message:lj}{NewLine}{Exception}";

    public static void Add(ILoggingBuilder logging, ServerOptions options)
    {
        LoggerConfiguration log = new LoggerConfiguration().MinimumLevel.Information()
            .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
            .MinimumLevel.Override("Quartz", LogEventLevel.Warning)
            .MinimumLevel.Override(typeof(TokenAuthenticationHandler).FullName!, LogEventLevel.Warning) // says little for every request that is refused
            .Enrich.FromLogContext();
        log = options.JsonLogs
            ? log.WriteTo.Console(new JsonFormatter(renderMessage: true), standardErrorFromLevel: LogEventLevel.Verbose)
            : log.WriteTo.Console(outputTemplate: Template, formatProvider: System.Globalization.CultureInfo.InvariantCulture, standardErrorFromLevel: LogEventLevel.Verbose);
        logging.ClearProviders();
        logging.AddSerilog(log.CreateLogger(), dispose: true);
    }
}
