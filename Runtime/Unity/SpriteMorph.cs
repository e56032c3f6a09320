using UnityEngine;

namespace VaeContent.Unity
{
    /// <summary>Shows what lies between the sprites of two seeds, moving along a curve. Main thread only; no garbage per frame.</summary>
    [AddComponentMenu("VaeContent/Sprite Morph")]
    public sealed class SpriteMorph : GeneratedSpriteRenderer
    {
        [SerializeField] private long _from = 1;
        [SerializeField] private long _to = 2;
        [SerializeField, Min(0.01f), Tooltip("Seconds from the first sprite to the second.")] private float _seconds = 1f;
        [SerializeField, Tooltip("Time 0..1 to the way between the sprites, 0..1.")] private AnimationCurve _curve = AnimationCurve.EaseInOut(0, 0, 1, 1);
        [SerializeField, Tooltip("Back again, and so on.")] private bool _pingPong = true;
        [SerializeField, Tooltip("Morph in Play mode without being asked to.")] private bool _playOnEnable = true;

        private float _time;
        private float _shown = float.NaN;
        private bool _playing;

        /// <summary>The way between the two sprites, 0..1; setting it draws in the next frame and stops a morph that plays.</summary>
        public float Position
        {
            get => Mathf.Clamp01(_curve.Evaluate(Phase()));
            set
            {
                _playing = false;
                _time = Mathf.Clamp01(value) * _seconds;
                Redraw();
            }
        }

        /// <summary>Morphs from the sprite of one seed to that of another, starting now.</summary>
        public void Play(long from, long to)
        {
            _from = from;
            _to = to;
            _time = 0;
            _playing = true;
            Redraw();
        }

        private protected override void OnEnable()
        {
            _time = 0;
            _playing = _playOnEnable && Application.isPlaying;
            base.OnEnable();
        }

        private protected override void Update()
        {
            if (_playing)
            {
                _time += Time.deltaTime;
                if (!_pingPong && _time >= _seconds) _playing = false;
                if (Position != _shown) Redraw();
            }

            base.Update();
        }

        private protected override void Paint(SpriteGenerator generator, Texture2D texture)
        {
            _shown = Position;
            var pixels = generator.Interpolate(_from, _to, _shown, LabelOrAny, Temperature);
            texture.Write(pixels, generator.Bundle.Width, generator.Bundle.Height);
            texture.Apply(false);
        }

        private float Phase() => _pingPong ? Mathf.PingPong(_time / _seconds, 1f) : Mathf.Clamp01(_time / _seconds);
    }
}
