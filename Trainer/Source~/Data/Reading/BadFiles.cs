using System.Collections.Generic;
using System.Linq;

namespace VaeContent.Trainer.Data;

/// <summary>Files of a set that cannot be read, and those that a strict reader would have refused.</summary>
internal sealed class BadFiles
{
    private const int Named = 12, NamedInNotes = 3;

    private readonly List<(string File, UserError Error)> _bad = [];
    private readonly List<(string File, string Faults)> _faulty = [];

    /// <summary>How many cannot be read.</summary>
    public int Count => _bad.Count;

    /// <summary>Adds one that cannot be read.</summary>
    public void Add(string file, UserError error) => _bad.Add((file, error));

    /// <summary>Adds one whose faults were passed over.</summary>
    public void AddFaults(string file, string faults) => _faulty.Add((file, faults));

    /// <summary>Refuses the set where files cannot be read and nobody said to continue without them: names all at once.</summary>
    /// <exception cref="UserError">There are such files.</exception>
    public void Check(string dir, bool skip)
    {
        if (_bad.Count == 0 || skip) return;
        if (_bad.Count == 1)
            throw new UserError($"{_bad[0].Error.Message} Or continue without it: --skip-bad.", _bad[0].Error);
        throw new UserError($"'{dir}' holds {_bad.Count} files that cannot be read: {Some(Named)}. Copy or export them again, or "
            + "continue without them: --skip-bad.");
    }

    /// <summary>What was left out or passed over, each in a sentence.</summary>
    public IEnumerable<string> Notes
    {
        get
        {
            if (_bad.Count > 0) yield return $"Left out {_bad.Count} files that cannot be read: {Some(Named)}.";
            if (_faulty.Count > 0)
                yield return $"{_faulty.Count} files have faults that were passed over: "
                    + string.Join(", ", _faulty.Take(NamedInNotes).Select(one => $"'{one.File}' ({one.Faults})"))
                    + (_faulty.Count > NamedInNotes ? ", ..." : "") + ".";
        }
    }

    private string Some(int most) => string.Join(", ", _bad.Take(most).Select(one =>
        $"'{one.File}' ({one.Error.Brief ?? one.Error.Message.TrimEnd('.')})")) + (_bad.Count > most ? ", ..." : "");
}
