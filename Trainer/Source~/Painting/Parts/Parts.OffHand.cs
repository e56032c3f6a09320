namespace VaeContent.Trainer.Painting;

/// <summary>What the other hand carries, at the right side of the sprite.</summary>
internal static partial class Parts
{
    internal static readonly Part KiteShield = new(20, 16, """
        lllkkkkkj
        ldddchggj
        ldcccggfj
        ldcccggfj
        lkkkkkkkj
        lhggfdcbj
        lggffccbj
        .lgffcbj.
        .lggfcbj.
        ..lgfbj..
        ...lkj...
        ....j....
        """);

    internal static readonly Part RoundShield = new(19, 16, """
        ...ssrrr..
        .ssrcccrq.
        .srdcccbq.
        srdclkcbbq
        srdlkkjcbq
        srccjkjcbq
        .rccccbbq.
        .rqccbbqq.
        ...qqqqq..
        """);

    internal static readonly Part Tome = new(20, 17, """
        dcccccccb
        dccvvuccb
        dcvcccucb
        dcvcvcucb
        dcvcccucb
        dccvvuccb
        dcccccccb
        aZYZYZYXb
        bbbbbbbbb
        """);

    internal static readonly Part Flame = new(22, 13, """
        ...A...
        ..AA...
        ..AVA.R
        .AVVAAR
        RAVZVAR
        RAVZVAR
        .RAVAR.
        ..RRR..
        """);

    internal static readonly Part Quiver = new(20, 12, """
        ...OZ.OZ
        ..OR.OR.
        ..OROR..
        .ssrrqq.
        .ssrrqq.
        .srrrq..
        .srrqq..
        srrrq...
        """);

    internal static readonly Part Lantern = new(22, 21, """
        ..kkj..
        .l...j.
        .lkkkj.
        .kVVAj.
        .kVZAj.
        .kVVAj.
        .lkkkj.
        """);
}
