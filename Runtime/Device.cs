namespace VaeContent
{
    /// <summary>What a generator computes on.</summary>
    public enum Device
    {
        /// <summary>The best available; <see cref="SpriteGenerator.DeviceReport"/> says which and why.</summary>
        Auto,

        /// <summary>The CPU, on every platform.</summary>
        Cpu,

        /// <summary>A GPU through DirectML on Windows; comes with the package com.vaecontent.directml.</summary>
        DirectML,
    }
}
