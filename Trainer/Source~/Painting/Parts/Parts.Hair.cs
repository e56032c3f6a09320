namespace VaeContent.Trainer.Painting;

/// <summary>Hair: what falls behind the body, and what lies over the head. Without a hat it reaches up to row 1.</summary>
internal static partial class Parts
{
    internal static readonly Part Crop = new(8, 3, """
        .....zzzyyyy....
        ...zzzzyyyyyyy..
        .zzzzyyyyyyyyyx.
        .zzyyyyyyyyyyyx.
        .zyyyyyyyyyyyxx.
        .zyyxyyxxyyxxxx.
        .yyx.xx..xx..xx.
        .yx..........xx.
        """);

    internal static readonly Part Spiky = new(7, 1, """
        .......zz...yx....
        ...zz.zzyy.yyx.yx.
        ...zzzzzyyyyyyyyx.
        .zzzzzzyyyyyyyyyx.
        ..zzzyyyyyyyyyyxx.
        zzzzyyyyyyyyyyyyxx
        .zzyyyyyyyyyyyyyx.
        ..zyyxyyyxyyyxyxxx
        .zyyx.yx..xx.xxxx.
        ..yx..........xx..
        """);

    internal static readonly Part BobBack = new(8, 9, """
        zy............xx
        zy............xx
        zyy..........xxx
        zyy..........xxx
        zyy..........xxx
        zyyy........xxxx
        .yyyy......xxxx.
        ..yyy......xxx..
        """);

    internal static readonly Part Bob = new(8, 3, """
        ....zzzzyyyy....
        ..zzzzzzyyyyyy..
        .zzzyyyyyyyyyyx.
        .zzyyyyyyyyyyyx.
        zzzyyyyyyyyyyyxx
        zyyyyyyyyyyyyyxx
        zyyxxxxxxxxxxyxx
        zyy..........yxx
        zyy..........yxx
        zy............xx
        zy............xx
        zyy..........yxx
        .yyx........yxx.
        ..yx........xx..
        """);

    internal static readonly Part LongBack = new(8, 8, """
        zyyyyyyyyyyyyyxx
        zyyyyyyyyyyyyyxx
        zyyyyyyyyyyyyyxx
        zyyyyyyyyyyyyyxx
        zyyyyyyyyyyyyyxx
        zyyyyyyyyyyyyyxx
        zyyyyyyyyyyyyyxx
        zyyyyyyyyyyyyyxx
        zyyyyyyyyyyyyyxx
        zyyyyyyyyyyyyyxx
        .yyyyyyyyyyyyxx.
        """);

    internal static readonly Part Long = new(8, 3, """
        ....zzzzyyyy....
        ..zzzzzzyyyyyy..
        .zzzyyyyyyyyyyx.
        zzzyyyyyyyyyyyyx
        zzyyyyyxwyyyyyxx
        zyyyyyxx.xyyyyxx
        zyyyyx....xyyyxx
        zyyx........yyxx
        zyx..........yxx
        zy............xx
        zy............xx
        zyx..........yxx
        zyy..........yxx
        zyyy........yyxx
        zyyy........yyxx
        .zyyx......xyxx.
        .zyyx......xyxx.
        .zyx........yxx.
        ..yx........xx..
        """);

    internal static readonly Part Topknot = new(8, 1, """
        ......zyyx......
        .....zyyyyx.....
        .....xyyyxx.....
        .....uuuutt.....
        ....zzyyyyyx....
        ..zzzyyyyyyyyx..
        .zzyyyyyyyyyyyx.
        .zyyyxxyyxxyyxx.
        .zyx........xyx.
        .yx..........xx.
        """);

    internal static readonly Part Mohawk = new(12, 1, """
        ..zzyx..
        .zzyyyx.
        .zzyyyx.
        .zyyyyx.
        .zyyyyx.
        .zyyyxx.
        ..zyyx..
        ...yx...
        """);

    internal static readonly Part Curls = new(7, 2, """
        .....zzyyzyyx.....
        ...zzzyyzzyyyyx...
        ..zzyyxzzyyxyyyx..
        .zzyyxyyyxyyyxyyx.
        .zyyxyyxyyyyxyyxx.
        zzyyyyyxyyyyyyyyxx
        zyyxyyyyyxyyyxyyxx
        zyyxyxxyxxyxxyyyxx
        zyyx..........xyxx
        zyyx..........yxxx
        .yyx..........yxx.
        .zyx..........yxx.
        ..yx..........xx..
        """);

    internal static readonly Part Braids = new(7, 3, """
        .....zzzwyyyy.....
        ...zzzzywyyyyyy...
        ..zzzyyywyyyyyyx..
        ..zzyyyxwxyyyyyx..
        ..zyyyyx.xyyyyxx..
        ..zyyyx...xyyyxx..
        ..zyyx.....xyyxx..
        ..yyx.......xyxx..
        ..yx.........yxx..
        .zy............xx.
        .zyy..........yxx.
        .zyx..........yxx.
        .uut..........utt.
        .zyx..........yxx.
        .zyx..........yxx.
        .yyx..........yxx.
        ..x............x..
        """);

    internal static readonly Part Ponytail = new(20, 4, """
        ....zyy.
        ...zyyyx
        ...zyyyx
        ...yyyyx
        ...yyyxx
        ...yyyxx
        ...yyyxx
        ...zyyx.
        ...zyxx.
        ...zyx..
        ...zyx..
        ...yx...
        """);
}
