using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using VaeContent.Internal;

namespace VaeContent.Tests.Gpu;

/// <summary>
/// Which provider ran each node, from the profiles that ONNX Runtime writes: that a session was made and ran proves nothing.
/// </summary>
internal sealed class NodeProfile : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("vaecontent-profile").FullName;
    private int _sessions;

    /// <summary>The same device, whose sessions write profiles when they end.</summary>
    public OnnxRuntimeDevice Profiled(OnnxRuntimeDevice device) =>
        new(device.Kind, device.Name, device.Provider, device.Source, device.TakesIndex, (settings, index) =>
    {
        device.Configure(settings, index);
        settings.ProfileOutputPathPrefix = Path.Combine(_folder, $"{_sessions++}"); // before profiling is enabled
        settings.EnableProfiling = true;
    });

    /// <summary>After the sessions have ended: the number of different nodes that ran. Throws where one ran elsewhere.</summary>
    public int Nodes(OnnxRuntimeDevice device)
    {
        var nodes = new Dictionary<string, string>();
        string[] files = Directory.GetFiles(_folder);
        Checks.That(files.Length == _sessions && _sessions > 0, $"{_sessions} sessions left {files.Length} profiles");
        foreach (string file in files)
        {
            using JsonDocument profile = JsonDocument.Parse(File.ReadAllText(file));
            int before = nodes.Count;
            foreach (JsonElement entry in profile.RootElement.EnumerateArray())
            {
                if (!entry.TryGetProperty("cat", out JsonElement category) || category.GetString() != "Node") continue;
                if (!entry.GetProperty("args").TryGetProperty("provider", out JsonElement provider)) continue;
                bool isNamed = entry.GetProperty("args").TryGetProperty("op_name", out JsonElement op);
                string operation = isNamed ? op.GetString()! : "?";
                nodes[$"{Path.GetFileName(file)} {entry.GetProperty("name").GetString()} ({operation})"] = provider.GetString()!;
            }

            Checks.That(nodes.Count > before, "a profile names no node");
        }

        string[] strays = [.. nodes.Where(node => node.Value != device.Provider).Select(node => $"{node.Key} on {node.Value}")];
        Checks.That(strays.Length == 0,
            $"{strays.Length} of {nodes.Count} nodes ran elsewhere: {string.Join(", ", strays.Take(4))}");
        return nodes.Count;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
