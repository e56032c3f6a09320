using System;
using NUnit.Framework;
using VaeContent.Editor;

namespace VaeContent.Tests.Editor;

public sealed class PrincipalDirectionsTests
{
    [Test]
    public void DirectionsAreThoseOfAKnownCloud()
    {
        // Around (1, 2, 3): spread 5 along (0.6, 0.8, 0), 2 along (-0.8, 0.6, 0), 0.5 along the third axis.
        const int count = 4000;
        var latents = new float[count * 3];
        var noise = new Sampler(7);
        for (int i = 0; i < count; i++)
        {
            float a = 5 * noise.Normal(3 * i), b = 2 * noise.Normal(3 * i + 1), c = 0.5f * noise.Normal(3 * i + 2);
            latents[3 * i] = 1 + 0.6f * a - 0.8f * b;
            latents[3 * i + 1] = 2 + 0.8f * a + 0.6f * b;
            latents[3 * i + 2] = 3 + c;
        }

        var found = new PrincipalDirections(latents, count);
        Assert.That(found.Mean, Is.EqualTo(new[] { 1f, 2f, 3f }).Within(0.3));
        float sign = MathF.Sign(found[0][0]);
        Assert.That(found[0].ToArray(), Is.EqualTo(new[] { sign * 3f, sign * 4f, 0f }).Within(0.2));
        sign = MathF.Sign(found[1][1]);
        Assert.That(found[1].ToArray(), Is.EqualTo(new[] { sign * -1.6f, sign * 1.2f, 0f }).Within(0.15));
        Assert.That(MathF.Abs(found[2][2]), Is.EqualTo(0.5f).Within(0.05));
    }

    [Test]
    public void MovingAddsStandardDeviations()
    {
        var found = new PrincipalDirections(new float[] { -3, 0, 3, 0, 0, 1, 0, -1 }, 4);
        float[] latent = { 10, 20 };
        found.Move(latent, new[] { 2f });
        Assert.That(MathF.Abs(latent[0] - 10), Is.EqualTo(2 * MathF.Sqrt(6)).Within(1e-4));
        Assert.That(latent[1], Is.EqualTo(20).Within(1e-4));
    }
}
