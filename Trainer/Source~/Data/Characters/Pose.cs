namespace VaeContent.Trainer.Data;

/// <summary>One pose that the characters of a set are drawn in.</summary>
/// <param name="Name">Such as <c>walk left</c>.</param>
/// <param name="FirstLabel">The label of its first frame; those of its other frames follow.</param>
/// <param name="Frames">How many frames it has, 1 or more.</param>
/// <param name="Milliseconds">How long a frame is shown.</param>
public sealed record Pose(string Name, int FirstLabel, int Frames, int Milliseconds)
{
    /// <summary>How long frames are shown where nothing says so, as in Aseprite.</summary>
    public const int UsualMilliseconds = 100;

    /// <summary>The name of a frame's label, as in <c>left+2</c>; of a pose of one frame, the pose's.</summary>
    public string LabelOf(int frame) => Frames == 1 ? Name : $"{Name}{LabelSource.Separator}{frame}";
}
