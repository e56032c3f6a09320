using UnityEditor;
using UnityEngine;
using VaeContent.Unity;

namespace VaeContent.Editor
{
    /// <summary>
    /// GameObject > VaeContent: objects that show a sprite at once, of the bundle that is selected or the first of the project.
    /// </summary>
    internal static class SpriteMenu
    {
        [MenuItem("GameObject/VaeContent/Sprite Spawner")]
        private static void Spawner(MenuCommand command) => Create<SpriteSpawner>(command, "Generated sprite");

        [MenuItem("GameObject/VaeContent/Sprite Morph")]
        private static void Morph(MenuCommand command) => Create<SpriteMorph>(command, "Morphing sprite");

        private static void Create<T>(MenuCommand command, string name) where T : GeneratedSpriteRenderer
        {
            var made = new GameObject(name);
            GameObjectUtility.SetParentAndAlign(made, command.context as GameObject);
            Undo.RegisterCreatedObjectUndo(made, "Create " + name);
            var component = made.AddComponent<T>();
            component.Bundle = Bundle();
            component.Draw(); // in Edit mode the next frame may be long in coming
            Selection.activeObject = made;
        }

        private static VaeBundleAsset? Bundle()
        {
            foreach (Object chosen in Selection.objects)
            {
                if (chosen is VaeBundleAsset asset) return asset;
            }

            foreach (string guid in AssetDatabase.FindAssets("t:" + nameof(VaeBundleAsset)))
            {
                var found = AssetDatabase.LoadAssetAtPath<VaeBundleAsset>(AssetDatabase.GUIDToAssetPath(guid));
                if (found != null && found.Problem.Length == 0) return found;
            }

            return null;
        }
    }
}
