using System;

namespace VaeContent.Internal.Managed
{
    /// <summary>
    /// scale a b + c for each of some matrices: a (M, K), b (K, N), c of one row or of M. Gemm and MatMul. A constant b is packed
    /// once, by the caller.
    /// </summary>
    internal sealed unsafe class ProductStep : Step
    {
        private readonly Value _a;
        private readonly Value _b;
        private readonly Value _to;
        private readonly Value? _c;
        private readonly Value? _panels;
        private readonly Value? _tiles; // a, packed; a single row is read as it is
        private readonly int _rows;
        private readonly int _depth;
        private readonly int _columns;
        private readonly int _cStep; // from one row of c to the next
        private readonly float _scale;
        private readonly int[] _aStarts; // of each matrix of a
        private readonly int[] _bStarts;
        private readonly int[] _offsets;

        /// <summary><paramref name="packed"/>: b in panels already.</summary>
        internal ProductStep(Value a, Value b, bool packed, Value? c, Value to, (int Rows, int Depth, int Columns) size,
            float scale, int[] aStarts, int[] bStarts) : base(a, b)
        {
            _a = a;
            _b = b;
            _c = c;
            if (c != null) Reads.Add(c);
            _to = Output(to);
            (_rows, _depth, _columns) = size;
            _cStep = c == null || c.Count == _columns ? 0 : _columns;
            _scale = scale;
            _aStarts = aStarts;
            _bStarts = bStarts;
            if (!packed) _panels = Scratch(Product.PanelSize(_depth, _columns));
            if (_rows > 1) _tiles = Scratch(Tiles * Product.Rows * _depth);
            _offsets = new int[_depth];
            for (int i = 0; i < _depth; i++) _offsets[i] = i * Product.Columns;
        }

        private int Tiles => (_rows + Product.Rows - 1) / Product.Rows;

        internal static float[] Pack(ReadOnlySpan<float> b, int rows, int columns)
        {
            var panels = new float[Product.PanelSize(rows, columns)];
            fixed (float* from = b)
            fixed (float* to = panels)
            {
                for (int row = 0; row < rows; row++) Product.PackRow(from + row * columns, 0, 1, columns, to, rows, row);
            }

            return panels;
        }

        internal override void Run(float* memory)
        {
            float* c = _c == null ? null : memory + _c.Offset, to = memory + _to.Offset;
            fixed (int* offsets = _offsets)
            {
                for (int i = 0; i < _aStarts.Length; i++, to += _rows * _columns)
                {
                    float* a = memory + _a.Offset + _aStarts[i], b = memory + _b.Offset + _bStarts[i];
                    if (_panels != null) b = PackB(b, memory + _panels.Offset);
                    if (_tiles == null) MultiplyRow(a, b, c, to);
                    else Multiply(PackA(a, memory + _tiles.Offset), b, c, to, offsets);
                }
            }
        }

        private float* PackB(float* b, float* panels)
        {
            for (int row = 0; row < _depth; row++) Product.PackRow(b + row * _columns, 0, 1, _columns, panels, _depth, row);
            return panels;
        }

        private float* PackA(float* a, float* tiles)
        {
            for (int row = 0; row < _rows; row += Product.Rows)
            {
                Product.PackTile(a + row * _depth, _rows - row, _depth, tiles + row * _depth);
            }

            return tiles;
        }

        private void MultiplyRow(float* a, float* panels, float* c, float* to)
        {
            int width = Product.Columns;
            float* tile = stackalloc float[width];
            for (int column = 0; column < _columns; column += width, panels += _depth * width)
            {
                Product.Row(a, panels, _depth, tile);
                Finish(tile, c == null ? null : c + column, to + column, Math.Min(width, _columns - column));
            }
        }

        private void Multiply(float* tiles, float* panels, float* c, float* to, int* offsets)
        {
            int width = Product.Columns;
            float* tile = stackalloc float[Product.Rows * width];
            for (int column = 0; column < _columns; column += width, panels += _depth * width)
            {
                int columns = Math.Min(width, _columns - column);
                for (int row = 0; row < _rows; row += Product.Rows)
                {
                    Product.Tile(tiles + row * _depth, panels, offsets, _depth, tile);
                    int rows = Math.Min(Product.Rows, _rows - row);
                    for (int r = 0; r < rows; r++)
                    {
                        int at = (row + r) * _columns + column;
                        Finish(tile + r * width, c == null ? null : c + (row + r) * _cStep + column, to + at, columns);
                    }
                }
            }
        }

        private void Finish(float* sums, float* c, float* to, int count)
        {
            if (_scale != 1f)
            {
                for (int i = 0; i < count; i++) sums[i] = (float)(_scale * sums[i]);
            }

            if (c != null) Elementwise.Apply(Function.Add, sums, c, null, to, count, 0f);
            else new Span<float>(sums, count).CopyTo(new Span<float>(to, count));
        }
    }
}
