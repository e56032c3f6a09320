using System;

/// <summary>
/// The version of Unity in which a type or member appeared (the oldest one it was looked up in, for very old ones).
/// </summary>
[AttributeUsage(AttributeTargets.All)]
public sealed class SinceAttribute : Attribute
{
    public SinceAttribute(string version) => Version = version;

    public string Version { get; }
}
