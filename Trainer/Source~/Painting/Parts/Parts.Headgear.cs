namespace VaeContent.Trainer.Painting;

/// <summary>Hats, helmets and hoods; they end in row 8, so that the face below stays free for the eyes.</summary>
internal static partial class Parts
{
    internal static readonly Part GreatHelm = new(9, 4, """
        ....llkkkk....
        ..lllkkkkkjj..
        .llkkkkvukkjj.
        .lkkkkkvukkjj.
        .lkkkkkvukkjj.
        .iiiiiivuiiii.
        .l####kvu####.
        .l####kvu####.
        .iiiiiivuiiii.
        .lkkkkkvukkjj.
        .lkkkikvujijj.
        .lkkkikvujijj.
        ..kkkkkkkjjj..
        ...jjjjjjjj...
        """);

    internal static readonly Part Plume = new(14, 1, """
        ..ddcc...
        .ddcccb..
        .dccccbb.
        ..cc.cbb.
        .......b.
        """);

    internal static readonly Part OpenHelm = new(8, 3, """
        .....llkkkk.....
        ...lllkkkkkjj...
        ..llkkkkkkkkjj..
        .llkkkkkkkkkkjj.
        .lkkkkkkkkkkkjj.
        .vuuuuuuuuuuutt.
        .lkk...lj...kjj.
        .lk....lj....jj.
        .lk....lj....jj.
        .lk..........jj.
        .lk..........jj.
        .lkk........kjj.
        ..jj........jj..
        """);

    internal static readonly Part WizardHat = new(5, 1, """
        .............dcc......
        ...........ddccbb.....
        .........ddcccb.......
        ........ddccccb.......
        .......ddccccccb......
        ......hggggggggff.....
        ..dddddcccccccccccbb..
        .dccccccccccccccccccb.
        ..bbbbbbbbbbbbbbbbbb..
        """);

    internal static readonly Part Hood = new(7, 2, """
        .......ddcc.......
        .....ddddcccc.....
        ....ddddcccccb....
        ...dddccccccccbb..
        ..dddcccccccccbb..
        ..ddccccccccccbb..
        .dddcchggggffcbbb.
        .ddchgggggggffcbb.
        .ddg..........fbb.
        .dcg..........fbb.
        .dcg..........fbb.
        .dcg..........fbb.
        .dcg..........fbb.
        .dcgg........ffbb.
        ..dcgg......ffbb..
        ..dccggggggffcbb..
        ...bccccccccbbb...
        """);

    internal static readonly Part Mask = new(10, 14, """
        dccccccccccb
        .dcccccccbb.
        ..bbbbbbbb..
        """);

    internal static readonly Part FeatherCap = new(6, 1, """
        ...............ZYX..
        ..............ZYX...
        .......ddccc.ZYYX...
        .....dddccccZYYX....
        ..dddcccccccYYXcbb..
        ..ddccccccccXccbbb..
        dhhgggggggggggggffb.
        dccccccccccccccccbbb
        """);

    internal static readonly Part Bandana = new(8, 3, """
        .....ddcccc.......
        ...dddcccccbb.....
        ..dddcccccccbb....
        .dddcccccccccbb...
        .dcchccchccchbb...
        .bcccccccccccbbcc.
        ..bbbbbbbbbbbb.cb.
        ..............cbb.
        ..............cb..
        """);

    internal static readonly Part Mitre = new(9, 1, """
        ......vu......
        .....ZYYX.....
        ....ZYvuYX....
        ...ZYYvuYYX...
        ..ZYvvvuuuYX..
        .ZYYYYvuYYYXX.
        .ZYYYYvuYYYXX.
        .vuuuuuuuuutt.
        """);

    internal static readonly Part Coif = new(8, 3, """
        .....ZZYYYY.....
        ...ZZZYYYYYYX...
        ..ZZZYYYYYYYXX..
        .ZZYYYYYYYYYYXX.
        .ddccccvucccccb.
        .ZYYYYYYYYYYYXX.
        .ZYY........XXX.
        .ZY..........XX.
        .ZY..........XX.
        .ZY..........XX.
        .ZY..........XX.
        .ZYY........YXX.
        .ZYYY......YXXX.
        ..ZYYYYYYYYYXX..
        ...XXXXXXXXXX...
        """);

    internal static readonly Part HornedHelm = new(4, 1, """
        .ZY..................YX.
        ZYX..................ZYX
        ZYX.....llkkkkk......YYX
        ZYYX..lllkkkkkkjj...ZYYX
        .ZYYXllkkkkjkkkkjjZYYYX.
        ..XYYlkkkkkjkkkkjjYYYX..
        ...XXlkkkkkjkkkkjjYXX...
        .....vuuuuuuuuuutt......
        """);

    internal static readonly Part FurHat = new(7, 1, """
        ..hhg........ggg..
        .hhhhhgggggggggff.
        .hhhggggggggggggf.
        .hhgggghgggghggff.
        hhgghggggghggggfff
        hgggggghggggghggff
        gggfgggfgggfgggfff
        .gf.fgf.fgf.fgf.f.
        """);

    internal static readonly Part Circlet = new(9, 7, """
        .vuuuuuoouuut.
        ......onno....
        """);
}
