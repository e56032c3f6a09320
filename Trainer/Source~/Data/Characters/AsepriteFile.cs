using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using VaeContent.Trainer.Images;

namespace VaeContent.Trainer.Data;

/// <summary>The JSON of Aseprite's sheet export, with its frames as an array or as a hash.</summary>
internal static class AsepriteFile
{
    private const int LargestSide = 4096, LongestFrame = 60_000, MostFrames = 1 << 16;
    private const long MostPixels = 4L * PictureReader.MaxPixels; // of all frames, as of all frames of an animation

    /// <summary>The frames in the order of their poses; null where the file is some other JSON.</summary>
    /// <exception cref="UserError">It is not JSON, or not as Aseprite writes it.</exception>
    public static List<AsepriteFrame>? TryRead(string path)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllText(path),
                new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
            JsonElement root = document.RootElement;
            return root.ValueKind == JsonValueKind.Object && root.TryGetProperty("frames", out JsonElement frames)
                && frames.ValueKind is JsonValueKind.Array or JsonValueKind.Object ? Read(path, root, frames) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new UserError($"cannot read '{path}': {UserError.Reason(e)}; export the sheet with its JSON again.", e);
        }
    }

    private static List<AsepriteFrame> Read(string path, JsonElement root, JsonElement frames)
    {
        List<AsepriteFrame> all = frames.ValueKind == JsonValueKind.Array
            ? [.. frames.EnumerateArray().Select((frame, i) => Frame(path, Text(frame, "filename") ?? $"{i}", frame))]
            : [.. frames.EnumerateObject().Select(frame => Frame(path, frame.Name, frame.Value))];
        if (all.Count == 0) throw new UserError($"'{path}' has no frames; export the sheet with its JSON again.");
        if (!root.TryGetProperty("meta", out JsonElement meta) || meta.ValueKind != JsonValueKind.Object
            || !meta.TryGetProperty("frameTags", out JsonElement tags) || tags.ValueKind != JsonValueKind.Array
            || tags.GetArrayLength() == 0)
        {
            Check(path, all.Count, Pixels(all));
            return [.. all.Select((frame, i) => frame with { Number = i })];
        }
        var posed = new List<AsepriteFrame>();
        long pixels = 0;
        foreach (JsonElement tag in tags.EnumerateArray())
        {
            string name = Text(tag, "name")?.Trim() ?? "";
            if (name.Length == 0) throw new UserError($"'{path}' has a tag without a name; name every tag: it is a pose.");
            int from = Number(path, $"tag '{name}'", tag, "from"), to = Number(path, $"tag '{name}'", tag, "to");
            if (from < 0 || to < from || to >= all.Count)
                throw new UserError($"'{path}': tag '{name}' is of frames {from} to {to}; expected within 0 to {all.Count - 1}. "
                    + "Export the sheet with all frames of its tags.");
            AsepriteFrame[] played = [.. Played(from, to, Text(tag, "direction")).Select((frame, i) => all[frame] with
            {
                Pose = name,
                Number = i
            })];
            pixels += Pixels(played);
            Check(path, posed.Count + played.Length, pixels); // before a thousand tags of a thousand frames each take memory
            posed.AddRange(played);
        }
        return posed;
    }

    private static long Pixels(IEnumerable<AsepriteFrame> frames) => frames.Sum(frame => (long)frame.Width * frame.Height);

    private static void Check(string path, int frames, long pixels)
    {
        if (frames <= MostFrames && pixels <= MostPixels) return;
        throw new UserError($"'{path}' has {frames} frames of {pixels} pixels together; expected at most {MostFrames} of "
            + $"{MostPixels}. Split the sheet.");
    }

    // The frames as they are shown once.
    private static IEnumerable<int> Played(int from, int to, string? direction)
    {
        IEnumerable<int> forward = Enumerable.Range(from, to - from + 1), between = forward.Skip(1).SkipLast(1);
        return direction switch
        {
            "reverse" => forward.Reverse(),
            "pingpong" => forward.Concat(between.Reverse()),
            "pingpong_reverse" => forward.Reverse().Concat(between),
            _ => forward,
        };
    }

    private static AsepriteFrame Frame(string path, string name, JsonElement frame)
    {
        (int X, int Y, int Width, int Height) Box(string key) =>
            frame.ValueKind == JsonValueKind.Object && frame.TryGetProperty(key, out JsonElement box)
                ? (Number(path, name, box, "x"), Number(path, name, box, "y"), Number(path, name, box, "w"),
                    Number(path, name, box, "h"))
                : throw new UserError($"'{path}': frame '{name}' has no '{key}'; expected x, y, w and h, as Aseprite writes "
                    + "them.");
        var onSheet = Box("frame");
        int width = onSheet.Width, height = onSheet.Height, left = 0, top = 0;
        if (frame.TryGetProperty("sourceSize", out JsonElement size))
            (width, height) = (Number(path, name, size, "w"), Number(path, name, size, "h"));
        if (frame.TryGetProperty("spriteSourceSize", out _)) (left, top, _, _) = Box("spriteSourceSize");
        if (onSheet.Width < 1 || onSheet.Height < 1 || width is < 1 or > LargestSide || height is < 1 or > LargestSide
            || left < 0 || top < 0 || left + onSheet.Width > width || top + onSheet.Height > height)
            throw new UserError($"'{path}': frame '{name}' puts {onSheet.Width}x{onSheet.Height} pixels at {left},{top} of a "
                + $"sprite of {width}x{height}; expected within it. Export the sheet with its JSON again.");
        bool isRotated = frame.TryGetProperty("rotated", out JsonElement rotated) && rotated.ValueKind == JsonValueKind.True;
        return new AsepriteFrame(name, onSheet, isRotated, left, top, width, height)
        {
            Milliseconds = frame.TryGetProperty("duration", out _)
                ? Math.Clamp(Number(path, name, frame, "duration"), 1, LongestFrame) : 0,
        };
    }

    private static string? Text(JsonElement element, string key) => element.ValueKind == JsonValueKind.Object
        && element.TryGetProperty(key, out JsonElement text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;

    private static int Number(string path, string owner, JsonElement element, string key) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(key, out JsonElement number)
            && number.ValueKind == JsonValueKind.Number && number.TryGetDouble(out double value)
            && value is >= -1e6 and <= 1e6 && value == Math.Floor(value) ? (int)value
            : throw new UserError($"'{path}': {owner} has no whole number '{key}'; export the sheet with its JSON again.");
}

/// <summary>One frame of a sheet.</summary>
/// <param name="Name">For messages.</param>
/// <param name="OnSheet">Where it lies; width and height before it was rotated.</param>
/// <param name="IsRotated">Whether it lies there turned clockwise by a quarter.</param>
/// <param name="Left">Columns that were trimmed on its left.</param>
/// <param name="Top">Rows that were trimmed above.</param>
/// <param name="Width">Its whole width.</param>
/// <param name="Height">Its whole height.</param>
internal sealed record AsepriteFrame(string Name, (int X, int Y, int Width, int Height) OnSheet, bool IsRotated, int Left,
    int Top, int Width, int Height)
{
    /// <summary>The tag it belongs to; null in a file without tags.</summary>
    public string? Pose { get; init; }

    /// <summary>Its place in the pose, from 0.</summary>
    public int Number { get; init; }

    /// <summary>How long it is shown; 0 where nothing says so.</summary>
    public int Milliseconds { get; init; }
}
