using System;
using System.Threading.Tasks;

namespace VaeContent.Trainer.Data;

/// <summary>
/// Weighted k-means over colours as they show, in OKLab (Lloyd 1982), started by <see cref="KMeansPlusPlus"/>, deterministic
/// for a seed.
/// Its result is colours of the set itself: each centre gives way to the member of its cluster nearest to it.
/// </summary>
internal sealed class ColourClusters
{
    // 30 rounds instead of 10 lower the mean error by 1% (Dungeon Crawl tiles, 255 colours) and take twice as long.
    private const int MaxRounds = 10;
    private readonly ShownColour[] _points;
    private readonly double[] _weights;
    private readonly ShownColour[] _centres;
    private readonly int[] _cluster;

    private ColourClusters(ShownColour[] points, double[] weights, int count, long seed)
    {
        _points = points;
        _weights = weights;
        _cluster = new int[points.Length];
        var random = new SplitMix(seed);
        (int[] start, _) = KMeansPlusPlus.Start(weights, count, (i, j) => points[i].DistanceSquared(points[j]),
            _ => random.Unit());
        _centres = Array.ConvertAll(start, i => points[i]);
        for (int round = 0; Assign() && round < MaxRounds; round++) Move();
    }

    /// <summary>
    /// The indices of <paramref name="count"/> points, or fewer where points coincide, that stand for all of them.
    /// </summary>
    public static int[] Choose(ShownColour[] points, double[] weights, int count, long seed) =>
        new ColourClusters(points, weights, count, seed).Members();

    private bool Assign()
    {
        int changed = 0;
        Parallel.For(0, _points.Length, Cores.All, i =>
        {
            int nearest = Nearest(_centres, _points[i]);
            if (nearest == _cluster[i]) return;
            _cluster[i] = nearest;
            changed = 1;
        });
        return changed == 1;
    }

    /// <summary>The index of the centre nearest to a point; of equally near ones the first.</summary>
    public static int Nearest(ReadOnlySpan<ShownColour> centres, ShownColour point)
    {
        int nearest = 0;
        float best = float.MaxValue;
        for (int c = 0; c < centres.Length; c++)
        {
            float d = point.DistanceSquared(centres[c]);
            if (d >= best) continue;
            best = d;
            nearest = c;
        }
        return nearest;
    }

    private void Move()
    {
        var sums = new (double Weight, Sum Black, Sum White)[_centres.Length];
        for (int i = 0; i < _points.Length; i++)
        {
            ref var sum = ref sums[_cluster[i]];
            double w = _weights[i];
            sum = (sum.Weight + w, sum.Black.Add(w, _points[i].OverBlack), sum.White.Add(w, _points[i].OverWhite));
        }
        for (int c = 0; c < _centres.Length; c++)
        {
            var (weight, black, white) = sums[c];
            if (weight > 0) _centres[c] = new ShownColour(black.Over(weight), white.Over(weight));
        }
    }

    private int[] Members()
    {
        var member = new int[_centres.Length];
        Array.Fill(member, -1);
        for (int i = 0; i < _points.Length; i++)
        {
            ref int best = ref member[_cluster[i]];
            ShownColour centre = _centres[_cluster[i]];
            if (best < 0 || _points[i].DistanceSquared(centre) < _points[best].DistanceSquared(centre)) best = i;
        }
        return Array.FindAll(member, i => i >= 0);
    }

    private readonly record struct Sum(double L, double A, double B)
    {
        public Sum Add(double weight, Oklab colour) => new(L + weight * colour.L, A + weight * colour.A, B + weight * colour.B);

        public Oklab Over(double weight) => new((float)(L / weight), (float)(A / weight), (float)(B / weight));
    }
}
