using System;
using System.Linq;
using NUnit.Framework;
using VaeContent.Internal;

namespace VaeContent.Tests.Runtime
{
    /// <summary>Characters: one latent in every pose.</summary>
    public sealed class CharacterTests
    {
        private static readonly VaeBundle Bundle = TestBundles.Load(TestBundles.Posed());

        private static readonly (string Pose, int Frame)[] Frames = { ("walk", 0), ("walk", 1), ("bow", 0) };

        [Test]
        public void ABundleKnowsItsPoses()
        {
            Assert.That(Bundle.Poses.Select(pose => (pose.Name, pose.Row, pose.Frames, pose.FrameMilliseconds)),
                Is.EqualTo(new[] { ("walk", 0, 2, 120), ("bow", 1, 1, 80) }));
            Assert.That((Bundle.Frames("walk"), Bundle.Frames("bow"), Bundle.PoseLabel("bow", 0)), Is.EqualTo((2, 1, 2)));
            Assert.That((Bundle.SheetWidth, Bundle.SheetHeight), Is.EqualTo((2 * Bundle.Width, 2 * Bundle.Height)));
            var single = TestBundles.Load(TestBundles.Indexed());
            Assert.That((single.Poses.Count, single.SheetWidth, single.SheetHeight), Is.EqualTo((0, 0, 0)));
        }

        [Test]
        public void ASeedHasOneLatentInEveryPose()
        {
            using var generator = new SpriteGenerator(Bundle);
            for (long seed = 0; seed < 20; seed++)
            {
                var latents = Frames.Select(one =>
                {
                    generator.Generate(seed, one.Pose, one.Frame);
                    return generator.Latent.ToArray();
                }).ToArray();
                Assert.That(latents[1], Is.EqualTo(latents[0]));
                Assert.That(latents[2], Is.EqualTo(latents[0]));
                foreach (var (pose, frame) in Frames)
                {
                    Assert.That(generator.Generate(seed, pose, frame).ToArray(),
                        Is.EqualTo(generator.Decode(latents[0], Bundle.Labels[Bundle.PoseLabel(pose, frame)]).ToArray()));
                }
            }
        }

        [TestCase(1)]
        [TestCase(64)]
        public void ASheetHoldsEveryFrameInItsPlace(int batch)
        {
            using var generator = new SpriteGenerator(Bundle, new GeneratorOptions { BatchSize = batch });
            var sheet = new Rgba32[Bundle.SheetWidth * Bundle.SheetHeight];
            Array.Fill(sheet, new Rgba32(9, 9, 9));
            generator.GenerateSheet(7, sheet);
            foreach (var (pose, frame) in Frames)
                Assert.That(Cell(sheet, Bundle.Pose(pose).Row, frame), Is.EqualTo(generator.Generate(7, pose, frame).ToArray()));
            Assert.That(Cell(sheet, 1, 1), Has.All.EqualTo(default(Rgba32)), "bow has one frame");

            var latent = new float[Bundle.LatentSize];
            var again = new Rgba32[sheet.Length];
            generator.SampleLatent(7, latent);
            generator.DecodeSheet(latent, again);
            Assert.That(again, Is.EqualTo(sheet));
        }

        [Test]
        public void CharactersMorphInAnyPoseAndSwapPalettes()
        {
            using var generator = new SpriteGenerator(Bundle);
            var sheet = new Rgba32[Bundle.SheetWidth * Bundle.SheetHeight];
            generator.InterpolateSheet(3, 8, 0.4f, sheet);
            foreach (var (pose, frame) in Frames)
            {
                Assert.That(Cell(sheet, Bundle.Pose(pose).Row, frame),
                    Is.EqualTo(generator.Interpolate(3, 8, 0.4f, pose, frame).ToArray()));
                Assert.That(generator.Interpolate(3, 8, 0f, pose, frame).ToArray(),
                    Is.EqualTo(generator.Generate(3, pose, frame).ToArray()));
            }

            var grey = Bundle.Palette!.Tint(new Rgba32(128, 128, 128), 1f);
            generator.GenerateSheet(3, sheet, palette: grey);
            Assert.That(Cell(sheet, 0, 1), Is.EqualTo(generator.Generate(3, "walk", 1, palette: grey).ToArray()));
        }

        [Test]
        public void SheetsMakeNoGarbage()
        {
            using var generator = new SpriteGenerator(Bundle);
            var sheet = new Rgba32[Bundle.SheetWidth * Bundle.SheetHeight];
            Assert.That(Allocation.Least(() =>
            {
                for (int i = 0; i < 100; i++)
                {
                    generator.GenerateSheet(i, sheet);
                    generator.InterpolateSheet(i, i + 1, 0.5f, sheet);
                    generator.Generate(i, "walk", 1);
                    generator.Interpolate(i, i + 1, 0.5f, "bow", 0);
                }
            }), Is.Zero);
        }

        [Test]
        public void ReposeDrawsTheSheetOfTheLatentItSees()
        {
            using var generator = new SpriteGenerator(Bundle);
            using var encoder = new SpriteEncoder(EncoderBundle.Load(TestBundles.Encoder(true).ToBundle(), "test.encoder.vae"));
            Rgba32[] sprite = generator.Generate(5, "walk", 1).ToArray(), other = generator.Generate(5, "bow", 0).ToArray();
            float[] mu = new float[Bundle.LatentSize], otherMu = new float[Bundle.LatentSize],
                logVar = new float[Bundle.LatentSize];
            encoder.Encode(sprite, 1, mu, logVar, new[] { 1 });
            encoder.Encode(other, 1, otherMu, logVar, new[] { 2 });
            Rgba32[] sheet = new Rgba32[Bundle.SheetWidth * Bundle.SheetHeight], expected = new Rgba32[sheet.Length];
            generator.Repose(encoder, sprite, "walk", 1, sheet);
            generator.DecodeSheet(mu, expected);
            Assert.That(sheet, Is.EqualTo(expected));
            Assert.That(Allocation.Least(() => generator.Repose(encoder, sprite, "walk", 1, sheet)), Is.Zero);

            var both = new float[Bundle.LatentSize];
            encoder.EncodeCharacter(sprite.Concat(other).ToArray(), new[] { 1, 2 }, both);
            Assert.That(both, Is.EqualTo(mu.Zip(otherMu, (a, b) => (a + b) / 2)).Within(1e-6f));
        }

        [Test]
        public void MistakesNameWhatThereIs()
        {
            using var generator = new SpriteGenerator(Bundle);
            var sheet = new Rgba32[Bundle.SheetWidth * Bundle.SheetHeight];
            Assert.That(() => generator.Generate(1, "jump", 0),
                Throws.ArgumentException.With.Message.Contains("it has: walk, bow."));
            Assert.That(() => generator.Generate(1, "walk", 2),
                Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("'walk' has the frames 0 to 1."));
            Assert.That(() => generator.GenerateSheet(1, new Rgba32[sheet.Length - 1]),
                Throws.ArgumentException.With.Message.Contains("sheet width x height = " + sheet.Length));
            using var single = new SpriteGenerator(TestBundles.Load(TestBundles.Indexed(true)));
            Assert.That(() => single.GenerateSheet(1, sheet), Throws.InvalidOperationException.With.Message.Contains("no poses"));
            Assert.That(() => single.Generate(1, "knight", 1), Throws.ArgumentException.With.Message.Contains("write 1f"));
            var other = TestBundles.Encoder(true).With(BundleKeys.Model, new string('b', 32)).ToBundle();
            using var encoder = new SpriteEncoder(EncoderBundle.Load(other, "other.encoder.vae"));
            Assert.That(() => generator.Repose(encoder, new Rgba32[generator.PixelCount], "walk", 0, sheet),
                Throws.ArgumentException.With.Message.Contains("not the encoder of 'test.vae'"));
        }

        [TestCase("walk\t2\t120", "a list of 2 frames")]
        [TestCase("walk\t2\t120\nbow\t2\t80", "a list of 4 frames")]
        [TestCase("walk\t2\t120\nwalk\t1\t80", "every name once")]
        [TestCase("walk\t2\t120\nbow\t1", "name TAB frames TAB milliseconds")]
        [TestCase("walk\t0\t120\nbow\t3\t80", "a whole number from 1 to 3")]
        public void DamagedPosesAreRefusedAtLoad(string poses, string expected) => Assert.That(
            () => TestBundles.Load(TestBundles.Posed().With(BundleKeys.Poses, poses)),
            Throws.TypeOf<VaeBundleException>().With.Message.Contains(expected));

        private static Rgba32[] Cell(Rgba32[] sheet, int row, int column) =>
            Enumerable.Range(0, Bundle.Width * Bundle.Height)
                .Select(i => sheet[(((row * Bundle.Height) + (i / Bundle.Width)) * Bundle.SheetWidth)
                    + (column * Bundle.Width) + (i % Bundle.Width)])
                .ToArray();
    }
}
