using System;
using UnityEngine;
using Object = UnityEngine.Object;

namespace UnityEditor
{
    [Since("3.5")]
    public class EditorGUILayout
    {
        public static void LabelField(string label, string label2, params GUILayoutOption[] options) => throw null;
        public static void LabelField(string label, GUIStyle style, params GUILayoutOption[] options) => throw null;
        public static bool Foldout(bool foldout, string content) => throw null;
        public static bool Toggle(string label, bool value, params GUILayoutOption[] options) => throw null;
        public static string TextField(string label, string text, params GUILayoutOption[] options) => throw null;
        public static string TextField(GUIContent label, string text, params GUILayoutOption[] options) => throw null;
        [Since("5.0")]
        public static long LongField(string label, long value, params GUILayoutOption[] options) => throw null;
        public static float Slider(string label, float value, float leftValue, float rightValue,
            params GUILayoutOption[] options) => throw null;
        public static int Popup(string label, int selectedIndex, string[] displayedOptions, params GUILayoutOption[] options) =>
            throw null;
        public static Color ColorField(string label, Color value, params GUILayoutOption[] options) => throw null;
        public static Object ObjectField(string label, Object obj, Type objType, bool allowSceneObjects,
            params GUILayoutOption[] options) => throw null;
        public static void HelpBox(string message, MessageType type) => throw null;
        public static Rect BeginHorizontal(params GUILayoutOption[] options) => throw null;
        public static void EndHorizontal() => throw null;
        public static Rect BeginVertical(params GUILayoutOption[] options) => throw null;
        public static void EndVertical() => throw null;
        public static Vector2 BeginScrollView(Vector2 scrollPosition, params GUILayoutOption[] options) => throw null;
        public static void EndScrollView() => throw null;
    }

    [Since("3.5")]
    public class EditorGUI
    {
        public static void BeginChangeCheck() => throw null;
        [Since("4.0")]
        public static GUIContent BeginProperty(Rect totalPosition, GUIContent label, SerializedProperty property) => throw null;
        [Since("4.0")]
        public static void EndProperty() => throw null;
        [Since("4.0")]
        public static bool PropertyField(Rect position, SerializedProperty property, GUIContent label) => throw null;
        public static int Popup(Rect position, GUIContent label, int selectedIndex, GUIContent[] displayedOptions) => throw null;
        public static bool EndChangeCheck() => throw null;
        public static void ProgressBar(Rect position, float value, string text) => throw null;
        [Since("5.3")]
        public static void DrawRect(Rect rect, Color color) => throw null;

        [Since("5.0")]
        public struct DisabledScope : IDisposable
        {
            public DisabledScope(bool disabled) => throw null;
            public void Dispose() => throw null;
        }
    }

    [Since("4.0")]
    public abstract class GUIDrawer { }

    [Since("4.0")]
    public abstract class PropertyDrawer : GUIDrawer { public virtual void OnGUI(Rect position, SerializedProperty property,
        GUIContent label) => throw null; }

    [Since("3.5")]
    public class SerializedObject : IDisposable
    {
        public void Dispose() => throw null;
        public SerializedObject(Object obj) => throw null;
        public SerializedProperty FindProperty(string propertyPath) => throw null;
        public bool ApplyModifiedPropertiesWithoutUndo() => throw null;
    }

    [Since("3.5")]
    public class SerializedProperty
    {
        public SerializedObject serializedObject => throw null;
        public Object objectReferenceValue { get => throw null; set => throw null; }
        public string stringValue { get => throw null; set => throw null; }
        public int arraySize { get => throw null; set => throw null; }
        public SerializedProperty FindPropertyRelative(string relativePropertyPath) => throw null;
        public SerializedProperty GetArrayElementAtIndex(int index) => throw null;
    }

    [Since("3.5")]
    public class EditorGUIUtility
    {
        public static float currentViewWidth => throw null;
        public static void PingObject(Object obj) => throw null;
    }

    [Since("3.5")]
    public sealed class EditorStyles
    {
        public static GUIStyle miniLabel => throw null;
        public static GUIStyle wordWrappedMiniLabel => throw null;
    }

    [Since("3.5")]
    public enum MessageType { None, Info, Warning, Error }

    [Since("3.5")]
    public sealed class Handles
    {
        public static Color color { get => throw null; set => throw null; }
        public static void DrawAAPolyLine(float width, params Vector3[] points) => throw null;
    }
}
