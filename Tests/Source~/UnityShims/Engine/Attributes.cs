using System;

namespace UnityEngine
{
    [Since("3.5")]
    public sealed class SerializeField : Attribute { }

    [Since("3.5")]
    public sealed class HideInInspector : Attribute { }

    [Since("3.5"), AttributeUsage(AttributeTargets.Class)]
    public sealed class AddComponentMenu : Attribute { public AddComponentMenu(string menuName) { } }

    [Since("3.5"), AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
    public sealed class RequireComponent : Attribute { public RequireComponent(Type requiredComponent) { } }

    [Since("2018.3"), AttributeUsage(AttributeTargets.Class)]
    public sealed class ExecuteAlways : Attribute { }

    [Since("4.5"), AttributeUsage(AttributeTargets.Field)]
    public abstract class PropertyAttribute : Attribute { }

    [Since("4.5")]
    public class TooltipAttribute : PropertyAttribute { public TooltipAttribute(string tooltip) { } }

    [Since("4.5")]
    public sealed class RangeAttribute : PropertyAttribute { public RangeAttribute(float min, float max) { } }

    [Since("2018.3")]
    public sealed class MinAttribute : PropertyAttribute { public MinAttribute(float min) { } }

    [Since("5.0"), AttributeUsage(AttributeTargets.Method)]
    public class RuntimeInitializeOnLoadMethodAttribute
        : Attribute { public RuntimeInitializeOnLoadMethodAttribute(RuntimeInitializeLoadType loadType) { } }

    [Since("5.2")]
    public enum RuntimeInitializeLoadType
    {
        AfterSceneLoad = 0,
        [Since("2019.2")]
        SubsystemRegistration = 4,
    }
}

namespace UnityEngine.Scripting
{
    [Since("2019.2"), AttributeUsage(AttributeTargets.Assembly)]
    public sealed class AlwaysLinkAssemblyAttribute : Attribute { }
}
