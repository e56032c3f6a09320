using System;
using System.Runtime.InteropServices;
using Unity.Collections;
using Unity.Collections.LowLevel.Unsafe;
using UnityEngine;

namespace VaeContent.Unity
{
    /// <summary>
    /// Writes sprites, (H, W) from the top left, into Unity's textures and arrays, whose first row is the bottom one. Nothing is
    /// allocated. Main thread only; call <c>texture.Apply(false)</c> once after the last write of a frame.
    /// </summary>
    public static class TextureExtensions
    {
        /// <summary>
        /// Writes a sprite into an RGBA32 texture with its lower left corner at (<paramref name="x"/>, <paramref name="y"/>).
        /// Throws ArgumentException where it does not fit or the texture has another format.
        /// </summary>
        public static void Write(this Texture2D texture, ReadOnlySpan<Rgba32> pixels, int width, int height, int x = 0, int y = 0)
        {
            CheckFormat(texture, TextureFormat.RGBA32);
            CheckPlace(pixels.Length, texture.width, texture.height, width, height, x, y);
            // A view of the texture's own memory: valid now, never to be kept.
            CopyRows(MemoryMarshal.AsBytes(pixels), MemoryMarshal.AsBytes(View(texture.GetRawTextureData<Color32>())),
                width * 4, height, texture.width * 4, y * texture.width * 4 + x * 4);
        }

        /// <summary>Writes palette indices, a byte per pixel, into an R8 texture; otherwise as for pixels.</summary>
        public static void WriteIndices(this Texture2D texture, ReadOnlySpan<byte> indices, int width, int height, int x = 0,
            int y = 0)
        {
            CheckFormat(texture, TextureFormat.R8);
            CheckPlace(indices.Length, texture.width, texture.height, width, height, x, y);
            CopyRows(indices, View(texture.GetRawTextureData<byte>()), width, height, texture.width, y * texture.width + x);
        }

        /// <summary>
        /// Writes the colours of a palette into the one row of a 256 x 1 RGBA32 texture; those it lacks are transparent.
        /// </summary>
        public static void WritePalette(this Texture2D texture, Palette palette)
        {
            if (palette == null) throw new ArgumentNullException(nameof(palette));
            CheckFormat(texture, TextureFormat.RGBA32);
            CheckPlace(256, texture.width, texture.height, 256, 1, 0, 0);
            var row = MemoryMarshal.Cast<Color32, Rgba32>(View(texture.GetRawTextureData<Color32>()));
            row.Clear();
            palette.Colours.CopyTo(row);
        }

        /// <summary>Makes an RGBA32 texture transparent and uploads it; a new texture holds anything.</summary>
        public static void Clear(this Texture2D texture)
        {
            CheckFormat(texture, TextureFormat.RGBA32);
            View(texture.GetRawTextureData<Color32>()).Clear();
            texture.Apply(false);
        }

        /// <summary>Writes a sprite into an array of its size, bottom row first, as <c>SetPixelData</c> expects it.</summary>
        public static void CopyToBottomUp(this ReadOnlySpan<Rgba32> pixels, int width, NativeArray<Color32> destination)
        {
            if (width < 1 || pixels.Length % width != 0 || destination.Length < pixels.Length)
            {
                throw new ArgumentException("A sprite of " + pixels.Length + " pixels in rows of " + width
                    + " does not fit an array of " + destination.Length + ".");
            }

            CopyRows(MemoryMarshal.AsBytes(pixels), MemoryMarshal.AsBytes(View(destination)), width * 4, pixels.Length / width,
                width * 4, 0);
        }

        // NativeArray.AsSpan came with 2022.2; this works in 2021.3 too and keeps its safety checks.
        private static unsafe Span<T> View<T>(NativeArray<T> array) where T : struct =>
            new Span<T>(NativeArrayUnsafeUtility.GetUnsafePtr(array), array.Length);

        private static void CopyRows(ReadOnlySpan<byte> from, Span<byte> to, int rowBytes, int height, int stride, int start)
        {
            for (int row = 0; row < height; row++)
            {
                from.Slice((height - 1 - row) * rowBytes, rowBytes).CopyTo(to.Slice(start + row * stride, rowBytes));
            }
        }

        private static void CheckFormat(Texture2D texture, TextureFormat expected)
        {
            if (texture == null) throw new ArgumentNullException(nameof(texture));
            if (texture.format != expected || texture.mipmapCount != 1)
            {
                throw new ArgumentException("Texture '" + texture.name + "' is " + texture.format + " with " + texture.mipmapCount
                    + " mip levels, expected " + expected + " with one: new Texture2D(width, height, TextureFormat." + expected
                    + ", false).", nameof(texture));
            }
        }

        private static void CheckPlace(int count, int textureWidth, int textureHeight, int width, int height, int x, int y)
        {
            if (width >= 1 && height >= 1 && count == (long)width * height
                && x >= 0 && y >= 0 && x <= textureWidth - width && y <= textureHeight - height) return;
            throw new ArgumentException(count + " pixels as a sprite of " + width + "x" + height + " at (" + x + ", " + y
                + ") do not fit a texture of " + textureWidth + "x" + textureHeight + ".");
        }
    }
}
