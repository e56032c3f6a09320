namespace UnityEngine
{
    [Since("3.5")]
    public struct Vector2
    {
        public float x;
        public float y;
        public Vector2(float x, float y) => throw null;
    }

    [Since("3.5")]
    public struct Vector3
    {
        public float x;
        public float y;
        public float z;
        public Vector3(float x, float y) => throw null;
        public Vector3(float x, float y, float z) => throw null;
    }

    [Since("2017.2")]
    public struct Vector2Int
    {
        public Vector2Int(int x, int y) => throw null;
        public int x { get => throw null; set => throw null; }
        public int y { get => throw null; set => throw null; }
        public static bool operator ==(Vector2Int lhs, Vector2Int rhs) => throw null;
        public static bool operator !=(Vector2Int lhs, Vector2Int rhs) => throw null;
    }

    [Since("3.5")]
    public struct Rect
    {
        public Rect(float x, float y, float width, float height) => throw null;
        public float x { get => throw null; set => throw null; }
        public float y { get => throw null; set => throw null; }
        public float width { get => throw null; set => throw null; }
        public float height { get => throw null; set => throw null; }
        public float yMax { get => throw null; set => throw null; }
        public bool Contains(Vector2 point) => throw null;
    }

    [Since("3.5")]
    public struct Color
    {
        public Color(float r, float g, float b) => throw null;
        public static Color white => throw null;
        public static bool operator ==(Color lhs, Color rhs) => throw null;
        public static bool operator !=(Color lhs, Color rhs) => throw null;
    }

    [Since("3.5")]
    public struct Color32
    {
        public byte r;
        public byte g;
        public byte b;
        public byte a;
        public static implicit operator Color32(Color c) => throw null;
    }

    [Since("5.0")]
    public struct Hash128 { public static Hash128 Compute(string data) => throw null; }

    [Since("3.5")]
    public struct Mathf
    {
        public static float Clamp01(float value) => throw null;
        public static float PingPong(float t, float length) => throw null;
        public static float Floor(float f) => throw null;
        public static float Sqrt(float f) => throw null;
        public static int CeilToInt(float f) => throw null;
        public static float Min(float a, float b) => throw null;
        public static int Min(int a, int b) => throw null;
        public static float Max(float a, float b) => throw null;
    }

    [Since("3.5")]
    public class AnimationCurve
    {
        public float Evaluate(float time) => throw null;
        public static AnimationCurve EaseInOut(float timeStart, float valueStart, float timeEnd, float valueEnd) => throw null;
    }
}
