using UnityEngine;
using VaeContent.Unity;

namespace VaeContent.Samples
{
    /// <summary>
    /// Press Play: hundreds of heroes from one atlas, each replaced by a new one in turn, a few a frame, without garbage.
    /// </summary>
    [RequireComponent(typeof(LiveAtlasBehaviour))]
    public sealed class Bestiary : MonoBehaviour
    {
        [SerializeField, Min(1)] private int _columns = 24;
        [SerializeField] private float _spacing = 1.1f;
        [SerializeField, Min(1)] private int _newPerFrame = 4;

        private SpriteRenderer[]? _heroes;
        private LiveAtlas? _atlas;
        private long _seed;
        private int _slot;

        private void Update()
        {
            var atlas = GetComponent<LiveAtlasBehaviour>().Atlas;
            if (atlas != _atlas) Show(_atlas = atlas); // another one after it was switched off and on
            for (int i = 0; i < _newPerFrame && atlas.Request(_slot, _seed); i++)
            {
                _seed++;
                _slot = (_slot + 1) % atlas.SlotCount;
            }
        }

        private void Show(LiveAtlas atlas)
        {
            _heroes ??= new SpriteRenderer[atlas.SlotCount];
            for (int i = 0; i < _heroes.Length; i++)
            {
                if (_heroes[i] == null) _heroes[i] = Place(i, (_heroes.Length + _columns - 1) / _columns);
                _heroes[i].sprite = atlas[i];
            }
        }

        private SpriteRenderer Place(int i, int rows)
        {
            var hero = new GameObject("hero " + i).AddComponent<SpriteRenderer>();
            hero.transform.SetParent(transform, false);
            hero.transform.localPosition = new Vector3((i % _columns - (_columns - 1) / 2f) * _spacing,
                ((rows - 1) / 2f - i / _columns) * _spacing);
            return hero;
        }
    }
}
