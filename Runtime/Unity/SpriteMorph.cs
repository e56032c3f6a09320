using UnityEngine;

namespace VaeContent.Unity
{
    /// <summary>
    /// Shows what lies between the sprites of two seeds, moving along a curve. Main thread only; no garbage per frame.
    /// </summary>
    [AddComponentMenu("VaeContent/Sprite Morph")]
    public sealed class SpriteMorph : GeneratedSpriteRenderer
    {
        [SerializeField, Tooltip("The seed of the first sprite.")] private long _from = 1;
        [SerializeField, Tooltip("The seed of the second sprite.")] private long _to = 2;
        [SerializeField, Range(0f, 1f),
            Tooltip("The position while it does not play, as time: 0 at the first sprite, 1 at the second.")]
        private float _position;
        [SerializeField, Min(0.01f), Tooltip("Seconds from the first sprite to the second.")] private float _seconds = 1f;
        [SerializeField, Tooltip("Time 0..1 to the way between the sprites, 0..1.")]
        private AnimationCurve _curve = AnimationCurve.EaseInOut(0, 0, 1, 1);
        [SerializeField, Tooltip("Play back and forth.")] private bool _pingPong = true;
        [SerializeField, Tooltip("Morph in Play mode without being asked to.")] private bool _playOnEnable = true;

        private float _time; // since Play
        private float _shown = float.NaN;

        /// <summary>The seed of the first sprite; setting it redraws in the next frame.</summary>
        public long From
        {
            get => _from;
            set
            {
                _from = value;
                Redraw();
            }
        }

        /// <summary>The seed of the second sprite; setting it redraws in the next frame.</summary>
        public long To
        {
            get => _to;
            set
            {
                _to = value;
                Redraw();
            }
        }

        /// <summary>
        /// Time between the two sprites, 0..1; setting it draws in the next frame and stops a morph that plays.
        /// </summary>
        public float Position
        {
            get => _position;
            set
            {
                IsPlaying = false;
                _position = Mathf.Clamp01(value);
                Redraw();
            }
        }

        /// <summary>Whether it moves.</summary>
        public bool IsPlaying { get; private set; }

        /// <summary>Morphs from the sprite of one seed to that of another, starting now.</summary>
        public void Play(long from, long to)
        {
            _from = from;
            _to = to;
            _position = 0;
            _time = 0;
            IsPlaying = true;
            Redraw();
        }

        private protected override void OnEnable()
        {
            _time = 0;
            IsPlaying = _playOnEnable && Application.isPlaying;
            base.OnEnable();
        }

        private protected override void Update()
        {
            if (IsPlaying)
            {
                _time += Time.deltaTime;
                _position = _pingPong ? Mathf.PingPong(_time / _seconds, 1f) : Mathf.Clamp01(_time / _seconds);
                if (!_pingPong && _time >= _seconds) IsPlaying = false;
                if (Way() != _shown) Redraw();
            }

            base.Update();
        }

        private protected override void Paint(SpriteGenerator generator, Texture2D texture)
        {
            _shown = Way();
            var pixels = generator.Interpolate(_from, _to, _shown, LabelOrAny, Temperature);
            texture.Write(pixels, generator.Bundle.Width, generator.Bundle.Height);
            texture.Apply(false);
        }

        private float Way() => Mathf.Clamp01(_curve.Evaluate(_position));
    }
}
