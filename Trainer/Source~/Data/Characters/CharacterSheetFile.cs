using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Encodings.Web;
using System.Text.Json;
using VaeContent.Trainer.Images;

namespace VaeContent.Trainer.Data;

/// <summary>
/// Writes a character as files: its sheet as PNG, beside it the JSON that Aseprite would write (frames as an array, tags for
/// poses), and a GIF for each pose of several frames.
/// </summary>
internal static class CharacterSheetFile
{
    private static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes <paramref name="sheet"/>, which has a row for each pose.</summary>
    /// <param name="sheet">Its frames from the left, of the bundle's size.</param>
    /// <param name="bundle">Its poses.</param>
    /// <param name="path">The PNG file; the others are named after it.</param>
    /// <param name="scale">Pixels of a GIF per pixel of a sprite.</param>
    /// <param name="transposed">Whether the file has a column for each pose instead.</param>
    /// <returns>The paths of all files.</returns>
    /// <exception cref="UserError">A file cannot be written.</exception>
    public static List<string> Write(Bitmap sheet, VaeBundle bundle, string path, int scale, bool transposed)
    {
        int w = bundle.Width, h = bundle.Height;
        Bitmap Cell(SpritePose pose, int frame) => sheet.Crop(frame * w, pose.Row * h, w, h);
        List<string> files = [path, Path.ChangeExtension(path, ".json")];
        if (transposed) sheet = Transpose(sheet, w, h);
        PictureWriter.SavePng(sheet, path);
        AtomicFile.WriteText(files[1], Describe(sheet, bundle, Path.GetFileName(path), transposed));
        foreach (SpritePose pose in bundle.Poses.Where(pose => pose.Frames > 1))
        {
            string name = string.Concat(pose.Name.Select(c => char.IsLetterOrDigit(c) ? c : '-'));
            string gif = Path.ChangeExtension(path, $".{name}.gif");
            PictureWriter.SaveGif([.. Enumerable.Range(0, pose.Frames).Select(frame => Cell(pose, frame).Scale(scale))], gif,
                Math.Max(2, (int)Math.Round(pose.FrameMilliseconds / 10.0)));
            files.Add(gif);
        }
        return files;
    }

    private static Bitmap Transpose(Bitmap sheet, int width, int height)
    {
        int columns = sheet.Width / width, rows = sheet.Height / height;
        var turned = new Bitmap(rows * width, columns * height);
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
                turned.Blit(sheet.Crop(column * width, row * height, width, height), row * width, column * height);
        }
        return turned;
    }

    private static string Describe(Bitmap sheet, VaeBundle bundle, string image, bool transposed)
    {
        var frames = new List<object>();
        var tags = new List<object>();
        object Box(int x, int y) => new { X = x, Y = y, W = bundle.Width, H = bundle.Height };
        foreach (SpritePose pose in bundle.Poses)
        {
            tags.Add(new { pose.Name, From = frames.Count, To = frames.Count + pose.Frames - 1, Direction = "forward" });
            for (int frame = 0; frame < pose.Frames; frame++)
            {
                (int column, int row) = transposed ? (pose.Row, frame) : (frame, pose.Row);
                frames.Add(new
                {
                    Filename = $"{Path.GetFileNameWithoutExtension(image)} {pose.Name} {frame}",
                    Frame = Box(column * bundle.Width, row * bundle.Height),
                    Rotated = false,
                    Trimmed = false,
                    SpriteSourceSize = Box(0, 0),
                    SourceSize = new { W = bundle.Width, H = bundle.Height },
                    Duration = pose.FrameMilliseconds,
                });
            }
        }
        return JsonSerializer.Serialize(new
        {
            Frames = frames,
            Meta = new
            {
                App = "VaeContent",
                Version = "1.0",
                Image = image,
                Format = "RGBA8888",
                Size = new { W = sheet.Width, H = sheet.Height },
                Scale = "1",
                FrameTags = tags,
            },
        }, Format) + "\n";
    }
}
