using System;
using System.Linq;
using VaeContent.Trainer.Data;
using VaeContent.Trainer.Model;

namespace VaeContent.Trainer.Training;

/// <summary>A trained model that another run starts from: <c>train DIR --from RUN</c>.</summary>
/// <param name="Model">Its weights that ship.</param>
/// <param name="Colours">Its palette.</param>
internal sealed record BaseModel(VaeModel Model, Palette Colours) : IDisposable
{
    /// <summary>Reads the run in a folder, and its sprites for their palette.</summary>
    /// <exception cref="UserError">The folder holds no run that can be read, or its sprites are gone.</exception>
    public static BaseModel Load(string path)
    {
        TrainedModel trained = TrainedModel.Load(new RunFolder(path));
        return new BaseModel(trained.Vae, trained.Data.Palette.Palette);
    }

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

    /// <summary>Gives its weights to a model; returns the share of that model's weights which come from here, 0..1.</summary>
    public double Start(VaeModel model, Palette colours)
    {
        ShownColour[] known = [.. Colours.Colours.ToArray().Skip(1).Select(ShownColour.Of)];
        int[] nearest = !Model.Spec.HasPalette || !model.Spec.HasPalette ? []
            : [.. colours.Colours.ToArray().Skip(1).Select(colour => ColourClusters.Nearest(known, ShownColour.Of(colour)))];
        return (double)WeightTransfer.Copy(model, Model, nearest) / model.ParameterCount();
    }

    /// <inheritdoc/>
    public void Dispose() => Model.Dispose();
}
