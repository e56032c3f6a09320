using UnityEngine;

namespace VaeContent.Unity
{
    /// <summary>
    /// Marks a text that names a label of the bundle in the field <c>_bundle</c>: the inspector then offers those there are.
    /// </summary>
    internal sealed class BundleLabelAttribute : PropertyAttribute
    {
    }
}
