namespace VaeContent.Trainer.Painting;

/// <summary>Head, eyes and beards. The face spans columns 10 to 21, the chin row 16; eyes lie in rows 11 to 13.</summary>
internal static partial class Parts
{
    internal static readonly Part Head = new(9, 5, """
        ....443333....
        ..4444333333..
        .444433333332.
        .444333333332.
        .443333333332.
        .433333333332.
        34333333333322
        23333333333322
        .233333333322.
        .233333333322.
        ..2333113322..
        ...22222222...
        """);

    internal static readonly Part CalmEyes = new(12, 11, """
        ##....##
        O#....#O
        O#....#O
        """);

    internal static readonly Part SternEyes = new(12, 10, """
        #......#
        ##....##
        O#....#O
        O#....#O
        """);

    internal static readonly Part MerryEyes = new(11, 12, """
        .##....##.
        #..#..#..#
        """);

    internal static readonly Part BrightEyes = new(12, 11, """
        ##....##
        OB....BO
        OD....DO
        """);

    internal static readonly Part Moustache = new(12, 14, """
        .zyyyyx.
        zy....xx
        """);

    internal static readonly Part Beard = new(10, 11, """
        y..........x
        y..........x
        yy........xx
        zyyyyyyyyyxx
        .zyyy##yyxx.
        ..zyyyyyyx..
        ...yyyyxx...
        """);

    internal static readonly Part LongBeard = new(10, 11, """
        y..........x
        y..........x
        yy........xx
        zyyyyyyyyyxx
        zyyyy##yyyxx
        zyyyyyyyyyyx
        .zyyyyyyyyx.
        .zyyyyyyyxx.
        ..zyyyyyxx..
        ...zyyyyx...
        ....zyyx....
        .....yx.....
        """);
}
