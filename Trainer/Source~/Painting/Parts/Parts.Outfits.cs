namespace VaeContent.Trainer.Painting;

/// <summary>Clothes: legs, then a body that covers them. Shoulders in row 17, hands in 22 and 23, soles in 29.</summary>
internal static partial class Parts
{
    internal static readonly Part Trousers = new(10, 23, """
        .hggfeeggff.
        .hggfeeggff.
        .hggf..ggff.
        .hggf..ggff.
        .8776..7766.
        .8776..7766.
        88776..77766
        """);

    internal static readonly Part Greaves = new(10, 23, """
        .kkjjiikkjj.
        .lkkjiikkjj.
        .lkkj..kkjj.
        .iiii..iiii.
        .lkkj..kkjj.
        .lkkj..kkjj.
        lkkjj..kkkjj
        """);

    internal static readonly Part BareLegs = new(10, 23, """
        .43321133322
        .4332113322.
        .4332..3322.
        hhgggffhgggf
        .8776..7766.
        .8776..7766.
        88776..77766
        """);

    internal static readonly Part Tunic = new(6, 17, """
        ...dcccccccccccccb..
        ..dccadccccccbaccb..
        ..dcbadccccccbacbb..
        .dcbadccccccccbacbb.
        .hggasrrrvurrqqagff.
        .343adccccccccba332.
        .232adccccccccba222.
        ....dccccaaccccb....
        """);

    internal static readonly Part Robe = new(6, 17, """
        ...dccccccccccccb...
        ..dccadcchgccbaccb..
        ..dccadcchgccbacbb..
        .dccbadcchgccbaccbb.
        dcccbasrrvurrqaccccb
        hgggaadcchgccbaagggf
        .343adccchgcccba332.
        .232adccchgcccba222.
        ....dcccbhgaccbb....
        ...dccccbhgacccbb...
        ...dccccbhgacccbb...
        ...hggggggggggfff...
        .....8776..7766.....
        """);

    internal static readonly Part Plate = new(6, 17, """
        ..lkkjdccccccbkkjj..
        .llkkjdccccccbkkkjj.
        .lkkjidccccccbikkjj.
        .jiiidccccccccbiiij.
        .lkjisrrrvurrqqikjj.
        .lkkidccccccccbikkj.
        .jjjidccccccccbijjj.
        ......dccccccb......
        .......dccccb.......
        """);

    internal static readonly Part Jerkin = new(6, 17, """
        ...ddcccddcccccbb...
        ..dccapsccccrqpccb..
        ..dcbapsrsrrrqpcbb..
        .dcbapsrrssrrrqpcbb.
        .qqqapqqqvuqqqpaqqq.
        .343apsrrrprrrqp332.
        .232apsrrrprrrqp222.
        ....psrrrp.prrrq....
        """);

    internal static readonly Part Vestment = new(6, 17, """
        ...ZYYYccccccYYXX...
        ..ZYYWdccccccbWYYX..
        ..ZYYWdccvuccbWYXX..
        .ZYYXWdcvvuucbWYYXX.
        .ZYYXWdccvuccbWYYXX.
        .uuuWYdccvuccbYWuut.
        .343WYdccccccbXW332.
        .232WYdccccccbXW222.
        ....ZYdccccccbXX....
        ...ZYYdccccccbYXX...
        ...ZYYdccccccbYXX...
        ...vuuuuuuuuuuutt...
        .....8776..7766.....
        """);

    internal static readonly Part Furs = new(6, 17, """
        ..hhghgghggghghggf..
        .hhgghgggggggghgggf.
        .gfgf4333333322fgff.
        .433143332233321332.
        .srq1srrrvurrqq1srq.
        .3431dccccccccb1332.
        .232.adccccccba.222.
        .......dccccb.......
        ........dccb........
        """);

    internal static readonly Part Cape = new(5, 17, """
        ....NMMMMMMMMMMMML....
        ...NMMMMMMMMMMMMMML...
        ...NMMMMMMMMMMMMMML...
        ...NMMMMMMMMMMMMMML...
        ...NMMMMMMMMMMMMMML...
        ..NNMMMMMMMMMMMMMMLL..
        ..NNMMMMMMMMMMMMMMLL..
        .NNMMMMLMMMMMMLMMMMLL.
        .NNMMMLLMMMMMMLMMMMLL.
        .NMMMMLMMMMMMMMLMMMLL.
        .NMMMLLMMMMMMMMLLMMML.
        ..LLLLL.LLLLLL.LLLLL..
        """);

    internal static readonly Part CapeCollar = new(8, 17, """
        .NNMMMMvuMMMMLL.
        NMMML......MMLLL
        """);

    /// <summary>The fist, laid over the weapon it holds.</summary>
    internal static readonly Part WeaponHand = new(5, 22, """
        3433
        2322
        """);

    internal static readonly Part WeaponGauntlet = new(5, 22, """
        llkk
        kjjj
        """);
}
