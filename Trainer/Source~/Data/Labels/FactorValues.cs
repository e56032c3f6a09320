using System;
using System.Collections;
using System.Collections.Generic;

namespace VaeContent.Trainer.Data;

/// <summary>
/// Values of factors, a row per sprite, at a byte each: few values come up again and again. A column keeps 256 different ones; a
/// row with another keeps its texts.
/// </summary>
/// <param name="columns">Factors, F.</param>
internal sealed class FactorValues(int columns)
{
    private const int MostValues = 256;
    private readonly List<byte> _codes = []; // (rows, F)
    private readonly List<string>[] _values = New<List<string>>(columns);
    private readonly Dictionary<string, byte>[] _codeOf = New<Dictionary<string, byte>>(columns);

    /// <summary>The same texts, kept small.</summary>
    public IReadOnlyList<string> Keep(string[] texts)
    {
        int start = _codes.Count;
        for (int i = 0; i < columns; i++)
        {
            if (!_codeOf[i].TryGetValue(texts[i], out byte code))
            {
                if (_values[i].Count == MostValues)
                {
                    _codes.RemoveRange(start, i);
                    return texts;
                }
                _codeOf[i][texts[i]] = code = (byte)_values[i].Count;
                _values[i].Add(texts[i]);
            }
            _codes.Add(code);
        }
        return new Row(this, start);
    }

    private static T[] New<T>(int count) where T : new() => Array.ConvertAll(new byte[count], _ => new T());

    private sealed class Row(FactorValues all, int start) : IReadOnlyList<string>
    {
        public int Count => all._values.Length;

        public string this[int index] => all._values[index][all._codes[start + index]];

        public IEnumerator<string> GetEnumerator()
        {
            for (int i = 0; i < Count; i++) yield return this[i];
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
