using System.Text.Json;
using VaeContent.Trainer.Training;

namespace VaeContent.Trainer.Commands;

/// <summary>Figures as a file, for other programs.</summary>
internal static class JsonFile
{
    /// <summary>Writes an object's public properties, indented, camelCase.</summary>
    public static void Write<T>(string path, T figures) => AtomicFile.WriteText(path, JsonSerializer.Serialize(figures, RunFolder.Json) + "\n");
}
