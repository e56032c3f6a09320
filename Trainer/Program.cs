using System;
using System.Diagnostics;
using VaeContent.Trainer.Engines;
using VaeContent.Trainer.Graphs;
using VaeContent.Trainer.Models;

namespace VaeContent.Trainer;

internal static class Program
{
    private static int Main(string[] args)
    {
        int threads = int.Parse(args[0]); int only = args.Length > 1 ? int.Parse(args[1]) : -1; int which = -1;
        foreach (var spec in new[] {
            new ModelSpec { Likelihood = Likelihood.Sigma, Hidden = 0, Activation = Activation.LeakyRelu },
            new ModelSpec { Likelihood = Likelihood.Sigma, Hidden = 0, Activation = Activation.Silu },
            new ModelSpec { Likelihood = Likelihood.Bernoulli, Hidden = 0, Activation = Activation.LeakyRelu },
            new ModelSpec { Likelihood = Likelihood.Palette, Colours = 32, Activation = Activation.LeakyRelu, Hidden=0 },
            new ModelSpec { Likelihood = Likelihood.Palette, Colours = 32, Activation = Activation.Silu },
            new ModelSpec { Likelihood = Likelihood.Palette, Colours = 32, Activation = Activation.Silu, Architecture=Architecture.Shuffle },
            new ModelSpec { Likelihood = Likelihood.Palette, Colours = 32, Activation = Activation.Silu, Width=32, Height=48 },
            new ModelSpec { Likelihood = Likelihood.Bernoulli, Architecture=Architecture.Mlp, Widths=[400], Activation = Activation.Silu, Width=24, Height=24 },
        })
        {
            if (only >= 0 && ++which != only) continue;
            const int batch = 64;
            var graph = new TrainingGraph(new VaeGraph(spec, batch), 100f);
            var state = TrainingState.Initial(graph.Vae.Graph, 1);
            var engine = new OrtEngine(threads);
            using var session = engine.Start(graph, state);
            new Random(1).NextBytes(session.Sprites);
            if (spec.Likelihood == Likelihood.Palette) for (int i = 0; i < session.Indices.Length; i++) session.Indices[i] = (byte)(i * 7 % 32);
            NormalNoise.Fill(session.Noise, 1, 1);
            var times = new System.Collections.Generic.List<double>();
            Losses l = default; string first = "";
            for (int t = 1; t <= 60; t++) {
                long a = Stopwatch.GetTimestamp();
                l = session.Step(new StepSettings(t, 1e-3f, 1f, .999f));
                if (t == 1) first = l.ToString();
                times.Add(Stopwatch.GetElapsedTime(a).TotalMilliseconds);
            }
            times.Sort();
            Console.WriteLine($"{spec.Describe()} P={state.Weights.Length} median {times[30]:F1} min {times[0]:F1} ms  {batch / times[30] * 1000:F0} img/s  {first} -> {l} eval {session.Evaluate()}");
        }
        return 0;
    }
}
