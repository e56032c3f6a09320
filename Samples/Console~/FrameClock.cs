using System;
using System.Diagnostics;
using System.Threading;

namespace VaeContent.Samples
{
    /// <summary>Calls for a number of frames at a steady rate, and measures the work and the garbage of each.</summary>
    public sealed class FrameClock
    {
        private readonly double _interval;
        private readonly double[] _work;
        private readonly Stopwatch _clock = Stopwatch.StartNew();
        private double _began;
        private long _allocated;
        private int _frame;

        /// <summary>A clock for a number of frames.</summary>
        public FrameClock(int framesPerSecond, int frames)
        {
            _interval = 1.0 / framesPerSecond;
            _work = new double[frames];
        }

        /// <summary>Bytes of managed garbage of all frames but the first, which compiles the code.</summary>
        public long Allocated { get; private set; }

        /// <summary>What was measured, on one line.</summary>
        public string Report
        {
            get
            {
                double[] sorted = _work.AsSpan(0, _frame).ToArray();
                Array.Sort(sorted);
                return $"{_frame} frames at {_frame / _clock.Elapsed.TotalSeconds:F1} a second; work: median "
                    + $"{sorted[_frame / 2] * 1000:F2} ms, p99 {sorted[_frame * 99 / 100] * 1000:F2} ms, longest "
                    + $"{sorted[^1] * 1000:F2} ms; garbage: {Allocated} B";
            }
        }

        /// <summary>Waits for the next frame and gives its time in seconds; false after the last.</summary>
        public bool Next(out double time)
        {
            time = _frame * _interval;
            if (_frame == _work.Length) return false;
            // Sleeps are coarse: the last two milliseconds are waited for in small steps.
            while (time - _clock.Elapsed.TotalSeconds > 0.002) Thread.Sleep(1);
            while (_clock.Elapsed.TotalSeconds < time) Thread.Yield();
            _began = _clock.Elapsed.TotalSeconds;
            _allocated = GC.GetAllocatedBytesForCurrentThread();
            return true;
        }

        /// <summary>Says that the frame's work is done.</summary>
        public void Worked()
        {
            if (_frame > 0) Allocated += GC.GetAllocatedBytesForCurrentThread() - _allocated;
            _work[_frame++] = _clock.Elapsed.TotalSeconds - _began;
        }
    }
}
