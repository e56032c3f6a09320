namespace UnityEngine
{
    [Since("3.5")]
    public class GUI
    {
        public static bool enabled { get => throw null; set => throw null; }
        public static void DrawTexture(Rect position, Texture image, ScaleMode scaleMode) => throw null;
    }

    [Since("3.5")]
    public enum ScaleMode { StretchToFill, ScaleAndCrop, ScaleToFit }

    [Since("3.5")]
    public class GUILayout
    {
        public static bool Button(string text, params GUILayoutOption[] options) => throw null;
        public static GUILayoutOption Width(float width) => throw null;
        public static GUILayoutOption ExpandWidth(bool expand) => throw null;
    }

    [Since("3.5")]
    public sealed class GUILayoutOption { }

    [Since("3.5")]
    public class GUILayoutUtility { public static Rect GetRect(float width, float height, params GUILayoutOption[] options) =>
        throw null; }

    [Since("3.5")]
    public sealed class GUIStyle { }

    [Since("3.5")]
    public class GUIContent
    {
        public GUIContent(string text) => throw null;
        public GUIContent(string text, string tooltip) => throw null;
        public string text { get => throw null; set => throw null; }
    }

    [Since("3.5")]
    public class GUIUtility { public static void ExitGUI() => throw null; }

    [Since("3.5")]
    public sealed class Event
    {
        public static Event current => throw null;
        public EventType type => throw null;
        public int button => throw null;
        public Vector2 mousePosition => throw null;
        public void Use() => throw null;
    }

    [Since("3.5")]
    public enum EventType { MouseDown = 0, Layout = 8 }
}
