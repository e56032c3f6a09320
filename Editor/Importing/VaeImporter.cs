using System;
using System.IO;
using UnityEditor.AssetImporters;
using UnityEngine;
using VaeContent.Unity;

namespace VaeContent.Editor
{
    /// <summary>
    /// Makes a <see cref="VaeBundleAsset"/> of a <c>.vae</c> file, with a sheet of its sprites as thumbnail. Raise the version
    /// whenever the asset it makes changes: Unity then imports every file again.
    /// </summary>
    [ScriptedImporter(Version, "vae")]
    public sealed class VaeImporter : ScriptedImporter
    {
        /// <summary>The main object's name within the asset. Scenes refer to a number made of it: never change it.</summary>
        public const string MainObject = "bundle";

        private const int Version = 1;
        private const int ThumbnailSide = 4;

        /// <summary>Called by Unity.</summary>
        public override void OnImportAsset(AssetImportContext ctx)
        {
            byte[] bytes = File.ReadAllBytes(ctx.assetPath);
            string file = Path.GetFileName(ctx.assetPath);
            if (IsEncoder(bytes, file))
            {
                var note = new TextAsset(file
                    + " is an encoder: VaeContent's tools use it, a game does not. It need not lie in Assets.");
                ctx.AddObjectToAsset("encoder", note);
                ctx.SetMainObject(note);
                return;
            }

            var asset = VaeBundleAsset.Create(bytes, file);
            ctx.AddObjectToAsset(MainObject, asset, asset.Problem.Length == 0 ? Thumbnail(ctx, asset.Bundle) : null);
            ctx.SetMainObject(asset);
            if (asset.Problem.Length > 0) ctx.LogImportError(asset.Problem, asset);
        }

        private static bool IsEncoder(byte[] bytes, string file)
        {
            try
            {
                EncoderBundle.Load(bytes, file);
                return true;
            }
            catch (VaeBundleException)
            {
                return false;
            }
        }

        // Its own generator, in C#: importers run in processes that have no GPU, and must come to the same picture
        // everywhere.
        private static Texture2D? Thumbnail(AssetImportContext ctx, VaeBundle bundle)
        {
            try
            {
                using var generator = new SpriteGenerator(bundle,
                    new GeneratorOptions { Device = Device.Managed, BatchSize = ThumbnailSide * ThumbnailSide });
                using var grid = new SeedGrid(ThumbnailSide, ThumbnailSide);
                grid.Generate(generator, 0, null, 1f);
                var picture = grid.Take();
                if (picture != null) picture.hideFlags = HideFlags.None;
                return picture;
            }
            catch (Exception e) when (e is VaeBundleException || e is DllNotFoundException)
            {
                ctx.LogImportWarning("No preview: " + e.Message);
                return null;
            }
        }
    }
}
