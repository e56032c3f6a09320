using UnityEngine;
using VaeContent.Unity;

namespace VaeContent.Samples
{
    /// <summary>Press Play: hundreds of heroes from one atlas, each replaced by a new one in turn, a few a frame, without garbage.</summary>
    [RequireComponent(typeof(LiveAtlasBehaviour))]
    public sealed class Bestiary : MonoBehaviour
    {
        [SerializeField, Min(1)] private int _columns = 24;
        [SerializeField] private float _spacing = 1.1f;
        [SerializeField, Min(1)] private int _newPerFrame = 4;

        private LiveAtlas? _atlas;
        private long _seed;
        private int _slot;

        private void OnEnable()
        {
            _atlas = GetComponent<LiveAtlasBehaviour>().Atlas;
            for (int i = 0; i < _atlas.SlotCount; i++) Show(_atlas.SlotCount, i).sprite = _atlas[i];
        }

        private void OnDisable() => _atlas = null;

        private void Update()
        {
            if (_atlas == null) return;
            for (int i = 0; i < _newPerFrame && _atlas.Request(_slot, _seed); i++)
            {
                _seed++;
                _slot = (_slot + 1) % _atlas.SlotCount;
            }
        }

        private SpriteRenderer Show(int count, int i)
        {
            var shown = new GameObject("hero " + i).AddComponent<SpriteRenderer>();
            int rows = (count + _columns - 1) / _columns;
            shown.transform.SetParent(transform, false);
            shown.transform.localPosition = new Vector3((i % _columns - (_columns - 1) / 2f) * _spacing, ((rows - 1) / 2f - i / _columns) * _spacing);
            return shown;
        }
    }
}
