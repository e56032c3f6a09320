// Colours a sprite of palette indices (R8, one byte per pixel) from a palette of 256 texels. For SpriteRenderers, in the built-in pipeline and,
// as an unlit pass, in URP.
Shader "VaeContent/Palette Swap"
{
    Properties
    {
        [PerRendererData] _MainTex ("Indices", 2D) = "black" {}
        [PerRendererData] _PaletteTex ("Palette", 2D) = "white" {}
        _Color ("Tint", Color) = (1, 1, 1, 1)
        [HideInInspector] _RendererColor ("Renderer colour", Color) = (1, 1, 1, 1)
        [HideInInspector] _Flip ("Flip", Vector) = (1, 1, 1, 1)
    }

    SubShader
    {
        Tags { "Queue" = "Transparent" "RenderType" = "Transparent" "IgnoreProjector" = "True" "PreviewType" = "Plane" "CanUseSpriteAtlas" = "True" }
        Cull Off
        Lighting Off
        ZWrite Off
        Blend SrcAlpha OneMinusSrcAlpha, One OneMinusSrcAlpha

        Pass
        {
            CGPROGRAM
            #pragma vertex Vertex
            #pragma fragment Fragment
            #pragma target 2.0
            #include "UnityCG.cginc"

            struct Input
            {
                float4 position : POSITION;
                float4 colour : COLOR;
                float2 uv : TEXCOORD0;
            };

            struct Varying
            {
                float4 position : SV_POSITION;
                fixed4 colour : COLOR;
                float2 uv : TEXCOORD0;
            };

            sampler2D _MainTex;
            sampler2D _PaletteTex;
            fixed4 _Color;
            fixed4 _RendererColor;
            float4 _Flip; // Flip X and Y of the renderer, where the mesh is not turned already

            Varying Vertex(Input input)
            {
                Varying output;
                output.position = UnityObjectToClipPos(float4(input.position.xy * _Flip.xy, input.position.z, 1.0));
                output.uv = input.uv;
                output.colour = input.colour * _Color * _RendererColor;
                return output;
            }

            fixed4 Fragment(Varying input) : SV_Target
            {
                // Bytes arrive as 0..1; the middle of the texel keeps neighbours out.
                float index = round(tex2D(_MainTex, input.uv).r * 255.0);
                return tex2D(_PaletteTex, float2((index + 0.5) / 256.0, 0.5)) * input.colour;
            }
            ENDCG
        }
    }
}
