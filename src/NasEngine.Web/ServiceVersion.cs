using System.Reflection;

namespace NasEngine.Web;

/// <summary>The version of the service.</summary>
internal static class ServiceVersion
{
    /// <summary>Gets the version as people read it.</summary>
    public static string Text { get; } = typeof(ServiceVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0";
}
