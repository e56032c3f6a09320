using System.Collections.Generic;
using UnityEditor;
using UnityEngine;
using VaeContent.Unity;

namespace VaeContent.Editor
{
    /// <summary>The labels of the bundle beside the field, to choose from; a plain text where there is no bundle.</summary>
    [CustomPropertyDrawer(typeof(BundleLabelAttribute))]
    internal sealed class BundleLabelDrawer : PropertyDrawer
    {
        public override void OnGUI(Rect position, SerializedProperty property, GUIContent label)
        {
            var bundle = property.serializedObject.FindProperty("_bundle");
            var asset = bundle != null ? bundle.objectReferenceValue as VaeBundleAsset : null;
            if (asset == null || asset.Problem.Length > 0)
            {
                EditorGUI.PropertyField(position, property, label);
                return;
            }

            var names = new List<GUIContent> { new GUIContent("any") };
            foreach (string name in asset.Labels) names.Add(new GUIContent(name));
            string now = property.stringValue;
            int chosen = now.Length == 0 ? 0 : names.FindIndex(1, name => name.text == now);
            if (chosen < 0)
            {
                chosen = names.Count;
                names.Add(new GUIContent(now + " (not in this bundle)"));
            }

            label = EditorGUI.BeginProperty(position, label, property);
            EditorGUI.BeginChangeCheck();
            int next = EditorGUI.Popup(position, label, chosen, names.ToArray());
            if (EditorGUI.EndChangeCheck() && next <= asset.Labels.Count)
                property.stringValue = next == 0 ? "" : names[next].text;
            EditorGUI.EndProperty();
        }
    }
}
