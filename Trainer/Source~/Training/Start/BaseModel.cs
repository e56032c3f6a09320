using System;
using System.IO;
using System.Linq;
using VaeContent.Trainer.Data;
using VaeContent.Trainer.Model;

namespace VaeContent.Trainer.Training;

/// <summary>
/// A trained model that another run starts from: <c>train DIR --from</c> a run, a file that <c>base</c> wrote, or <see
/// cref="PixelArt"/>.
/// </summary>
/// <param name="Model">Its weights that ship.</param>
/// <param name="Colours">Its palette.</param>
internal sealed record BaseModel(VaeModel Model, Palette Colours) : IDisposable
{
    /// <summary>The one that comes with the trainer, trained on art in the public domain alone.</summary>
    public const string PixelArt = "pixel-art";

    /// <summary>Reads a base; of a run also its sprites, for their palette.</summary>
    /// <exception cref="UserError">There is no run or file that can be read, or a run's sprites are gone.</exception>
    public static BaseModel Load(string path)
    {
        if (FileOf(path) is { } file) return BaseFile.Read(file, path);
        TrainedModel trained = TrainedModel.Load(new RunFolder(path));
        return new BaseModel(trained.Vae, trained.Data.Palette.Palette);
    }

    /// <summary>The networks of a base.</summary>
    /// <exception cref="UserError">There is no run or file that can be read.</exception>
    public static ModelSpec SpecOf(string path) =>
        FileOf(path) is { } file ? BaseFile.Spec(file, path) : new RunFolder(path).LoadConfig().Model;

    /// <summary>The networks of a base with the pixels, labels and size of a set.</summary>
    public static ModelSpec Widths(ModelSpec of, ModelSpec wanted) => wanted with
    {
        Architecture = of.Architecture,
        Kernel = of.Kernel,
        Widths = of.Widths,
        DecoderWidths = of.DecoderWidths,
        Hidden = of.Hidden,
        DecoderHidden = of.DecoderHidden,
        Latent = of.Latent,
        Activation = of.Activation,
        PixelFeatures = of.PixelFeatures,
        ContextChannels = of.ContextChannels,
    };

    // Null for the folder of a run.
    private static byte[]? FileOf(string path)
    {
        try
        {
            if (path != PixelArt) return File.Exists(path) ? File.ReadAllBytes(path) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserError($"cannot read '{path}': {UserError.Reason(e)}. Name another run or file with --from.", e);
        }
        using Stream resource = typeof(BaseModel).Assembly.GetManifestResourceStream(PixelArt)!;
        var file = new byte[resource.Length];
        resource.ReadExactly(file);
        return file;
    }

    /// <summary>Gives its weights to a model; returns the share of that model's weights which come from here, 0..1.</summary>
    public double Start(VaeModel model, Palette colours)
    {
        ShownColour[] known = [.. Colours.Colours.ToArray().Skip(1).Select(ShownColour.FromColour)];
        int[] nearest = !Model.Spec.HasPalette || !model.Spec.HasPalette ? []
            : [.. colours.Colours.ToArray().Skip(1)
                .Select(colour => ColourClusters.Nearest(known, ShownColour.FromColour(colour)))];
        return (double)WeightTransfer.Copy(model, Model, nearest) / model.ParameterCount();
    }

    /// <inheritdoc/>
    public void Dispose() => Model.Dispose();
}
