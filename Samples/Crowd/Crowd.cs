using UnityEngine;
using VaeContent.Unity;

namespace VaeContent.Samples
{
    /// <summary>Press Play: a crowd of characters that walk up and down, each another person. No garbage a frame.</summary>
    public sealed class Crowd : MonoBehaviour
    {
        [SerializeField] private VaeBundleAsset? _bundle;
        [SerializeField, Min(1)] private int _count = 40;
        [SerializeField] private Vector2 _room = new Vector2(20f, 10f);
        [SerializeField] private float _speed = 1.5f;

        private SpriteCharacter[]? _walkers;
        private Vector2[]? _ways;

        private void Start()
        {
            _walkers = new SpriteCharacter[_count];
            _ways = new Vector2[_count];
            for (int i = 0; i < _count; i++)
            {
                var walker = new GameObject("walker " + i).AddComponent<SpriteCharacter>();
                walker.transform.SetParent(transform, false);
                walker.transform.localPosition = new Vector3(((i + 0.5f) / _count - 0.5f) * _room.x,
                    (i * 7 % _count / (float)_count - 0.5f) * _room.y);
                walker.Bundle = _bundle;
                walker.Seed = i;
                _walkers[i] = walker;
                Turn(i, new Vector2(0f, i % 2 == 0 ? -1f : 1f));
            }
        }

        private void Update()
        {
            if (_walkers == null || _ways == null) return;
            for (int i = 0; i < _walkers.Length; i++)
            {
                var place = _walkers[i].transform.localPosition;
                place.y += _ways[i].y * _speed * Time.deltaTime;
                _walkers[i].transform.localPosition = place;
                if (place.y * _ways[i].y > _room.y / 2f) Turn(i, new Vector2(0f, -_ways[i].y));
            }
        }

        private void Turn(int i, Vector2 way)
        {
            _ways![i] = way;
            _walkers![i].Face(way);
        }
    }
}
