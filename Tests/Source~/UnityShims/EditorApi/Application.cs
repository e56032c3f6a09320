using System;
using UnityEngine;
using Object = UnityEngine.Object;

namespace UnityEditor
{
    [Since("3.5"), AttributeUsage(AttributeTargets.Class)]
    public class InitializeOnLoadAttribute : Attribute { }

    [Since("3.5"), AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
    public sealed class MenuItem : Attribute { public MenuItem(string itemName) { } }

    [Since("3.5")]
    public sealed class MenuCommand { public Object context; }

    [Since("4.0"), AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
    public sealed class CustomPropertyDrawer : Attribute { public CustomPropertyDrawer(Type type) { } }

    [Since("3.5"), AttributeUsage(AttributeTargets.Class)]
    public class CustomEditor : Attribute { public CustomEditor(Type inspectedType) { } }

    [Since("3.5")]
    public class Editor : ScriptableObject
    {
        public Object target { get => throw null; set => throw null; }
        public virtual void OnInspectorGUI() => throw null;
    }

    [Since("3.5")]
    public class EditorWindow : ScriptableObject
    {
        public Rect position { get => throw null; set => throw null; }
        public Vector2 minSize { get => throw null; set => throw null; }
        public void Repaint() => throw null;
        public static T GetWindow<T>(string title) where T : EditorWindow => throw null;
    }

    [Since("3.5")]
    public sealed class EditorApplication
    {
        public static CallbackFunction update;
        public static double timeSinceStartup => throw null;
        public static void LockReloadAssemblies() => throw null;
        public static void UnlockReloadAssemblies() => throw null;
        [Since("2017.2")]
        public static event Action<PlayModeStateChange> playModeStateChanged;
        [Since("2018.1")]
        public static event Action quitting;

        [Since("3.5")]
        public delegate void CallbackFunction();
    }

    [Since("2017.2")]
    public enum PlayModeStateChange { EnteredEditMode, ExitingEditMode, EnteredPlayMode, ExitingPlayMode }

    [Since("2017.1")]
    public static class AssemblyReloadEvents
    {
        public static event AssemblyReloadCallback beforeAssemblyReload;

        [Since("2017.1")]
        public delegate void AssemblyReloadCallback();
    }

    [Since("4.3")]
    public class Undo
    {
        public static UndoRedoCallback undoRedoPerformed;
        public static void RecordObject(Object objectToUndo, string name) => throw null;
        public static void RegisterCreatedObjectUndo(Object objectToUndo, string name) => throw null;

        [Since("4.3")]
        public delegate void UndoRedoCallback();
    }

    [Since("3.5")]
    public sealed class Selection
    {
        public static Object activeObject { get => throw null; set => throw null; }
        public static Object[] objects { get => throw null; set => throw null; }
    }

    [Since("3.5")]
    public sealed class GameObjectUtility { public static void SetParentAndAlign(GameObject child, GameObject parent) =>
        throw null; }

    [Since("3.5")]
    public sealed class EditorPrefs
    {
        public static string GetString(string key, string defaultValue) => throw null;
        public static void SetString(string key, string value) => throw null;
    }

    [Since("3.5")]
    public class EditorUtility
    {
        public static string SaveFilePanelInProject(string title, string defaultName, string extension, string message) =>
            throw null;
        public static string OpenFolderPanel(string title, string folder, string defaultName) => throw null;
        public static void OpenWithDefaultApp(string fileName) => throw null;
    }
}
