using System;

namespace UnityEngine
{
    [Since("3.5")]
    public class Object
    {
        public string name { get => throw null; set => throw null; }
        public HideFlags hideFlags { get => throw null; set => throw null; }
        public static void Destroy(Object obj) => throw null;
        public static void DestroyImmediate(Object obj) => throw null;
        public static bool operator ==(Object x, Object y) => throw null;
        public static bool operator !=(Object x, Object y) => throw null;
        public static implicit operator bool(Object exists) => throw null;
    }

    [Since("3.5"), Flags]
    public enum HideFlags { None = 0, HideAndDontSave = 61 }

    [Since("3.5")]
    public class ScriptableObject : Object
    {
        public static T CreateInstance<T>() where T : ScriptableObject => throw null;
    }

    [Since("3.5")]
    public sealed class GameObject : Object
    {
        public GameObject(string name) => throw null;
        public Transform transform => throw null;
        public T AddComponent<T>() where T : Component => throw null;
    }

    [Since("3.5")]
    public class Component : Object
    {
        public GameObject gameObject => throw null;
        public Transform transform => throw null;
        public T GetComponent<T>() => throw null;
    }

    [Since("3.5")]
    public class Transform : Component
    {
        public Vector3 localPosition { get => throw null; set => throw null; }
        public void SetParent(Transform parent, bool worldPositionStays) => throw null;
    }

    [Since("3.5")]
    public class Behaviour : Component
    {
        public bool enabled { get => throw null; set => throw null; }
        public bool isActiveAndEnabled => throw null;
    }

    [Since("3.5")]
    public class MonoBehaviour : Behaviour { }

    [Since("3.5")]
    public class TextAsset : Object
    {
        [Since("2017.1")]
        public TextAsset(string text) => throw null;
    }

    [Since("3.5")]
    public class Application { public static bool isPlaying => throw null; }

    [Since("3.5")]
    public class Debug { public static void LogError(object message, Object context) => throw null; }

    [Since("3.5")]
    public class Time
    {
        public static float deltaTime => throw null;
        public static float time => throw null;
        public static int frameCount => throw null;
    }

    [Since("5.3")]
    public static class JsonUtility { public static T FromJson<T>(string json) => throw null; }

    [Since("3.5")]
    public sealed class SystemInfo { public static int maxTextureSize => throw null; }
}
