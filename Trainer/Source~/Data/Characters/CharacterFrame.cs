namespace VaeContent.Trainer.Data;

/// <summary>Which character a picture shows, and doing what.</summary>
/// <param name="Character">Its name in the set.</param>
/// <param name="Pose">The pose, such as <c>walk left</c>.</param>
/// <param name="Frame">The frame of that pose, counted from 0.</param>
/// <param name="Milliseconds">How long it is shown; 0 where nothing says so.</param>
internal readonly record struct CharacterFrame(string Character, string Pose, int Frame, int Milliseconds = 0)
{
    /// <summary>For messages: <c>frame 2 of pose 'left' of 'knight'</c>.</summary>
    public override string ToString() => $"frame {Frame} of pose '{Pose}' of '{Character}'";
}
