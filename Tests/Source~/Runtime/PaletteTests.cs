using System;
using NUnit.Framework;

namespace VaeContent.Tests.Runtime
{
    public sealed class PaletteTests
    {
        private static readonly Rgba32 Red = new Rgba32(255, 0, 0), Green = new Rgba32(0, 255, 0),
            Grey = new Rgba32(90, 90, 90, 128);

        private static readonly Palette Four = new Palette(new[] { default, Red, Green, Grey });

        [Test]
        public void RecolouringMakesANewPalette()
        {
            var swapped = Four.With(1, Green).Replace(Grey, Red);
            Assert.That(swapped.Colours.ToArray(), Is.EqualTo(new[] { default, Green, Green, Red }));
            Assert.That(Four[1], Is.EqualTo(Red));
            Assert.That(Four.Map(c => new Rgba32(1, 2, 3)).Colours.ToArray()[0], Is.EqualTo(default(Rgba32)));
            Assert.That(Four.Count, Is.EqualTo(4));
        }

        [Test]
        public void HueTurnsAndGreysStay()
        {
            var turned = Four.ShiftHue(120f);
            Assert.That(turned[1], Is.EqualTo(Green));
            Assert.That(turned[2], Is.EqualTo(new Rgba32(0, 0, 255)));
            Assert.That(turned[3], Is.EqualTo(Grey));
        }

        [Test]
        public void TintGoesFromNothingToASilhouette()
        {
            Assert.That(Four.Tint(Red, 0f).Colours.ToArray(), Is.EqualTo(Four.Colours.ToArray()));
            Assert.That(Four.Tint(Red, 1f)[3], Is.EqualTo(new Rgba32(255, 0, 0, 128)));
        }

        [Test]
        public void UnknownIndicesAreTransparent()
        {
            var pixels = new Rgba32[3];
            Four.Apply(new byte[] { 1, 200, 3 }, pixels);
            Assert.That(pixels, Is.EqualTo(new[] { Red, default, Grey }));
        }

        [Test]
        public void WrongPalettesAreRefused()
        {
            Assert.That(() => new Palette(new Rgba32[1]), Throws.ArgumentException);
            Assert.That(() => new Palette(new Rgba32[257]), Throws.ArgumentException);
            Assert.That(() => new Palette(new[] { Red, Green }), Throws.ArgumentException);
            Assert.That(() => Four.With(0, Red), Throws.TypeOf<ArgumentOutOfRangeException>());
            Assert.That(() => Four.With(4, Red), Throws.TypeOf<ArgumentOutOfRangeException>());
            Assert.That(() => Four[4], Throws.TypeOf<IndexOutOfRangeException>());
        }
    }
}
