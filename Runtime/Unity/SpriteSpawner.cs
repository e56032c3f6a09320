using UnityEngine;

namespace VaeContent.Unity
{
    /// <summary>
    /// Shows the sprite of a seed: add it to a GameObject, give it a <c>.vae</c> asset, done. Main thread only.
    /// </summary>
    [AddComponentMenu("VaeContent/Sprite Spawner")]
    public sealed class SpriteSpawner : GeneratedSpriteRenderer
    {
        [SerializeField, Tooltip("The same seed gives the same sprite on every machine.")] private long _seed = 42;

        /// <summary>Which sprite; setting it redraws in the next frame.</summary>
        public long Seed
        {
            get => _seed;
            set
            {
                _seed = value;
                Redraw();
            }
        }

        private protected override void Paint(SpriteGenerator generator, Texture2D texture)
        {
            texture.Write(generator.Generate(_seed, LabelOrAny, Temperature), generator.Bundle.Width, generator.Bundle.Height);
            texture.Apply(false);
        }
    }
}
