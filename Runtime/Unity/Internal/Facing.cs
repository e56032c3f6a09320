using System;
using System.Collections.Generic;
using UnityEngine;

namespace VaeContent.Unity
{
    /// <summary>Finds the pose of a direction by its name. No garbage.</summary>
    internal readonly struct Facing
    {
        private const int AnyStem = -1;

        private static readonly string[][] Words =
        {
            new[] { "up", "north", "back" }, new[] { "down", "south", "front" }, new[] { "left", "west" },
            new[] { "right", "east" },
        };

        private static readonly Vector2[] Ways =
        {
            new Vector2(0f, 1f), new Vector2(0f, -1f), new Vector2(-1f, 0f), new Vector2(1f, 0f),
        };

        internal readonly SpritePose? Pose;
        internal readonly bool IsMirrored;

        private Facing(SpritePose? pose, bool isMirrored)
        {
            Pose = pose;
            IsMirrored = isMirrored;
        }

        /// <summary>
        /// The pose nearest to a direction: of those that begin as <paramref name="now"/> does, otherwise of those that are
        /// nothing but a direction, otherwise of all.
        /// </summary>
        internal static Facing Find(IReadOnlyList<SpritePose> poses, string now, Vector2 direction)
        {
            int kept = Stem(now);
            var found = Find(poses, now, kept, direction);
            if (found.Pose == null && kept > 0) found = Find(poses, now, 0, direction);
            return found.Pose == null ? Find(poses, now, AnyStem, direction) : found;
        }

        private static Facing Find(IReadOnlyList<SpritePose> poses, string now, int kept, Vector2 direction)
        {
            var best = default(Facing);
            float most = 0.001f; // what lies behind is not a choice
            for (int i = 0; i < poses.Count; i++)
            {
                string name = poses[i].Name;
                int way = Way(name);
                if (way < 0 || !BeginsAs(name, now, kept)) continue;
                float along = (Ways[way].x * direction.x) + (Ways[way].y * direction.y);
                if (along > most)
                {
                    most = along;
                    best = new Facing(poses[i], false);
                }

                if (way < 2 || Has(poses, now, kept, 5 - way) || -along <= most) continue;
                most = -along;
                best = new Facing(poses[i], true);
            }

            return best;
        }

        private static bool Has(IReadOnlyList<SpritePose> poses, string now, int kept, int way)
        {
            for (int i = 0; i < poses.Count; i++)
            {
                string name = poses[i].Name;
                if (Way(name) == way && BeginsAs(name, now, kept)) return true;
            }

            return false;
        }

        private static bool BeginsAs(string name, string now, int kept) =>
            kept == AnyStem || (Stem(name) == kept && string.CompareOrdinal(name, 0, now, 0, kept) == 0);

        // The direction that a name ends in; -1 for none.
        private static int Way(string name)
        {
            for (int way = 0; way < Words.Length; way++)
            {
                foreach (string word in Words[way])
                {
                    if (name.EndsWith(word, StringComparison.OrdinalIgnoreCase)) return way;
                }
            }

            return -1;
        }

        // How many characters of a name come before its direction; none of it where it has none.
        private static int Stem(string name)
        {
            for (int way = 0; way < Words.Length; way++)
            {
                foreach (string word in Words[way])
                {
                    if (name.EndsWith(word, StringComparison.OrdinalIgnoreCase)) return name.Length - word.Length;
                }
            }

            return 0;
        }
    }
}
