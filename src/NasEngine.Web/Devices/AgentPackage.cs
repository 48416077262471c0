using System.Formats.Tar;
using System.IO.Compression;
using System.Reflection;

namespace NasEngine.Web.Devices;

/// <summary>The device agent as an npm package, made of the files inside the program: <c>npm install URL</c> attaches a machine without a checkout.</summary>
internal static class AgentPackage
{
    private const string Modules = "pages/agent/";
    private const string Description = "agent/";

    private static readonly Lazy<byte[]> Packed = new(Pack);
    private static readonly DateTimeOffset Instant = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero); // the same program gives the same bytes

    /// <summary>Gets the package, a gzipped tar file.</summary>
    public static byte[] Content => Packed.Value;

    private static byte[] Pack()
    {
        Assembly assembly = typeof(AgentPackage).Assembly;
        using MemoryStream packed = new();
        using (GZipStream zip = new(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        using (TarWriter tar = new(zip, TarEntryFormat.Ustar))
        {
            foreach (string resource in assembly.GetManifestResourceNames().Where(IsPart).Order(StringComparer.Ordinal))
            {
                using Stream content = assembly.GetManifestResourceStream(resource)!;
                string file = resource[(resource.LastIndexOf('/') + 1)..];
                tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, $"package/{file}")
                {
                    DataStream = content,
                    ModificationTime = Instant,
                    Mode = file == "node.mjs" ? (UnixFileMode)0b111_101_101 : (UnixFileMode)0b110_100_100,
                });
            }
        }

        return packed.ToArray();
    }

    private static bool IsPart(string resource) =>
        resource.StartsWith(Description, StringComparison.Ordinal)
        || (resource.StartsWith(Modules, StringComparison.Ordinal) && !resource[Modules.Length..].StartsWith("browser", StringComparison.Ordinal));
}
