namespace VaeContent
{
    /// <summary>One pose that a model draws characters in: a row of their sheets. Immutable.</summary>
    public sealed class SpritePose
    {
        internal SpritePose(string name, int row, int firstLabel, int frames, int frameMilliseconds)
        {
            Name = name;
            Row = row;
            FirstLabel = firstLabel;
            Frames = frames;
            FrameMilliseconds = frameMilliseconds;
        }

        /// <summary>Its name, unique in the bundle, such as <c>left</c>.</summary>
        public string Name { get; }

        /// <summary>Its row in a sheet, from the top, which is its place in <see cref="VaeBundle.Poses"/>.</summary>
        public int Row { get; }

        /// <summary>How many frames it has, 1 or more: the columns of its row that show anything.</summary>
        public int Frames { get; }

        /// <summary>How long a frame is shown, as the artist's files say.</summary>
        public int FrameMilliseconds { get; }

        /// <summary>The place in <see cref="VaeBundle.Labels"/> of its first frame; the others follow.</summary>
        internal int FirstLabel { get; }
    }
}
