using NasEngine.Core.Devices;
using NasEngine.Core.Machine;

namespace NasEngine.Profiling.Local;

/// <summary>Where the agent and what it needs lie on this machine.</summary>
internal sealed record AgentLocation(string Node, string Script, string Modules)
{
    public static AgentLocation Find(string device, LocalDeviceOptions options)
    {
        string script = options.AgentScript is not null ? Path.GetFullPath(options.AgentScript) : FindScript(device);
        if (!File.Exists(script))
        {
            throw new DeviceUnreachableException(device, $"the agent's script {script} does not exist.");
        }

        string modules = Path.GetFullPath(options.ModulesFolder ?? EnvironmentSetting.Find("NAS_AGENT_MODULES") ?? Path.Combine(Path.GetDirectoryName(script)!, "node_modules"));
        if (!Directory.Exists(Path.Combine(modules, "onnxruntime-node")))
        {
            string folder = Path.GetDirectoryName(script)!;
            throw new DeviceUnreachableException(
                device, $"there is no onnxruntime-node in {modules}. Install it with: npm ci --ignore-scripts --prefix {folder}");
        }

        return new AgentLocation(options.NodeExecutable ?? EnvironmentSetting.Find("NAS_NODE") ?? "node", script, modules);
    }

    private static string FindScript(string device)
    {
        string shipped = Path.Combine(AppContext.BaseDirectory, "agent", "node.mjs");
        if (File.Exists(shipped))
        {
            return shipped;
        }

        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string candidate = Path.Combine(folder.FullName, "src", "NasEngine.DeviceAgent", "node.mjs");
            if (File.Exists(candidate))
            {
                return candidate;
            }
        }

        throw new DeviceUnreachableException(device, $"there is no agent in {shipped}, nor in src/NasEngine.DeviceAgent of a folder above {AppContext.BaseDirectory}.");
    }
}
