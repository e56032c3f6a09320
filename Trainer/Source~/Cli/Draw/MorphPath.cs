using System;
using System.Collections.Generic;
using System.Linq;
using VaeContent.Trainer.Training;

namespace VaeContent.Trainer.Cli;

/// <summary>Latents from waypoint to waypoint, and the sprites there.</summary>
internal sealed class MorphPath
{
    /// <summary>What <c>--path</c> takes.</summary>
    public const string Linear = "linear", Spherical = "spherical", Smooth = "smooth", Data = "data";

    private readonly SpriteGenerator _generator;
    private readonly IReadOnlyList<Waypoint> _points;
    private readonly Action<int, float, float[]> _leg; // leg, t in 0..1, latent

    /// <summary>A way of one kind through two waypoints or more, back to the first if <paramref name="closed"/>.</summary>
    /// <exception cref="UserError">There is no such kind, or this prior cannot go it.</exception>
    public MorphPath(SpriteGenerator generator, IReadOnlyList<Waypoint> points, string kind, bool closed)
    {
        _generator = generator;
        _points = points;
        Legs = closed ? points.Count : points.Count - 1;
        float[] all = [.. points.SelectMany(point => point.Latent)];
        _leg = kind switch
        {
            Linear => (leg, t, z) => Latent.Lerp(From(leg).Latent, To(leg).Latent, t, z),
            Spherical => (leg, t, z) => Latent.Slerp(From(leg).Latent, To(leg).Latent, t, z),
            Smooth => (leg, t, z) => Latent.Path(all, (leg + t) / Legs, closed, z),
            Data => AlongData(),
            _ => throw new UserError($"--path {kind}: expected {Linear}, {Spherical}, {Smooth} or {Data}."),
        };
    }

    /// <summary>Ways from one waypoint to the next.</summary>
    public int Legs { get; }

    /// <summary>The latent at <paramref name="t"/>, 0..1, of a leg: at 0 and 1 the waypoints', bit for bit.</summary>
    public void LatentAt(int leg, float t, float[] z)
    {
        if (t <= 0f) From(leg).Latent.CopyTo(z, 0);
        else if (t >= 1f) To(leg).Latent.CopyTo(z, 0);
        else _leg(leg, t, z);
    }

    /// <summary>The sprite there; valid until the next call.</summary>
    public ReadOnlySpan<Rgba32> At(int leg, float t)
    {
        var z = new float[_generator.Bundle.LatentSize];
        LatentAt(leg, t, z);
        return _generator.DecodeBlend(z, From(leg).Label, Math.Max(To(leg).Label, 0), t);
    }

    private Waypoint From(int leg) => _points[leg];

    private Waypoint To(int leg) => _points[(leg + 1) % _points.Count];

    // Through the prior: the noise of a network keeps its usual length, and the network puts it where sprites are; a mixture has
    // stepping stones.
    private Action<int, float, float[]> AlongData()
    {
        Prior prior = _generator.Bundle.Prior;
        if (prior.IsNetwork)
        {
            if (_points.FirstOrDefault(point => point.Noise is null) is { } other)
                throw new UserError($"'{other.Name}' is not a seed, and through a network prior '--path data' leads between "
                    + "seeds only. Take '--path spherical', or export with --prior mixture.");
            var noise = new float[prior.NoiseSize];
            return (leg, t, z) =>
            {
                Latent.Slerp(From(leg).Noise, To(leg).Noise, t, noise);
                _generator.LatentOf(noise, From(leg).Label, Math.Max(To(leg).Label, 0), t, z);
            };
        }
        // N(0, I): its shell is the data's
        if (prior.ComponentCount == 0) return (leg, t, z) => Latent.Slerp(From(leg).Latent, To(leg).Latent, t, z);
        MixturePath[] ways = [.. Enumerable.Range(0, Legs)
            .Select(leg => new MixturePath(prior, From(leg).Latent, From(leg).Label, To(leg).Latent, To(leg).Label))];
        return (leg, t, z) => ways[leg].At(t, z);
    }
}
