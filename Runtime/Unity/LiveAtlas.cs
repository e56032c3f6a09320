using System;
using UnityEngine;

namespace VaeContent.Unity
{
    /// <summary>
    /// One texture with room for N sprites, filled over frames: request a sprite for a slot, call <see cref="Pump"/> once a
    /// frame, and show <c>atlas[slot]</c>, which exists from the start and never changes. Hundreds of sprites then cost one draw
    /// call and one upload a frame. An atlas decodes on its own thread, a <see cref="SpriteQueue"/>, whose engine starts
    /// beside the game: no frame waits for either. Where there are no threads, as on WebGL, Pump decodes for <see cref="Budget"/>
    /// a frame. It keeps the model it began with. No garbage once it runs. Main thread only; dispose it when done.
    /// </summary>
    public sealed class LiveAtlas : IDisposable
    {
        private const int Gap = 1; // transparent pixels between slots: filtering must not show a neighbour

        private readonly SpriteFeed _feed;
        private readonly Sprite[] _sprites;
        private readonly Rgba32[] _pixels;
        private readonly int[] _ticketOfSlot;
        private readonly int[] _slotOfTicket;
        private readonly int _width;
        private readonly int _height;
        private readonly int _columns;
        private string? _said; // the failure shown in the Console

        /// <summary>
        /// An atlas for the sprites of <paramref name="bundle"/>. Throws <see cref="VaeBundleException"/> where the bundle cannot
        /// be used, ArgumentException where the slots do not fit the largest texture of the device.
        /// </summary>
        public LiveAtlas(VaeBundleAsset bundle, int slots, float pixelsPerUnit = 16f, FilterMode filter = FilterMode.Point,
            Device device = Device.Auto)
        {
            if (bundle == null) throw new ArgumentNullException(nameof(bundle));
            if (slots < 1) throw new ArgumentOutOfRangeException(nameof(slots), slots, "An atlas has one slot or more.");
            _width = bundle.Bundle.Width;
            _height = bundle.Bundle.Height;
            _columns = Mathf.CeilToInt(Mathf.Sqrt(slots));
            int rows = (slots + _columns - 1) / _columns;
            int textureWidth = _columns * (_width + Gap), textureHeight = rows * (_height + Gap);
            if (Math.Max(textureWidth, textureHeight) > SystemInfo.maxTextureSize)
            {
                throw new ArgumentException(slots + " sprites of " + _width + "x" + _height + " need a texture of "
                    + textureWidth + "x" + textureHeight + "; the largest here is " + SystemInfo.maxTextureSize
                    + ". Use several atlases.", nameof(slots));
            }

            // Twice the slots: each may wait for a sprite while its own older request is still under way.
            _feed = new SpriteFeed(bundle.Bundle, device, 2 * slots);
            _pixels = new Rgba32[_width * _height];
            _ticketOfSlot = new int[slots];
            _slotOfTicket = new int[_feed.Capacity];
            Array.Fill(_ticketOfSlot, -1);
            Texture = GeneratedSprite.NewTexture(bundle.name + " atlas", textureWidth, textureHeight, TextureFormat.RGBA32,
                linear: false, filter);
            Texture.Clear();
            _sprites = new Sprite[slots];
            for (int i = 0; i < slots; i++) _sprites[i] = NewSprite(i, pixelsPerUnit);
            Sessions.Add(_feed);
        }

        /// <summary>The texture; its size does not change.</summary>
        public Texture2D Texture { get; }

        /// <summary>Number of slots.</summary>
        public int SlotCount => _sprites.Length;

        /// <summary>Slots that wait for a sprite.</summary>
        public int Pending => _feed.Pending;

        /// <summary>The last error, one line, also in the Console; null if there is none.</summary>
        public string? Failure => _feed.Failure;

        /// <summary>The sprite of a slot: transparent until its first request is served.</summary>
        public Sprite this[int slot] => _sprites[slot];

        /// <summary>
        /// Asks for the sprite of a seed in a slot; false where too many requests wait: ask again in a later frame. A later
        /// request of a slot replaces an earlier one. Throws ArgumentException for a label the model does not have.
        /// </summary>
        public bool Request(int slot, long seed, string? label = null, float temperature = 1f)
        {
            if (slot < 0 || slot >= SlotCount) throw new ArgumentOutOfRangeException(nameof(slot), slot,
                "Slots are 0 to " + (SlotCount - 1) + ".");
            if (!_feed.TryRequest(seed, label, temperature, out int ticket)) return false;
            int earlier = _ticketOfSlot[slot];
            if (earlier >= 0 && earlier != ticket && _slotOfTicket[earlier] == slot) _feed.Cancel(earlier);
            _ticketOfSlot[slot] = ticket;
            _slotOfTicket[ticket] = slot;
            return true;
        }

        /// <summary>How long Pump may decode where there are no threads; 2 ms unless set.</summary>
        public TimeSpan Budget { get; set; } = TimeSpan.FromMilliseconds(2);

        /// <summary>
        /// Takes up to <paramref name="most"/> sprites that are ready, and uploads the texture once if there were any. Returns
        /// how many: none for the first frames, while the engine starts.
        /// </summary>
        public int Pump(int most)
        {
            int taken = 0;
            _feed.Work(Budget);
            for (; taken < most && _feed.TryTake(_pixels, out int ticket); taken++)
            {
                int slot = _slotOfTicket[ticket];
                _ticketOfSlot[slot] = -1;
                Texture.Write(_pixels, _width, _height, X(slot), Y(slot));
            }

            if (taken > 0) Texture.Apply(false);
            if (_feed.Failure != _said) Debug.LogError(_said = _feed.Failure, Texture);
            return taken;
        }

        /// <summary>Ends the thread, frees the engine, and destroys the texture and the sprites.</summary>
        public void Dispose()
        {
            Sessions.Remove(_feed);
            _feed.Dispose();
            foreach (var sprite in _sprites) GeneratedSprite.Destroy(sprite);
            GeneratedSprite.Destroy(Texture);
        }

        private Sprite NewSprite(int slot, float pixelsPerUnit)
        {
            var sprite = Sprite.Create(Texture, new Rect(X(slot), Y(slot), _width, _height), new Vector2(0.5f, 0.5f),
                pixelsPerUnit, 0, SpriteMeshType.FullRect);
            sprite.name = "slot " + slot;
            sprite.hideFlags = HideFlags.HideAndDontSave;
            return sprite;
        }

        private int X(int slot) => slot % _columns * (_width + Gap);

        private int Y(int slot) => slot / _columns * (_height + Gap);
    }
}
