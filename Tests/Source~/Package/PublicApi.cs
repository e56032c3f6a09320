using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace VaeContent.Tests.Package;

/// <summary>
/// Writes an assembly's public surface as text: a line per type, an indented line per member, in ordinal order.
/// </summary>
internal static class PublicApi
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(bool)] = "bool",
        [typeof(byte)] = "byte",
        [typeof(int)] = "int",
        [typeof(uint)] = "uint",
        [typeof(long)] = "long",
        [typeof(ulong)] = "ulong",
        [typeof(float)] = "float",
        [typeof(double)] = "double",
        [typeof(string)] = "string",
        [typeof(object)] = "object",
    };

    /// <summary>The listing.</summary>
    public static string List(Assembly assembly)
    {
        var text = new StringBuilder();
        foreach (Type type in assembly.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal))
        {
            text.Append(Describe(type)).Append('\n');
            foreach (string member in Members(type)) text.Append("    ").Append(member).Append('\n');
        }
        return text.ToString();
    }

    private static string Describe(Type type)
    {
        string kind = type.IsEnum ? "enum" : type.IsInterface ? "interface"
            : type.IsValueType ? (Has<IsReadOnlyAttribute>(type) ? "readonly " : "")
                + (type.IsByRefLike ? "ref struct" : "struct")
            : (type.IsAbstract && type.IsSealed ? "static " : type.IsSealed ? "sealed " : type.IsAbstract ? "abstract " : "")
                + "class";
        string[] above = type.IsEnum ? [Name(Enum.GetUnderlyingType(type))]
            : [.. new[] { type.BaseType }.OfType<Type>().Where(b => b != typeof(object) && b != typeof(ValueType)).Select(Name),
                .. type.GetInterfaces().Select(Name).Order(StringComparer.Ordinal)];
        return $"{kind} {type.FullName}{(above.Length > 0 ? " : " + string.Join(", ", above) : "")}";
    }

    private static IEnumerable<string> Members(Type type)
    {
        if (type.IsEnum)
            return Enum.GetNames(type).Select(name => string.Create(CultureInfo.InvariantCulture,
                $"{name} = {Convert.ToInt64(Enum.Parse(type, name), CultureInfo.InvariantCulture)}"));
        var nullability = new NullabilityInfoContext();
        return type.GetMembers(Declared).Select(member => member switch
        {
            FieldInfo field when Seen(field) =>
                $"{(field.IsLiteral ? "const " : field.IsStatic ? "static " : "")}{(field.IsInitOnly ? "readonly " : "")}"
                + $"{Name(field.FieldType, nullability.Create(field))} {field.Name}"
                + (field.IsLiteral ? $" = {Show(field.GetRawConstantValue())}" : ""),
            ConstructorInfo made when Seen(made) => $".ctor({Parameters(made, nullability)})",
            PropertyInfo property when property.GetAccessors(true).Any(Seen) =>
                $"{Static(property.GetAccessors(true)[0])}{Name(property.PropertyType, nullability.Create(property))} "
                + property.Name
                + (property.GetIndexParameters().Length > 0
                    ? $"[{string.Join(", ", property.GetIndexParameters().Select(p => Name(p.ParameterType)))}]" : "")
                + $" {{{(property.GetMethod is { } get && Seen(get) ? " get;" : "")}"
                + $"{(property.SetMethod is { } set && Seen(set) ? " set;" : "")} }}",
            EventInfo happening when happening.AddMethod is { } add && Seen(add) =>
                $"event {Name(happening.EventHandlerType!)} {happening.Name}",
            MethodInfo method when Seen(method) && (!method.IsSpecialName
                || method.Name.StartsWith("op_", StringComparison.Ordinal)) =>
                $"{Static(method)}"
                + (method.GetBaseDefinition() != method ? "override " : method.IsVirtual && !method.IsFinal ? "virtual " : "")
                + $"{Name(method.ReturnType, nullability.Create(method.ReturnParameter))} "
                + $"{method.Name}{Generic(method)}({Parameters(method, nullability)})",
            _ => null,
        }).OfType<string>().Order(StringComparer.Ordinal);
    }

    private static bool Seen(FieldInfo field) => field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly;

    private static bool Seen(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static string Static(MethodInfo method) => method.IsStatic ? "static " : "";

    private static string Generic(MethodInfo method) =>
        method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(Name))}>" : "";

    private static string Parameters(MethodBase method, NullabilityInfoContext nullability) =>
        string.Join(", ", method.GetParameters().Select(p =>
            (p.IsOut ? "out " : p.ParameterType.IsByRef ? p.IsIn ? "in " : "ref " : "")
            + $"{Name(p.ParameterType, nullability.Create(p))} {p.Name}"
            + (p.HasDefaultValue ? $" = {Show(p.RawDefaultValue)}" : "")));

    private static string Show(object? value) => value switch
    {
        null => "default",
        string text => $"\"{text}\"",
        bool flag => flag ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string Name(Type type, NullabilityInfo nullability) =>
        Name(type) + (!type.IsValueType && nullability.ReadState == NullabilityState.Nullable ? "?" : "");

    private static string Name(Type type)
    {
        if (type.IsByRef) return Name(type.GetElementType()!);
        if (type.IsArray) return Name(type.GetElementType()!) + "[]";
        if (Keywords.TryGetValue(type, out string? keyword)) return keyword;
        if (Nullable.GetUnderlyingType(type) is { } inner) return Name(inner) + "?";
        return type.IsGenericType ? $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>"
            : type.Name;
    }

    private static bool Has<T>(Type type) where T : Attribute => type.IsDefined(typeof(T), inherit: false);
}
