using UnityEngine;
using VaeContent.Unity;

namespace VaeContent.Samples
{
    /// <summary>Press Play: a hero becomes another, who becomes another.</summary>
    public sealed class MorphChain : MonoBehaviour
    {
        [SerializeField] private SpriteMorph? _morph;
        [SerializeField] private long _seed = 1;
        [SerializeField, Min(0.1f)] private float _seconds = 1.5f;

        private float _next;

        private void Update()
        {
            if (_morph == null || Time.time < _next) return;
            _next = Time.time + _seconds;
            _morph.Play(_seed, ++_seed);
        }
    }
}
