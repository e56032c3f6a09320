using System;
using System.Collections.Generic;

namespace VaeContent.Internal.Managed
{
    /// <summary>
    /// A convolution or its transpose as matrix products. Each output place of one phase sees the input through the same taps:
    /// the input, shifted, makes the rows of the panels, one for each shift and channel. A convolution has one phase, a
    /// transposed one of stride s has s x s, each of which fills every s-th row and column of the output.
    /// </summary>
    internal sealed unsafe class ConvolutionStep : Step
    {
        private readonly Value _x;
        private readonly Value _to;
        private readonly Value? _bias;
        private readonly Value _panels;
        private readonly Value? _padded; // a plane with zeros around it
        private readonly ConvolutionWeights _weights;
        private readonly int _gridHeight; // places of a phase
        private readonly int _gridWidth;
        private readonly int _width;      // of the output
        private readonly int _plane;      // its elements

        internal ConvolutionStep(Value x, ConvolutionWeights weights, Value? bias, Value to) : base(x)
        {
            _x = x;
            _weights = weights;
            _bias = bias;
            if (bias != null) Reads.Add(bias);
            _to = Output(to);
            _width = to.Shape[3];
            _plane = to.Shape[2] * _width;
            int stride = weights.OutputStride;
            _gridHeight = (to.Shape[2] + stride - 1) / stride;
            _gridWidth = (_width + stride - 1) / stride;
            _panels = Scratch(Product.PanelSize(weights.Depth, _gridHeight * _gridWidth));
            if (!IsPlain) _padded = Scratch(PaddedHeight * PaddedWidth);
        }

        private int Height => _x.Shape[2];

        private int Width => _x.Shape[3];

        // 1x1: the input's planes are the panels' rows as they are.
        private bool IsPlain => _weights.Shifts.Count == 1 && _weights.Top == 0 && _weights.Left == 0 && _weights.InputStride == 1
            && _gridHeight == Height && _gridWidth == Width;

        private int PaddedHeight => Math.Max(_weights.Top + Height, (_gridHeight - 1) * _weights.InputStride + _weights.Tall);

        private int PaddedWidth => Math.Max(_weights.Left + Width, (_gridWidth - 1) * _weights.InputStride + _weights.Wide);

        internal override void Run(float* memory)
        {
            int channels = _x.Shape[1], plane = Height * Width;
            float* x = memory + _x.Offset, to = memory + _to.Offset, panels = memory + _panels.Offset;
            float* bias = _bias == null ? null : memory + _bias.Offset;
            float* padded = _padded == null ? null : memory + _padded.Offset;
            if (_padded != null) new Span<float>(padded, _padded.Count).Clear();
            for (int n = 0; n < _x.Shape[0]; n++, to += _to.Shape[1] * _plane)
            {
                for (int c = 0; c < channels; c++, x += plane)
                {
                    if (padded == null) Product.PackRow(x, 0, 1, plane, panels, channels, c);
                    else PackShifted(x, padded, panels, c);
                }

                foreach (var phase in _weights.Phases)
                {
                    fixed (float* a = phase.Weights)
                    fixed (int* offsets = phase.Offsets)
                    {
                        Multiply(phase, a, offsets, panels, bias, to);
                    }
                }
            }
        }

        private void PackShifted(float* from, float* padded, float* panels, int channel)
        {
            int stride = _weights.InputStride, width = PaddedWidth;
            for (int y = 0; y < Height; y++)
            {
                new Span<float>(from + y * Width, Width).CopyTo(
                    new Span<float>(padded + (y + _weights.Top) * width + _weights.Left, Width));
            }

            int row = channel * _weights.Shifts.Count;
            foreach (var (down, right) in _weights.Shifts)
            {
                float* first = padded + down * width + right;
                if (stride == 1)
                {
                    Product.PackRow(first, width, _gridHeight, _gridWidth, panels, _weights.Depth, row);
                }
                else
                {
                    for (int y = 0; y < _gridHeight; y++)
                    {
                        PackStrided(first + y * stride * width, stride, panels, row, y * _gridWidth);
                    }
                }

                row++;
            }
        }

        private void PackStrided(float* line, int stride, float* panels, int row, int column)
        {
            int width = Product.Columns;
            for (int x = 0; x < _gridWidth; x++, column++)
            {
                panels[(column / width * _weights.Depth + row) * width + column % width] = line[x * stride];
            }
        }

        private void Multiply(ConvolutionWeights.Phase phase, float* a, int* offsets, float* panels, float* bias, float* to)
        {
            int width = Product.Columns, places = _gridHeight * _gridWidth, channels = _to.Shape[1], depth = phase.Offsets.Length;
            float* tile = stackalloc float[Product.Rows * width];
            for (int place = 0; place < places; place += width, panels += _weights.Depth * width)
            {
                int count = Math.Min(width, places - place);
                for (int channel = 0; channel < channels; channel += Product.Rows)
                {
                    Product.Tile(a + channel * depth, panels, offsets, depth, tile);
                    int most = Math.Min(Product.Rows, channels - channel);
                    for (int r = 0; r < most; r++)
                    {
                        float shift = bias == null ? 0f : bias[channel + r];
                        Store(phase, tile + r * width, shift, to + (channel + r) * _plane, place, count);
                    }
                }
            }
        }

        private void Store(ConvolutionWeights.Phase phase, float* sums, float bias, float* to, int place, int count)
        {
            int stride = _weights.OutputStride;
            if (stride == 1)
            {
                for (int i = 0; i < count; i++) to[place + i] = (float)(sums[i] + bias);
                return;
            }

            int y = place / _gridWidth, x = place - y * _gridWidth, height = _plane / _width;
            for (int i = 0; i < count; i++)
            {
                int row = y * stride + phase.Row, column = x * stride + phase.Column;
                if (row < height && column < _width) to[row * _width + column] = (float)(sums[i] + bias);
                if (++x == _gridWidth)
                {
                    x = 0;
                    y++;
                }
            }
        }
    }

    /// <summary>The weights of a convolution as its products take them; the same for every size of batch.</summary>
    internal sealed class ConvolutionWeights
    {
        private readonly List<(int Down, int Right)> _taps = new List<(int, int)>();

        /// <summary>How the input is shifted, each once, with zeros around it: from 0 up.</summary>
        internal List<(int Down, int Right)> Shifts { get; } = new List<(int, int)>();

        internal List<Phase> Phases { get; } = new List<Phase>();

        internal int InputStride { get; private set; } = 1;

        internal int OutputStride { get; private set; } = 1;

        /// <summary>Rows of zeros above the input.</summary>
        internal int Top { get; private set; }

        internal int Left { get; private set; }

        /// <summary>Rows that the shifts reach over.</summary>
        internal int Tall { get; private set; } = 1;

        internal int Wide { get; private set; } = 1;

        /// <summary>Rows of the panels: a channel's shifts, channel after channel.</summary>
        internal int Depth { get; private set; }

        /// <summary>w (M, C, kh, kw).</summary>
        internal static ConvolutionWeights Convolution(Value w, int stride, int top, int left)
        {
            int channels = w.Shape[1], kh = w.Shape[2], kw = w.Shape[3];
            var weights = new ConvolutionWeights { InputStride = stride };
            var taps = new List<(int Tap, int Down, int Right)>();
            for (int i = 0; i < kh * kw; i++) taps.Add((i, i / kw - top, i % kw - left));
            weights.SetShifts(taps, channels);
            weights.AddPhase(0, 0, taps, w.Shape[0], channels, (m, c, tap) => (m * channels + c) * kh * kw + tap, w.Root.Data);
            return weights;
        }

        /// <summary>w (C, M, kh, kw): output y takes the input's row (y + top - ky) / stride where that is whole.</summary>
        internal static ConvolutionWeights Transposed(Value w, int stride, int top, int left)
        {
            int channels = w.Shape[0], outputs = w.Shape[1], kh = w.Shape[2], kw = w.Shape[3];
            var weights = new ConvolutionWeights { OutputStride = stride };
            var phases = new List<List<(int Tap, int Down, int Right)>>();
            var all = new List<(int Tap, int Down, int Right)>();
            for (int phase = 0; phase < stride * stride; phase++)
            {
                var taps = new List<(int Tap, int Down, int Right)>();
                for (int i = 0; i < kh * kw; i++)
                {
                    int down = phase / stride + top - i / kw, right = phase % stride + left - i % kw;
                    if (down % stride == 0 && right % stride == 0) taps.Add((i, down / stride, right / stride));
                }

                phases.Add(taps);
                all.AddRange(taps);
            }

            weights.SetShifts(all, channels);
            for (int phase = 0; phase < phases.Count; phase++)
            {
                weights.AddPhase(phase / stride, phase % stride, phases[phase], outputs, channels,
                    (m, c, tap) => (c * outputs + m) * kh * kw + tap, w.Root.Data);
            }

            return weights;
        }

        private void SetShifts(List<(int Tap, int Down, int Right)> taps, int channels)
        {
            foreach (var (_, down, right) in taps)
            {
                Top = Math.Max(Top, -down);
                Left = Math.Max(Left, -right);
                if (!_taps.Contains((down, right))) _taps.Add((down, right));
            }

            foreach (var (down, right) in _taps)
            {
                Shifts.Add((down + Top, right + Left));
                Tall = Math.Max(Tall, down + Top + 1);
                Wide = Math.Max(Wide, right + Left + 1);
            }

            Depth = channels * Shifts.Count;
        }

        private void AddPhase(int row, int column, List<(int Tap, int Down, int Right)> taps, int outputs, int channels,
            Func<int, int, int, int> place, ReadOnlySpan<float> w)
        {
            var offsets = new int[channels * taps.Count];
            int tiles = (outputs + Product.Rows - 1) / Product.Rows;
            var packed = new float[tiles * Product.Rows * offsets.Length];
            int k = 0;
            for (int c = 0; c < channels; c++)
            {
                foreach (var (tap, down, right) in taps)
                {
                    offsets[k] = (c * Shifts.Count + _taps.IndexOf((down, right))) * Product.Columns;
                    for (int m = 0; m < outputs; m++)
                    {
                        int tile = m / Product.Rows;
                        packed[(tile * offsets.Length + k) * Product.Rows + m % Product.Rows] = w[place(m, c, tap)];
                    }

                    k++;
                }
            }

            Phases.Add(new Phase(row, column, packed, offsets));
        }

        /// <summary>
        /// The outputs at every s-th row and column from <see cref="Row"/> and <see cref="Column"/> on: weights in tiles of four
        /// channels, and where in the panel each weight's input lies.
        /// </summary>
        internal sealed class Phase
        {
            internal readonly int Row;
            internal readonly int Column;
            internal readonly float[] Weights;
            internal readonly int[] Offsets;

            internal Phase(int row, int column, float[] weights, int[] offsets)
            {
                Row = row;
                Column = column;
                Weights = weights;
                Offsets = offsets;
            }
        }
    }
}
