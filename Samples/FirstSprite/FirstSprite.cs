using UnityEngine;
using VaeContent.Unity;

namespace VaeContent.Samples
{
    /// <summary>Press Play: another hero every second. All it takes is a Sprite Spawner with a bundle.</summary>
    public sealed class FirstSprite : MonoBehaviour
    {
        [SerializeField] private SpriteSpawner? _spawner;
        [SerializeField, Min(0.1f)] private float _seconds = 1f;

        private float _next;

        private void Update()
        {
            if (_spawner == null || Time.time < _next) return;
            _next = Time.time + _seconds;
            _spawner.Seed++;
        }
    }
}
