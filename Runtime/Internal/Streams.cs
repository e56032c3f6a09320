namespace VaeContent.Internal
{
    /// <summary>Which stream of a seed serves what. Part of the seed promise: never renumber.</summary>
    internal static class Streams
    {
        internal const int Noise = 0;
        internal const int Label = 1;
        internal const int Component = 2;
        internal const int Mutation = 3;
        internal const int Crossover = 4;
        internal const int Neighbour = 5;

        /// <summary>The noise of the first new draw of a seed that would draw nothing; the others follow.</summary>
        internal const int FirstRedraw = 16;
    }
}
