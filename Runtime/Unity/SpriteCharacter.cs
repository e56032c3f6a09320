using System;
using UnityEngine;

namespace VaeContent.Unity
{
    /// <summary>
    /// Shows the character of a seed, in a pose whose frames it plays: give it a <c>.vae</c> asset that was trained on
    /// characters, and set <see cref="Pose"/> or call <see cref="Face"/>. The sheet of all poses is drawn once, a character in a
    /// frame of the game; from then on a frame costs nothing and makes no garbage. Works in Edit mode too. Main thread only.
    /// </summary>
    [AddComponentMenu("VaeContent/Sprite Character")]
    public sealed class SpriteCharacter : BundleRenderer
    {
        [SerializeField, Tooltip("The same seed gives the same character on every machine.")] private long _seed = 42;
        [SerializeField, Tooltip("A pose of the bundle; empty for its first.")] private string _pose = "";
        [SerializeField, Min(0f), Tooltip("0: as the artist's files say.")] private float _framesPerSecond;
        [SerializeField, Tooltip("Play the frames of the pose; otherwise its first is shown.")] private bool _isPlaying = true;

        private static int _drawnIn = -1; // the frame of the game in which a sheet was drawn last

        private CharacterSheet? _sheet;
        private SpritePose? _shown; // the pose that plays
        private float _time;

        /// <summary>Which character; setting it redraws in the next frame.</summary>
        public long Seed
        {
            get => _seed;
            set
            {
                _seed = value;
                Redraw();
            }
        }

        /// <summary>The pose by name; empty for the bundle's first. Setting it shows its first frame at once.</summary>
        public string Pose
        {
            get => _pose;
            set
            {
                if (_pose == value) return;
                _pose = value ?? "";
                _shown = null;
                _time = 0;
            }
        }

        /// <summary>How many frames are shown in a second; 0 for as many as the artist's files say.</summary>
        public float FramesPerSecond
        {
            get => _framesPerSecond;
            set => _framesPerSecond = value;
        }

        /// <summary>Whether the frames of the pose play; where not, its first is shown.</summary>
        public bool IsPlaying
        {
            get => _isPlaying;
            set => _isPlaying = value;
        }

        /// <summary>The texture with all frames, a row for each pose; null until it is drawn.</summary>
        public Texture2D? Sheet => _sheet?.Texture;

        /// <summary>
        /// Turns the character: of the poses whose name ends in up, down, left or right (or north, south, west, east, or back,
        /// front), takes the one nearest to the direction, upwards y; a character without left or right is mirrored from the
        /// other. Others stay as they are. The words before, such as walk, are kept where a pose has them.
        /// </summary>
        public void Face(Vector2 direction)
        {
            if (Bundle == null || Bundle.Problem.Length > 0 || (direction.x == 0f && direction.y == 0f)) return;
            var poses = Bundle.Bundle.Poses;
            if (poses.Count == 0) return;
            var facing = Facing.Find(poses, _pose.Length > 0 ? _pose : poses[0].Name, direction);
            if (facing.Pose == null) return;
            Pose = facing.Pose.Name;
            GetComponent<SpriteRenderer>().flipX = facing.IsMirrored;
        }

        private void OnEnable() => Redraw();

        private void Update()
        {
            if (IsDirty && (!Application.isPlaying || _drawnIn != Time.frameCount)) Draw();
            if (_sheet == null || Bundle == null) return;
            _shown ??= Find(Bundle.Bundle);
            float perSecond = _framesPerSecond > 0f ? _framesPerSecond : 1000f / _shown.FrameMilliseconds;
            _time = _isPlaying && Application.isPlaying ? _time + Time.deltaTime : 0f;
            int frame = (int)(_time * perSecond) % _shown.Frames;
            GetComponent<SpriteRenderer>().sprite = _sheet.Frames[Bundle.Bundle.PoseLabel(_shown.Name, frame)];
        }

        private protected override void Paint(SpriteGenerator generator)
        {
            Find(generator.Bundle);
            _sheet ??= new CharacterSheet(name, generator.Bundle, PixelsPerUnit, Filter);
            _sheet.Draw(generator, _seed, Temperature);
            _drawnIn = Time.frameCount;
        }

        private protected override void Remake()
        {
            base.Remake();
            _shown = null;
        }

        private protected override void Release()
        {
            _sheet?.Dispose();
            _sheet = null;
            _shown = null;
            base.Release();
        }

        private SpritePose Find(VaeBundle bundle)
        {
            if (bundle.Poses.Count == 0) throw new InvalidOperationException("'" + bundle.Name
                + "' draws single sprites, not characters: use a Sprite Spawner.");
            return _pose.Length > 0 ? bundle.Pose(_pose) : bundle.Poses[0];
        }
    }
}
